"""Spark counts whom DuckDB counts: every telling definition, asked of a master and two workers in one query."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import reduce
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlglot import exp
from tests.analyze.test_engines_agree import KINDS, TELLING, Scene
from tests.analyze.test_rfm_agrees import computed
from tests.analyze.test_traits_agree import TELLING as TRAITS
from tests.analyze.test_traits_agree import alike, by_the_lake
from tests.world import NOW, World

from kehu.analyze.lifecycle.reading import read_lifecycle
from kehu.analyze.lifecycle.sql import staged
from kehu.analyze.mirror import asking
from kehu.analyze.mirror.fields import kinds
from kehu.analyze.rfm.reading import read_rfm
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.flips import flips
from kehu.analyze.segments.sql.query import Compiler, people
from kehu.analyze.segments.tree import RELATED
from kehu.analyze.traits.reading import read_trait
from kehu.flows.consent.change_consent import change_consent
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import Said
from kehu.platform.lake import engines
from kehu.platform.lake.cluster import standalone
from kehu.platform.lake.spark import Spark, SparkSilent
from kehu.platform.scope import SYSTEM, acting

OWN = {"spark.driver.host": "127.0.0.1", "spark.executor.memory": "512m", "spark.sql.shuffle.partitions": "2"}
pytestmark = [pytest.mark.django_db]


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A master and two workers on loopback. Without Java or pyspark this is an error that says what is missing."""
    with standalone(tmp_path_factory.mktemp("spark")) as address:
        yield address


def counts(world: World, definitions: list[dict[str, Any]]) -> list[int]:
    """Count all definitions for the care of customers by two queries: those of fields side by side, those of events in rows."""
    actor = world.actor(world.head)
    with acting(actor.scope):
        known, gate = book_of(None).names(), open_gate("care")
        conditions = dict(
            enumerate(Compiler(known, NOW).condition(read(one, known.kinds)) for one in definitions)
        )
        plain = {number: one for number, one in conditions.items() if not one.find(exp.Select)}
        found: dict[int, int] = {}
        if plain:
            met = [exp.alias_(exp.Sum(this=exp.cast(one, "int")), f"met_{n}") for n, one in plain.items()]
            rows, _ = asking.ask(people(actor.scope, gate, exp.true()).select(*met))
            found |= dict(zip(plain, rows[0], strict=True))
        each: list[exp.Query] = [
            people(actor.scope, gate, one).select(
                exp.alias_(exp.Literal.number(n), "number"), exp.alias_(exp.Count(this=exp.Star()), "found")
            )
            for n, one in conditions.items()
            if n not in plain
        ]
        if each:
            rows, _ = asking.ask(reduce(side_by_side, each))
            found |= dict(rows)
    return [int(found[number]) for number in range(len(definitions))]


def side_by_side(one: exp.Query, other: exp.Query) -> exp.Query:
    return exp.union(one, other, distinct=False)


LIFE = {
    "stages": [
        {"key": "known", "name": {"zh": "认识", "en": "Known"}, "when": {"all": []}},
        {"key": "active", "name": {"zh": "活跃", "en": "Active"}, "when": {"event": "登录", "within": {"last_days": 90}}},
        {"key": "gold", "name": {"zh": "金", "en": "Gold"}, "when": {"field": "tier", "op": "in", "value": ["金", "白金"]}},
    ]
}  # fmt: skip
FALLING = [
    {"event": "登录", "times": {"at_least": 2}, "within": {"last_days": 30}},
    {"event": "登录", "times": {"exactly": 0}, "within": {"last_hours": 48}},
    {"field": "opened_on", "op": "last_days", "value": 400},
    {"relationship": "any"},
]


def falls_due() -> list[list[tuple[Any, ...]]]:
    """Return when time alone changes whom definitions take, to the second."""
    known = book_of(None).names()
    found = []
    with acting(SYSTEM):
        for one in FALLING:
            moments = flips(read(one, known.kinds), known.segment, NOW, known.traits)
            query = people(SYSTEM, open_gate("care"), moments.until(NOW + timedelta(days=400)))
            rows, _ = asking.ask(query.select(exp.column("customer_id", "p"), *moments.columns()))
            found.append(sorted((row[0], moments.first(row[1:])) for row in rows))
    return found


def stages() -> dict[str, str]:
    """Return everybody's stage of a lifecycle."""
    book = book_of(None)
    with acting(SYSTEM):
        lifecycle = read_lifecycle(LIFE, book)
        rows, _ = asking.ask(staged(lifecycle, book.names(), open_gate("care"), SYSTEM, NOW))
    return {row[0]: row[1] for row in rows}


RFM = {
    "purchases": [
        {"event": "转出", "amount": "amount", "absolute": True},
        {"event": "登录", "amount": "amount"},
    ]
}


def values() -> dict[int, dict[UUID, float | str]]:
    """Return everybody's traits."""
    traits = {number: read_trait(raw) for number, raw in enumerate(TRAITS)}
    found: dict[int, dict[UUID, float | str]] = {number: {} for number in traits}
    with acting(SYSTEM):
        for one in by_the_lake(traits):
            found[one.trait_id][one.customer_id] = one.text or one.number or 0.0
    return found


def test_spark_counts_whom_duckdb_counts(
    world: World, sync: Callable[[], Any], cluster: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    KINDS.update(kinds(registry()) | {RELATED: "code"})
    scene = Scene(world)
    sync()
    world.say(world.core, "1", tier="黑金", aum=7)
    sync()
    asked = [*TELLING, *scene.hung()]
    expected = counts(world, asked)
    assert len(set(expected)) > len(asked) / 6
    dues, lived = falls_due(), stages()
    rated, valued = computed(read_rfm(RFM), NOW), values()
    assert all(dues)
    assert len(set(lived.values())) == 3
    assert len({one.tier for one in rated.values()}) > 2
    assert all(valued.values())
    spark = Spark(cluster, OWN)
    monkeypatch.setattr(asking, "engine", lambda: spark)
    try:
        found = counts(world, asked)
        assert found == expected, [one for one, a, b in zip(asked, found, expected, strict=True) if a != b]

        assert falls_due() == dues
        assert stages() == lived
        assert computed(read_rfm(RFM), NOW) == rated
        told = values()
        for number, expected_values in valued.items():
            assert told[number].keys() == expected_values.keys()
            assert all(alike(told[number][who], value) for who, value in expected_values.items()), TRAITS[
                number
            ]

        everybody = counts(world, [{"all": []}])[0]
        allowed = next(
            one for one, person in scene.people.items() if "care" in person.reach and person.unit == "hz"
        )
        steward = world.actor(world.steward)
        with acting(steward.scope):
            change_consent(customer_id=allowed, purpose="care", said=Said("refused"), actor=steward, now=NOW)
        assert counts(world, [{"all": []}]) == [everybody - 1]

        next((tmp_path / "customers").glob("*.parquet")).unlink()
        with pytest.raises(engines.LakeBroken):
            counts(world, [{"field": "tier", "op": "is", "value": "金"}])
    finally:
        spark.session.stop()

    hungry = Spark(cluster, OWN | {"spark.executor.memory": "64g"}, seconds=5)
    try:
        began = time.monotonic()
        with pytest.raises(SparkSilent):
            hungry.rows("SELECT count(*) FROM range(10)", {})
        assert time.monotonic() - began < 60
    finally:
        hungry.session.stop()
