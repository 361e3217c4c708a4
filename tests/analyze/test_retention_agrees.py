"""Whatever the retention question, the engine counts what a plain evaluator finds customer by customer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analyze.behavior_scene import Doer, asking, seen, settle
from tests.analyze.reference import Person, Reference
from tests.analyze.test_funnels_agree import population, step
from tests.world import NOW, World

from kehu.analyze.behavior.asking import clock_of, customers_of
from kehu.analyze.behavior.cohorts import ask_retention
from kehu.analyze.behavior.retention import Cell, Retention, behind_cell, periods, read_retention
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.tree import All, Definition, Step, Window
from kehu.govern.access.actors import Actor
from kehu.platform.scope import acting

pytestmark = [pytest.mark.django_db]


def month_or_week_of(at: datetime, retention: Retention, zone: str) -> date:
    """The first day of the calendar period in which a moment lies."""
    day = at.astimezone(Reference(Definition(All(()), zone), {}, NOW).zone).date()
    return day.replace(day=1) if retention.unit == "month" else day - timedelta(days=day.isoweekday() - 1)


def when(doer: Doer, one: Step, retention: Retention, zone: str) -> list[date]:
    """In which periods a customer did something, earliest first, with repetitions."""
    reference = Reference(Definition(All(()), zone), {}, NOW)
    times = sorted(reference.happened(Person("", (), {}, doer.events), one, Window()))
    return [month_or_week_of(at, retention, zone) for at in times]


def counted(
    able: dict[UUID, Doer], retention: Retention, zone: str, days: tuple[date, ...]
) -> list[tuple[int, list[int]]]:
    """The size of each cohort, and how many of it came back in each later period."""
    found = []
    for place, day in enumerate(days[:-1]):
        begun = {one: when(doer, retention.begin, retention, zone) for one, doer in able.items()}
        ours = [
            one
            for one, all_ in begun.items()
            if (all_[:1] == [day] if retention.cohorts_by == "first" else day in all_)
        ]
        back = {one: when(able[one], retention.back, retention, zone) for one in ours}
        later = []
        for target in days[place + 1 : -1]:
            if retention.kind == "in":
                later.append(sum(target in back[one] for one in ours))
            else:
                later.append(sum(any(target <= came < days[-1] for came in back[one]) for one in ours))
        found.append((len(ours), later))
    return found


QUESTIONS = st.fixed_dictionaries(
    {"begin": step, "unit": st.sampled_from(["week", "month"]), "cohorts": st.integers(2, 9),
     "cohorts_by": st.sampled_from(["first", "any"]), "kind": st.sampled_from(["in", "since"]),
     "zone": st.sampled_from(["Asia/Shanghai", "America/New_York"])},
    optional={"back": step, "population": st.just({"field": "tier", "op": "is", "value": "金"})},
)  # fmt: skip


def expect_agreement(raw: dict[str, Any], actor: Actor, people: dict[UUID, Doer], ids: set[UUID]) -> int:
    """Compare every cell; returns how many returns there were."""
    with acting(actor.scope):
        asked = asking(actor)
        retention = read_retention(raw, asked.book)
        answer = ask_retention(retention, asked)
    zone = raw.get("zone", "Asia/Shanghai")
    today = NOW.astimezone(Reference(Definition(All(()), zone), {}, NOW).zone).date()
    days = periods(retention.unit, retention.count, today)
    plain = counted(population(raw, people, ids), retention, zone, days)
    assert [(c.customers, [r.customers for r in c.returns]) for c in answer.cohorts] == plain, raw
    assert [c.first for c in answer.cohorts] == list(days[:-1])
    assert [c.is_open for c in answer.cohorts] == [False] * (retention.count - 1) + [True]
    for place, cohort in enumerate(answer.cohorts):
        assert [r.is_open for r in cohort.returns] == [
            place + n == retention.count - 1 for n in range(1, len(cohort.returns) + 1)
        ]
    for gap, overall in enumerate(answer.overall):
        over = [(size, later[gap]) for size, later in plain[: retention.count - gap - 2]]
        size = sum(one for one, _ in over)
        assert (overall.value if overall else None) == (sum(n for _, n in over) / size if size else None), raw
    expect_the_same_behind(raw, actor, plain, days)
    return sum(sum(later) for _, later in plain)


def expect_the_same_behind(
    raw: dict[str, Any], actor: Actor, plain: list[tuple[int, list[int]]], days: tuple[date, ...]
) -> None:
    """Compare who is behind some cells with how many they count: of the middle cohort, one and two periods on."""
    place = len(plain) // 2
    size, later = plain[place]
    with acting(actor.scope):
        asked = asking(actor)
        retention = read_retention(raw, asked.book)

        def behind(gap: int, *, is_away: bool = False) -> set[UUID]:
            cell = Cell(days[place], gap, is_away)
            definition = behind_cell(raw, retention, cell, clock_of(asked, retention.population).today)
            return set(customers_of(asked, read(definition, asked.book.kinds), after=None, limit=200).ids)

        everybody = behind(0)
        assert len(everybody) == size, raw
        for gap, count in enumerate(later[:2], 1):
            back, away = behind(gap), behind(gap, is_away=True)
            assert (len(back), back | away, back & away) == (count, everybody, set()), raw


def test_every_cell_counts_what_looking_at_each_customer_finds(world: World, sync: Callable[[], Any]) -> None:
    people = settle(world)
    sync()
    actors = [world.actor(user) for user in (world.steward, world.head)]
    shown = [seen(actor) for actor in actors]
    for unit in ("week", "month"):
        plain = {"begin": {"event": "登录"}, "back": {"event": "浏览"}, "unit": unit, "cohorts": 7}
        assert expect_agreement(plain, actors[0], people, shown[0]) > 0

    @settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)
    @given(raw=QUESTIONS, who=st.integers(0, 1))
    def agree(raw: dict[str, Any], who: int) -> None:
        expect_agreement(raw, actors[who], people, shown[who])

    agree()


def test_periods_are_of_the_calendar() -> None:
    assert periods("week", 2, date(2026, 11, 22)) == (
        date(2026, 11, 9),
        date(2026, 11, 16),
        date(2026, 11, 23),
    )
    assert periods("month", 3, date(2026, 1, 31)) == tuple(
        date(*one) for one in ((2025, 11, 1), (2025, 12, 1), (2026, 1, 1), (2026, 2, 1))
    )
