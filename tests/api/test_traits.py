"""Computed traits by the API: tried, made, computed, seen on a customer, asked in a segment, changed and put out of use."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.analyze.models.traits import Trait, TraitValue
from kehu.analyze.traits import refreshing
from kehu.collect.events import Happening, write_events
from kehu.flows.erase_customer import erase_customer
from kehu.govern.models.access import User
from kehu.platform.models import LakeDataset
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.models import Link

pytestmark = [pytest.mark.django_db]
Sync = Callable[[], Any]

SPENT = {"event": "消费", "aggregate": "sum", "property": "amount", "within": {"last_days": 36_500}}
TRAIT = {"key": "spent_90d", "name": {"zh": "近 90 天消费", "en": "Spent in 90 days"}, "unit": "元",
         "used_for": "挑选消费多的客户", "definition": SPENT}  # fmt: skip


@pytest.fixture
def marketer(world: World, call: Callable[..., Caller]) -> Caller:
    """A marketer, a purpose by contract, and three customers: two spent, one did not."""
    compliance = call(appoint(world, "compliance"))
    compliance.post("/purposes", {"key": "care", "name": "关怀", **TERMS, "legal_basis": "contract"})
    for number in range(3):
        world.say(world.core, str(number), name=f"赵一{number}", unit=world.hangzhou)
    spend(world, "0", 100, 20.5)
    spend(world, "1", 30)
    return call(appoint(world, "marketer"))


def spend(world: World, key: str, *amounts: float) -> None:
    """Let a customer of the core system spend."""
    with acting(SYSTEM):
        record = Link.objects.filter(ended_at=None).order_by("record_id")[int(key)].record_id
        happened = [
            Happening(
                f"{key}-{amount}", record, "behavior", "消费", NOW, NOW, {"amount": amount, "shop": "超市"}
            )
            for amount in amounts
        ]
        write_events(happened, source_id=world.core.pk)


def refresh(**options: Any) -> refreshing.Refreshed:
    return refreshing.refresh(now=timezone.now(), **options)


def mirror(sync: Sync) -> None:
    """Have the lake hold the values: the transaction of the test never ends, so that they are never later."""
    with acting(SYSTEM):
        LakeDataset.objects.filter(pk="traits").update(watermark=0)
    sync()


def count(caller: Caller, condition: dict[str, Any]) -> Any:
    return caller.post("/segments/count", {"purpose": "care", "definition": condition})


def values(caller: Caller, place: int) -> dict[str, Any]:
    """The traits of a customer by name, as his page has them."""
    people = caller.get("/customers?sort=name").json()["items"]
    found = caller.get(f"/customers/{people[place]['id']}/traits").json()
    return {one["key"]: one["number"] if one["text"] is None else one["text"] for one in found}


def test_a_trait_is_tried_made_computed_and_seen(marketer: Caller, sync: Sync) -> None:
    sync()
    tried = marketer.post("/traits/preview", {"purpose": "care", "definition": SPENT}).json()
    assert (tried["holders"], tried["without"], tried["is_zero_without"]) == (2, 1, True)
    assert tried["marks"]["high"] == 120.5
    assert sum(bar["count"] for bar in tried["bars"]) == 2

    made = marketer.post("/traits", TRAIT)

    assert (made.status_code, made.json()["computed_at"]) == (201, None)
    assert values(marketer, 0) == {}
    refresh()
    assert [values(marketer, place) for place in range(3)] == [{"spent_90d": v} for v in (120.5, 30, 0)]
    [listed] = marketer.get("/traits").json()
    assert (listed["holders"], listed["version"]) == (2, 1)
    assert listed["computed_at"]


def test_what_happens_later_is_computed_for_who_was_touched(
    marketer: Caller, world: World, sync: Sync
) -> None:
    sync()
    marketer.post("/traits", TRAIT)
    refresh()
    spend(world, "2", 7)
    Trait.objects.update(
        watermark=1
    )  # the transaction of the test never ends, so that its events are never later

    done = refresh()

    assert (done.traits, done.changed) == (0, 1)
    assert [values(marketer, place)["spent_90d"] for place in range(3)] == [120.5, 30, 7]
    assert refresh().changed == 0


def test_a_segment_asks_a_trait_and_nothing_counts_as_zero(marketer: Caller, sync: Sync) -> None:
    sync()
    marketer.post("/traits", TRAIT)
    before = count(marketer, {"trait": "spent_90d", "op": "gt", "value": 0})
    assert (before.status_code, before.json()["code"]) == (422, "segment_invalid")
    refresh()
    mirror(sync)

    asked = [
        ("gt", 30, 1),
        ("gte", 30, 2),
        ("lt", 31, 2),
        ("eq", 0, 1),
        ("lte", 0, 1),
        ("ne", 0, 2),
        ("between", [0, 30], 2),
    ]
    for op, value, expected in asked:
        assert (
            count(marketer, {"trait": "spent_90d", "op": op, "value": value}).json()["count"] == expected
        ), op
    assert count(marketer, {"trait": "spent_90d", "op": "empty"}).json()["count"] == 0
    assert count(marketer, {"not": {"trait": "spent_90d", "op": "gt", "value": 30}}).json()["count"] == 2


def test_days_since_and_texts_are_asked_too(marketer: Caller, sync: Sync) -> None:
    sync()
    for key, definition in (
        ("since", {"event": "消费", "aggregate": "days_since"}),
        ("shop", {"event": "消费", "aggregate": "most_frequent", "property": "shop"}),
    ):
        marketer.post("/traits", {**TRAIT, "key": key, "definition": definition})
    refresh()
    mirror(sync)

    days = values(marketer, 0)["since"]
    assert values(marketer, 0)["shop"] == "超市"
    assert values(marketer, 2) == {"since": None, "shop": None}
    asked: list[tuple[dict[str, Any], int]] = [
        ({"trait": "since", "op": "eq", "value": days}, 2), ({"trait": "since", "op": "gt", "value": days}, 0),
        ({"trait": "since", "op": "empty"}, 1), ({"trait": "since", "op": "ne", "value": days}, 1),
        ({"trait": "shop", "op": "is", "value": "超巿"}, 0), ({"trait": "shop", "op": "starts", "value": "超"}, 2),
        ({"trait": "shop", "op": "is_not", "value": "超市"}, 1), ({"trait": "shop", "op": "not_empty"}, 2),
    ]  # fmt: skip
    for condition, expected in asked:
        assert count(marketer, condition).json()["count"] == expected, condition


def test_another_definition_is_another_version_and_off_is_not_asked(marketer: Caller, sync: Sync) -> None:
    sync()
    marketer.post("/traits", TRAIT)
    refresh()

    changed = marketer.patch("/traits/spent_90d", {"definition": {**SPENT, "aggregate": "max"}})

    assert (changed.json()["version"], changed.json()["computed_at"]) == (2, None)
    refresh()
    assert values(marketer, 0) == {"spent_90d": 100}
    versions = marketer.get("/traits/spent_90d").json()["versions"]
    assert [(one["number"], one["definition"]["aggregate"]) for one in versions] == [(2, "max"), (1, "sum")]
    marketer.patch("/traits/spent_90d", {"is_active": False})
    assert values(marketer, 0) == {}


def test_values_go_with_the_person(marketer: Caller, world: World, sync: Sync) -> None:
    sync()
    marketer.post("/traits", TRAIT)
    refresh()
    customer = marketer.get("/customers?sort=name").json()["items"][0]["id"]
    steward = world.actor(world.steward)
    with acting(steward.scope):
        erase_customer(customer_id=customer, reason="本人要求", actor=steward, now=NOW)

    with acting(SYSTEM):
        assert TraitValue.objects.count() == 1


def test_who_does_not_see_the_customer_sees_no_value(marketer: Caller, world: World, sync: Sync,
                                                    call: Callable[[User], Caller]) -> None:  # fmt: skip
    sync()
    marketer.post("/traits", TRAIT)
    refresh()
    customer = marketer.get("/customers?sort=name").json()["items"][0]["id"]

    assert call(world.charlie).get(f"/customers/{customer}/traits").status_code == 404
    with acting(world.actor(world.charlie).scope):
        assert TraitValue.objects.count() == 0
    assert len(call(world.head).get(f"/customers/{customer}/traits").json()) == 1


def test_mistakes_are_told(
    marketer: Caller, world: World, sync: Sync, call: Callable[[User], Caller]
) -> None:
    sync()
    wrongs: list[tuple[dict[str, Any], int, str]] = [
        ({"definition": {**SPENT, "aggregate": "median"}}, 422, "segment_invalid"),
        ({"definition": {"event": "消费", "aggregate": "sum"}}, 422, "segment_invalid"),
        ({"definition": {**SPENT, "aggregate": "count"}}, 422, "segment_invalid"),
        ({"definition": {**SPENT, "aggregate": "trend", "within": {}}}, 422, "segment_invalid"),
        ({"used_for": " "}, 422, "invalid"), ({"key": "9"}, 422, "invalid_request"),
    ]  # fmt: skip
    for wrong, status, code in wrongs:
        answer = marketer.post("/traits", {**TRAIT, **wrong})
        assert (answer.status_code, answer.json()["code"]) == (status, code), wrong
    marketer.post("/traits", TRAIT)
    again = marketer.post("/traits", TRAIT)
    assert (again.status_code, again.json()["code"]) == (409, "trait_taken")
    assert marketer.get("/traits/nothing").status_code == 404
    assert marketer.post("/traits/preview", {"definition": SPENT}).json()["code"] == "purpose_missing"
    assert call(world.head).post("/traits", TRAIT).status_code == 403
