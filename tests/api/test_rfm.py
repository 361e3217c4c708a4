"""Customers by value, by the API: tried, made, computed, shown by tier, moved between days, seen, asked, given out, erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.api.test_traits import mirror
from tests.conftest import Caller
from tests.days import today
from tests.world import World

from kehu.analyze.modeling.computing import Computed
from kehu.analyze.modeling.queries import wants_refresh
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.traits import TraitValue
from kehu.analyze.rfm import computing
from kehu.collect.events import Happening, write_events
from kehu.flows.erase_customer import erase_customer
from kehu.govern.models.access import User
from kehu.govern.models.audit import AuditEvent
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.models import Link

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]

DEFINITION = {
    "purchases": [{"event": "消费", "amount": "amount"}], "scores": 2, "within_days": 100,
    "cuts": {"recency": [30], "frequency": [2], "monetary": [100]},
}  # fmt: skip
MODEL = {"key": "value", "name": {"zh": "消费价值", "en": "Value"}, "used_for": "看谁值得多关心", "purpose": "care",
         "definition": DEFINITION}  # fmt: skip


@pytest.fixture
def marketer(world: World, call: Callable[..., Caller], sync: Sync) -> Caller:
    """A marketer, a purpose, and customers: lately and much, long ago and little, little lately, nothing, and five more of long ago."""
    compliance = call(appoint(world, "compliance"))
    compliance.post("/purposes", {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract"})
    for number in range(9):
        world.say(world.core, str(number), name=f"赵一{number}", unit=world.hangzhou)
    spend(world, 0, (1, 80.0), (70, 40.0))
    spend(world, 1, (60, 10.0))
    spend(world, 2, (2, 5.0), (3, 5.5))
    for number in range(4, 9):
        spend(world, number, (60, 10.0))
    sync()
    return call(appoint(world, "marketer"))


def spend(world: World, place: int, *bought: tuple[int, float]) -> None:
    """Let a customer buy so many days ago."""
    with acting(SYSTEM):
        record = Link.objects.filter(ended_at=None).order_by("record_id")[place].record_id
        happened = []
        for days, amount in bought:
            at = timezone.now() - timedelta(days=days)
            happened.append(
                Happening(f"{place}-{days}", record, "behavior", "消费", at, at, {"amount": amount})
            )
        write_events(happened, source_id=world.core.pk)


def refresh(**options: Any) -> Computed:
    return computing.refresh(now=timezone.now(), **options)


def people(caller: Caller) -> list[str]:
    return [one["id"] for one in caller.get("/customers?sort=name").json()["items"]]


def sizes(answer: Any) -> dict[str, tuple[int, float | None]]:
    return {
        one["key"]: (one["customers"], one["amount"]) for one in answer.json()["tiers"] if one["customers"]
    }


LOST = [1, 4, 5, 6, 7, 8]
EXPECTED = {"champion": (1, None), "lost": (6, 60.0), "loyal": (1, None), "": (1, 0.0)}


def test_a_model_is_tried_made_computed_and_shown(marketer: Caller) -> None:
    tried = marketer.post("/rfm/preview", {"purpose": "care", "definition": DEFINITION})
    assert sizes(tried) == EXPECTED

    made = marketer.post("/rfm", MODEL)

    assert (made.status_code, made.json()["computed_at"], made.json()["is_waiting"]) == (201, None, True)
    assert wants_refresh(now=timezone.now())
    assert refresh() == Computed(1, 56)
    assert sizes(marketer.get("/rfm/value/result")) == EXPECTED
    assert not wants_refresh(now=timezone.now())
    assert refresh(is_full=True).changed == 0
    [listed] = marketer.get("/rfm").json()
    assert (listed["version"], listed["is_waiting"], len(listed["definition"]["tiers"])) == (1, False, 8)


def test_nobody_has_a_value_once_the_purpose_is_off(
    world: World, marketer: Caller, call: Callable[..., Caller]
) -> None:
    marketer.post("/rfm", MODEL)
    refresh()
    call(appoint(world, "compliance", name="another-officer")).patch("/purposes/care", {"is_active": False})

    assert refresh(is_full=True) == Computed(1, 56)

    assert not TraitValue.objects.exclude(number=None, text=None).exists()


def test_a_customer_shows_his_tier_and_why(marketer: Caller) -> None:
    marketer.post("/rfm", MODEL)
    refresh()

    found = marketer.get(f"/customers/{people(marketer)[0]}/traits").json()

    held = {one["part"]: one["text"] or one["number"] for one in found}
    assert held == {"tier": "champion", "r": 2, "f": 2, "m": 2, "last": 1, "times": 2, "amount": 120}
    [tier] = [one for one in found if one["part"] == "tier"]
    assert (tier["label"]["zh"], tier["origin"], tier["model"]) == ("重要价值", "rfm", "value")
    assert tier["as_of"]


def test_moves_between_two_days_are_of_what_was_bought_by_then(marketer: Caller) -> None:
    marketer.post("/rfm", MODEL)
    asked = f"first={today() - timedelta(days=50)}&last={today() - timedelta(days=1)}"

    found = marketer.get(f"/rfm/value/moves?{asked}").json()

    moved = {(one["before"], one["after"]): one["customers"] for one in found["moves"]}
    assert moved == {("new", "champion"): 1, ("new", "lost"): 6, ("", "loyal"): 1}
    who = marketer.get(f"/rfm/value/customers?{asked}&before=new&tier=lost").json()
    assert {one["customer_id"] for one in who["items"]} == {people(marketer)[place] for place in LOST}
    assert marketer.get(f"/rfm/value/customers?{asked}&before=lost&tier=new").json()["items"] == []
    usual = marketer.get("/rfm/value/moves").json()["moves"]
    assert sum(one["customers"] for one in usual) == 8
    for one in usual:
        cell = f"before={one['before']}&tier={one['after']}"
        found = marketer.get(f"/rfm/value/customers?{cell}").json()["items"]
        assert len(found) == one["customers"], cell


def test_a_tier_opens_its_customers_and_is_asked_by_segments(marketer: Caller, sync: Sync) -> None:
    marketer.post("/rfm", MODEL)
    refresh()
    mirror(sync)
    for tier, places in (("champion", [0]), ("lost", LOST), ("loyal", [2]), ("", [3])):
        found = marketer.get(f"/rfm/value/customers?tier={tier}").json()["items"]
        assert {one["customer_id"] for one in found} == {people(marketer)[place] for place in places}

    def count(condition: dict[str, Any]) -> int:
        body = {"purpose": "care", "definition": condition}
        return int(marketer.post("/segments/count", body).json()["count"])

    assert count({"trait": "value_tier", "op": "in", "value": ["champion", "loyal"]}) == 2
    assert count({"trait": "value_f", "op": "gte", "value": 2}) == 2
    assert count({"trait": "value_tier", "op": "empty"}) == 1
    traits = marketer.get("/segments/vocabulary").json()["traits"]
    [tier] = [one for one in traits if one["key"] == "value_tier"]
    assert tier["codes"]["champion"] == {"zh": "重要价值", "en": "Champions"}


def test_whom_the_purpose_may_not_take_has_no_tier(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    customer = people(marketer)[0]
    marketer.post("/rfm", MODEL)
    refresh()
    officer = call(appoint(world, "compliance", name="another"))
    told = {"purpose": "care", "state": "refused", "evidence": "来电"}
    answer = officer.post(f"/customers/{customer}/consents", told)
    assert answer.status_code < 300, answer.json()

    assert "champion" not in sizes(marketer.get("/rfm/value/result"))
    assert marketer.get("/rfm/value/customers?tier=champion").json()["items"] == []
    assert "champion" not in sizes(
        marketer.post("/rfm/preview", {"purpose": "care", "definition": DEFINITION})
    )
    moves = marketer.get(f"/rfm/value/moves?first={today() - timedelta(days=50)}&last={today()}").json()[
        "moves"
    ]
    assert "champion" not in {one["after"] for one in moves}
    refresh(is_full=True)
    assert all(one["text"] is None for one in marketer.get(f"/customers/{customer}/traits").json())


def test_who_does_not_see_a_customer_counts_him_nowhere(
    marketer: Caller, world: World, call: Callable[[User], Caller]
) -> None:
    marketer.post("/rfm", MODEL)
    refresh()
    elsewhere = call(appoint(world, "branch_head", unit=world.ningbo))
    assert sizes(elsewhere.get("/rfm/value/result")) == {}
    asked = f"first={today() - timedelta(days=50)}&last={today()}"
    assert elsewhere.get(f"/rfm/value/moves?{asked}").json()["moves"] == []
    assert elsewhere.get(f"/rfm/value/customers?{asked}&before=new&tier=lost").json()["items"] == []
    assert elsewhere.get("/rfm/value/customers?tier=lost").json()["items"] == []


def test_a_change_is_a_version_and_off_is_not_asked(marketer: Caller) -> None:
    marketer.post("/rfm", MODEL)
    refresh()
    tiers = [{"key": "all", "name": {"zh": "全部", "en": "All"}}]

    changed = marketer.patch("/rfm/value", {"definition": {**DEFINITION, "tiers": tiers}}).json()

    assert (changed["version"], changed["is_waiting"]) == (2, True)
    refresh()
    assert sizes(marketer.get("/rfm/value/result")) == {"all": (8, 190.5), "": (1, 0.0)}
    assert [one["number"] for one in marketer.get("/rfm/value").json()["versions"]] == [2, 1]
    assert marketer.post("/rfm/value/refresh").json()["is_waiting"]
    marketer.patch("/rfm/value", {"is_active": False})
    assert marketer.get(f"/customers/{people(marketer)[0]}/traits").json() == []
    assert marketer.post("/rfm/value/refresh").status_code == 409
    with acting(SYSTEM):
        told = AuditEvent.objects.filter(object_kind="rfm").values_list("action", flat=True)
        assert set(told) == {"model.create", "model.change"}


def test_tiers_go_with_the_person(marketer: Caller, world: World) -> None:
    marketer.post("/rfm", MODEL)
    refresh()
    steward = world.actor(world.steward)
    with acting(steward.scope):
        erase_customer(customer_id=people(marketer)[0], reason="本人要求", actor=steward, now=timezone.now())  # type: ignore[arg-type]  # an id as text is one
    with acting(SYSTEM):
        assert TraitValue.objects.count() == 49


def test_a_refusal_says_what_to_do(marketer: Caller, world: World, call: Callable[[User], Caller]) -> None:
    wrongs: list[tuple[dict[str, Any], int, str]] = [
        ({"purpose": ""}, 422, "purpose_missing"), ({"purpose": "nothing"}, 404, "purpose_not_found"),
        ({"definition": {}}, 422, "segment_invalid"), ({"used_for": " "}, 422, "invalid"), ({"key": "9"}, 422, "invalid_request"),
    ]  # fmt: skip
    for wrong, status, code in wrongs:
        answer = marketer.post("/rfm", {**MODEL, **wrong})
        assert (answer.status_code, answer.json()["code"]) == (status, code), wrong
    assert not AnalysisModel.objects.exists()
    marketer.post("/rfm", MODEL)
    again = marketer.post("/rfm", MODEL)
    assert (again.status_code, again.json()["code"]) == (409, "model_taken")
    assert marketer.get("/rfm/nothing").json()["code"] == "model_not_found"
    for first, last in ((today(), today() - timedelta(days=1)), (today(), today() + timedelta(days=1))):
        assert marketer.get(f"/rfm/value/moves?first={first}&last={last}").status_code == 422
    assert call(world.head).post("/rfm", MODEL).status_code == 403


def test_cards_count_the_tiers_and_open_them(marketer: Caller) -> None:
    assert marketer.get("/dashboards/cards/value_tiers").json()["points"] == []
    marketer.post("/rfm", MODEL)
    refresh()

    card = marketer.get("/dashboards/cards/value_tiers").json()

    assert {one["x"]: one["customers"] for one in card["points"]} == {"champion": 1, "lost": 6, "loyal": 1}
    assert {"key": "champion", "label": {"zh": "重要价值", "en": "Champions"}} in card["axis"]
    came = marketer.get("/dashboards/cards/value_entries").json()
    assert {one["x"]: one["customers"] for one in came["points"]} == {"champion": 1, "lost": 6, "loyal": 1}
    [only] = marketer.get("/dashboards/cards/value_tiers/customers?x=champion").json()["items"]
    assert only["customer_id"] == people(marketer)[0]
