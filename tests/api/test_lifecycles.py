"""Lifecycles by the API: tried, made, traced back, shown on any day, moves, times, who is behind, seen by scope, asked, erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.api.test_rfm import people, spend
from tests.api.test_traits import mirror
from tests.conftest import Caller
from tests.days import today
from tests.world import World

from kehu.analyze.lifecycle import computing
from kehu.analyze.modeling.queries import wants_refresh
from kehu.analyze.models.lifecycle import Stay
from kehu.flows.erase_customer import erase_customer
from kehu.govern.models.access import RoleFieldRule
from kehu.platform.models import LakeDataset
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]


def stage(key: str, zh: str, when: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": {"zh": zh, "en": key}, "when": when}


BOUGHT = {"event": "消费"}
DEFINITION = {
    "stages": [
        stage("known", "潜在", {"all": []}),
        stage("active", "活跃", {**BOUGHT, "within": {"last_days": 90}}),
        stage("dormant", "沉睡", {"all": [BOUGHT, {"not": {**BOUGHT, "within": {"last_days": 90}}}]}),
    ]
}
MODEL = {"key": "life", "name": {"zh": "客户生命周期", "en": "Life"}, "used_for": "看谁正在离开", "purpose": "care",
         "definition": DEFINITION}  # fmt: skip


@pytest.fixture
def marketer(world: World, call: Callable[..., Caller], sync: Sync) -> Caller:
    """A marketer, a purpose, and four customers: bought lately, long ago, both with a year between, and never."""
    call(appoint(world, "compliance")).post(
        "/purposes", {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract"}
    )
    for number in range(4):
        unit = world.ningbo if number == 3 else world.hangzhou
        world.say(world.core, str(number), name=f"赵一{number}", unit=unit, tier="金")
    spend(world, 0, (5, 80.0))
    spend(world, 1, (200, 10.0))
    spend(world, 2, (3, 5.0), (320, 5.5))
    sync()
    return call(appoint(world, "marketer"))


def compute(caller: Caller) -> None:
    assert caller.post("/lifecycles", MODEL).status_code == 201
    assert computing.refresh(now=timezone.now()).models == 1


def sizes(answer: Any) -> dict[str, int]:
    return {one["key"]: one["customers"] for one in answer.json()["stages"]}


def day(ago: int) -> str:
    return str(today() - timedelta(days=ago))


NOW_SIZES = {"known": 1, "active": 2, "dormant": 1, "": 0}


def test_a_lifecycle_is_tried_made_computed_and_shown(marketer: Caller) -> None:
    tried = marketer.post("/lifecycles/preview", {"purpose": "care", "definition": DEFINITION})
    assert sizes(tried) == NOW_SIZES

    made = marketer.post("/lifecycles", MODEL)

    assert (made.status_code, made.json()["is_waiting"]) == (201, True)
    assert wants_refresh(now=timezone.now())
    assert computing.refresh(now=timezone.now()).models == 1
    assert not wants_refresh(now=timezone.now())
    assert sizes(marketer.get("/lifecycles/life/stages")) == NOW_SIZES
    assert [one["key"] for one in marketer.get("/lifecycles").json()] == ["life"]
    assert computing.refresh(now=timezone.now(), is_full=True).changed == 0


def test_the_past_is_traced_from_what_had_happened(marketer: Caller) -> None:
    compute(marketer)

    before = sizes(marketer.get(f"/lifecycles/life/stages?on={day(150)}"))

    assert (before["known"], before["active"] + before["dormant"]) == (2, 2)
    trend = marketer.get("/lifecycles/life/trend").json()
    assert len(trend) == 13
    assert trend[-1]["stages"] == {"known": 1, "active": 2, "dormant": 1}


def test_moves_open_the_customers_behind_them(marketer: Caller) -> None:
    compute(marketer)
    days = f"first={day(130)}&last={day(0)}"

    moves = marketer.get(f"/lifecycles/life/moves?{days}").json()

    cells = {(one["before"], one["after"]): one["customers"] for one in moves["moves"]}
    assert cells[("known", "active")] == 1
    assert cells[("dormant", "active")] == cells[("active", "dormant")] == 1
    assert sum(cells.values()) == 4
    assert {one["rate"] for one in moves["moves"] if one["before"] == "dormant"} == {1.0}
    page = marketer.get(f"/lifecycles/life/customers?stage=active&before=dormant&{days}").json()
    assert [one["customer_id"] for one in page["items"]] == [people(marketer)[2]]
    now = marketer.get("/lifecycles/life/customers?stage=active").json()["items"]
    assert {one["customer_id"] for one in now} == {people(marketer)[0], people(marketer)[2]}
    assert marketer.get("/lifecycles/life/customers?stage=").json()["items"] == []
    refused = marketer.get(f"/lifecycles/life/moves?first={day(0)}&last={day(9)}")
    assert refused.status_code == 422


def test_time_in_a_stage_counts_who_is_still_there(marketer: Caller) -> None:
    compute(marketer)

    times = {one["key"]: one for one in marketer.get("/lifecycles/life/times").json()}

    assert times["active"]["going_on"] == 2
    assert times["known"]["ended"] >= 2
    assert times["known"]["half"] is not None


def test_everybody_sees_his_own_customers_only(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    compute(marketer)

    head = call(world.head)

    assert sizes(head.get("/lifecycles/life/stages")) == {"known": 0, "active": 2, "dormant": 1, "": 0}
    charlie = call(world.charlie)
    assert charlie.get("/lifecycles/life/customers?stage=active").json()["items"] == []


def test_a_profile_shows_its_stage_and_since_when(marketer: Caller) -> None:
    compute(marketer)
    who = people(marketer)[2]

    [shown] = marketer.get(f"/customers/{who}/lifecycles").json()

    assert [one["key"] for one in shown["stages"]] == ["known", "active", "dormant"]
    assert shown["stays"][0]["stage"] == "active"
    assert shown["stays"][0]["left_at"] is None
    assert {one["stage"] for one in shown["stays"]} >= {"active", "dormant"}


def test_a_stage_is_asked_by_segments_and_follows_what_happens(
    marketer: Caller, world: World, sync: Sync
) -> None:
    compute(marketer)
    asked = {"trait": "life_stage", "op": "is", "value": "active"}
    mirror(sync)
    assert marketer.post("/segments/count", {"purpose": "care", "definition": asked}).json()["count"] == 2

    spend(world, 3, (1, 7.0))
    with acting(SYSTEM):
        LakeDataset.objects.filter(pk="events").update(shape="made anew: the test's transaction never ends")
    mirror(sync)
    computing.refresh(now=timezone.now(), is_full=True)

    assert sizes(marketer.get("/lifecycles/life/stages")) == {"known": 0, "active": 3, "dormant": 1, "": 0}
    mirror(sync)
    assert marketer.post("/segments/count", {"purpose": "care", "definition": asked}).json()["count"] == 3


def test_another_definition_goes_on_with_the_stages_that_stay(marketer: Caller) -> None:
    compute(marketer)
    changed = {"stages": [*DEFINITION["stages"][:1], stage("buyer", "买过", BOUGHT)]}

    answer = marketer.patch("/lifecycles/life", {"definition": changed})

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    computing.refresh(now=timezone.now())
    assert sizes(marketer.get("/lifecycles/life/stages")) == {"known": 1, "buyer": 3, "": 0}
    with acting(SYSTEM):
        assert Stay.objects.filter(stage="known", left_at=None).count() == 1
        assert not Stay.objects.filter(stage="active", left_at=None).exists()


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        ({"stages": []}, "stages"),
        ({"stages": DEFINITION["stages"][:1]}, "stages"),
        ({"stages": [*DEFINITION["stages"], stage("known", "又一个", {"all": []})]}, "stages"),
        ({"stages": [*DEFINITION["stages"], stage("No", "名", {"all": []})]}, "stages[3].key"),
        ({"stages": [*DEFINITION["stages"], stage("x", "", {"all": []})]}, "stages[3].name.zh"),
        (
            {"stages": [*DEFINITION["stages"], stage("x", "名", {"all": [{"field": "x"}]})]},
            "stages[3].when.all[0]",
        ),
        ({"stages": DEFINITION["stages"], "since": "tier"}, "since"),
        ({"stages": DEFINITION["stages"], "more": 1}, "more"),
    ],
)
def test_a_mistake_is_told_at_its_place(marketer: Caller, definition: Any, place: str) -> None:
    answer = marketer.post("/lifecycles/preview", {"purpose": "care", "definition": definition})

    assert (answer.status_code, answer.json()["code"]) == (422, "segment_invalid")
    assert place in answer.json()["detail"]


def test_the_rule_of_a_stage_cannot_ask_its_own_model(marketer: Caller) -> None:
    compute(marketer)
    own = {"trait": "life_stage", "op": "is", "value": "active"}
    changed = {"stages": [*DEFINITION["stages"], stage("again", "又", own)]}

    answer = marketer.patch("/lifecycles/life", {"definition": changed})

    assert answer.status_code == 422
    assert "stages[3].when" in answer.json()["detail"]


def test_rules_over_hidden_fields_close_it_to_the_reader(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    rule = stage("gold", "金卡", {"field": "tier", "op": "is", "value": "金"})
    marketer.post("/lifecycles", {**MODEL, "definition": {"stages": [*DEFINITION["stages"], rule]}})
    computing.refresh(now=timezone.now())
    with acting(SYSTEM):
        RoleFieldRule.objects.create(role_id="branch_head", field="tier", rule="hidden")

    head = call(world.head)

    for path in ("", "/stages", "/moves", "/times", "/trend"):
        assert head.get(f"/lifecycles/life{path}").json()["code"] == "lifecycle_closed"
    who = people(head)[0]
    assert head.get(f"/customers/{who}/lifecycles").json() == []


def test_whoever_is_erased_leaves_no_stay(marketer: Caller, world: World) -> None:
    compute(marketer)
    who = people(marketer)[1]

    steward = world.actor(world.steward)
    with acting(steward.scope):
        erase_customer(customer_id=who, reason="本人要求", actor=steward, now=timezone.now())  # type: ignore[arg-type]  # an id as text is one

    with acting(SYSTEM):
        assert not Stay.objects.filter(customer_id=who).exists()


def test_who_refuses_the_purpose_is_in_no_stage(
    marketer: Caller, world: World, call: Callable[..., Caller]
) -> None:
    compute(marketer)
    who = people(marketer)[0]

    call(appoint(world, "compliance", name="second")).post(
        f"/customers/{who}/consents", {"purpose": "care", "state": "refused"}
    )

    assert sizes(marketer.get("/lifecycles/life/stages"))["active"] == 1
    computing.refresh(now=timezone.now(), is_full=True)
    with acting(SYSTEM):
        assert not Stay.objects.filter(customer_id=who, left_at=None).exists()
