"""Whatever the definition, what the engine computes is what the plain evaluator computes: by the lake, and of touched customers."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from math import isclose
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analyze.trait_reference import Event, TraitReference
from tests.world import NOW, World

from kehu.analyze.traits import computing
from kehu.analyze.traits.computing import CUSTOMERS_A_TURN, Traits, turns, values_of_some, values_of_turn
from kehu.analyze.traits.reading import TraitDefinition, read_trait
from kehu.analyze.traits.values import Value
from kehu.collect.events import Happening, write_events
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]

EVENTS = ["登录", "转出", "投诉"]
AMOUNTS: list[Any] = [0, 1, -3.5, 4999.99, "120.25", "不是数", None, "nan", "inf", 1e30, 500_000]
CHANNELS: list[Any] = ["手机银行", "手機銀行", "柜面", None, "", 7]
HOURS = [0.0, 0.5, 1, 23, 24, 24, 25, 48, 49, 24 * 7, 24 * 30, 24 * 60, 24 * 400]
PEOPLE = 40


class Scene:
    """Forty customers, two of them of two records each, with events that meet every edge."""

    def __init__(self, world: World) -> None:
        self.random = Random(20_261_123)  # noqa: S311 (a scene that is the same each time)
        for number in range(PEOPLE):
            world.say(world.core, str(number), name=f"赵一{number}", mobile=f"138571{number:05d}")
        for number in (3, 4):
            world.say(world.cards, str(number), name=f"赵一{number}", mobile=f"138571{number:05d}")
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(
                "SELECT record_id, cluster_id FROM resolve_link WHERE ended_at IS NULL ORDER BY record_id"
            )
            links: list[tuple[UUID, UUID]] = list(cursor.fetchall())
            self.customers = {customer for _, customer in links}
            for record, _ in links:
                self.happen(world, record)
            cursor.execute(
                "SELECT l.cluster_id, e.name, e.happened_at, e.plain, e.id FROM collect_event e "
                "JOIN resolve_link l ON l.record_id = e.record_id"
            )
            self.events: dict[UUID, list[Event]] = {customer: [] for customer in self.customers}
            for customer, name, at, plain, event_id in cursor.fetchall():
                given_ = plain if isinstance(plain, dict) else from_json(plain)
                self.events[customer].append((name, at, given_, event_id))

    def happen(self, world: World, record: UUID) -> None:
        made = []
        for number in range(self.random.randrange(14)):
            at = NOW - timedelta(hours=self.random.choice(HOURS))
            told = {"amount": self.random.choice(AMOUNTS), "channel": self.random.choice(CHANNELS)}
            properties = {key: value for key, value in told.items() if value is not None}
            made.append(
                Happening(
                    f"{record}{number}", record, "behavior", self.random.choice(EVENTS), at, at, properties
                )
            )
        write_events(made, source_id=world.core.pk)

    def expected(self, trait: TraitDefinition) -> dict[UUID, float | str]:
        found = {who: TraitReference(trait, NOW).value(events) for who, events in self.events.items()}
        return {who: value for who, value in found.items() if value is not None}


WINDOWS = st.one_of(
    st.just({}), st.sampled_from([1, 2, 7, 30, 400]).map(lambda n: {"last_days": n}), st.just({"last_hours": 24}),
    st.just({"days_ago": [30, 1]}), st.just({"from": "2026-11-21", "to": "2026-11-22"}), st.just({"to": "2026-10-01"}),
)  # fmt: skip
WHERE = st.one_of(
    st.just({"property": "channel", "op": "is", "value": "手机银行"}),
    st.just({"property": "channel", "op": "empty"}),
    st.sampled_from([0, 1, 5000]).map(lambda n: {"property": "amount", "op": "lte", "value": n}),
)


def aggregates() -> st.SearchStrategy[dict[str, Any]]:
    def of(*names: str, **rest: Any) -> st.SearchStrategy[dict[str, Any]]:
        return st.sampled_from(names).map(lambda name: {"aggregate": name, **rest})

    return st.one_of(
        of("count", "days_since"),
        of("sum", "average", "min", "max", property="amount"),
        of("first", "last", "most_frequent", "distinct", property="channel"),
        of("first", "last", property="amount", **{"as": "number"}),
    )


def definitions() -> st.SearchStrategy[dict[str, Any]]:
    base = {"event": st.sampled_from([*EVENTS, "没有过"]), "where": st.lists(WHERE, max_size=2)}
    zone = st.sampled_from(["Asia/Shanghai", "America/New_York"])
    plain = st.fixed_dictionaries({**base, "within": WINDOWS, "zone": zone, "made": aggregates()})
    spans = st.sampled_from([{"last_days": 1}, {"last_days": 30}, {"last_hours": 24}])
    change = st.fixed_dictionaries(
        {
            **base,
            "within": spans,
            "made": st.sampled_from([{"aggregate": "trend"}, {"aggregate": "trend", "property": "amount"}]),
        }
    )
    return st.one_of(plain, plain, plain, change).map(lambda one: {**one.pop("made"), **one})


TELLING: list[dict[str, Any]] = [
    {"event": "转出", "aggregate": aggregate, "property": "amount"} for aggregate in ("sum", "average", "min", "max")
] + [
    {"event": "转出", "aggregate": "count", "within": {"last_days": 1}},
    {"event": "转出", "aggregate": "days_since"},
    {"event": "转出", "aggregate": "trend", "property": "amount", "within": {"last_days": 30}},
    *({"event": "登录", "aggregate": one, "property": "channel"} for one in ("first", "last", "most_frequent", "distinct")),
]  # fmt: skip


def same(found: list[Value], expected: dict[UUID, float | str]) -> bool:
    """Whether the same customers have the same values, but for the last digits of what was added up."""
    got: dict[UUID, float | str | None] = {
        value.customer_id: value.text if value.number is None else value.number for value in found
    }
    return got.keys() == expected.keys() and all(alike(got[who], value) for who, value in expected.items())


def alike(one: float | str | None, other: float | str) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, abs_tol=2e-6, rel_tol=1e-12)
    return one == other


def by_the_lake(traits: Traits) -> list[Value]:
    """Return all values, computed in parts whose batches hold a few customers each, everybody once a query."""
    found, told = [], Counter[tuple[tuple[int, ...], UUID]]()
    for turn in turns(2 * CUSTOMERS_A_TURN):
        for batch in values_of_turn(traits, turn, now=NOW):
            found += batch.values
            told.update((batch.traits, who) for who in batch.customers)
    assert set(told.values()) == {1}
    return found


def test_every_trait_comes_to_what_the_reference_computes(
    world: World, sync: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computing, "CUSTOMERS_A_BATCH", 7)
    scene = Scene(world)
    sync()

    def agree(raws: list[dict[str, Any]]) -> list[int]:
        """Whether all agree, in both ways; tells of how many customers each has a value."""
        traits = {number: read_trait(raw) for number, raw in enumerate(raws, 1)}
        expected = {number: scene.expected(trait) for number, trait in traits.items()}
        with acting(SYSTEM):
            for values in (
                by_the_lake(traits),
                values_of_some(traits, scene.customers, now=NOW),
            ):
                for number in traits:
                    mine = [value for value in values if value.trait_id == number]
                    assert same(mine, expected[number]), (raws[number - 1], mine, expected[number])
        return [len(one) for one in expected.values()]

    assert all(0 < count <= PEOPLE for count in agree(TELLING))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(raws=st.lists(definitions(), min_size=1, max_size=4))
    def agrees(raws: list[dict[str, Any]]) -> None:
        agree(raws)

    agrees()


def test_of_a_merged_customer_all_events_count(world: World, sync: Callable[[], Any]) -> None:
    scene = Scene(world)
    sync()
    traits = {1: read_trait({"event": "登录", "aggregate": "count"})}
    several = [who for who in scene.customers if len(scene.events[who]) > 8]

    with acting(SYSTEM):
        found = {value.customer_id: value.number for value in values_of_some(traits, several, now=NOW)}

    assert len(scene.customers) == PEOPLE
    assert several
    for who in several:
        assert found.get(who, 0) == sum(name == "登录" for name, *_ in scene.events[who])
