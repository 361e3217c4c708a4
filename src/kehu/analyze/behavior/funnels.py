"""The answer of a funnel: how many came how far and how long it took; and who stands behind a step.

A funnel is asked for a purpose, like a segment: who stopped is whom somebody will contact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.behavior.asking import Asking, Page, clock_of, count_whom, page_of, whom
from kehu.analyze.behavior.funnel import UNIT, Funnel
from kehu.analyze.behavior.tries import furthest, with_whom
from kehu.analyze.mirror.asking import ask
from kehu.analyze.mirror.current import TABLE
from kehu.analyze.segments.sql.values import literal
from kehu.standardize.numbers.shares import Interval, share

Expression = exp.Condition
MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How many came to a step, with shares at 95 % and the median of seconds since the step before.

    `still_open`: stopped here, but their time was not over at the end of the window.
    """

    customers: int
    of_before: Interval | None
    of_first: Interval | None
    median_seconds: float | None
    still_open: int


@dataclass(frozen=True, slots=True)
class Group:
    """The steps of those with one unit (by id) or value; `key` is None where it is not known, and in the whole."""

    key: str | None
    steps: tuple[StepFigures, ...]
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class FunnelAnswer:
    """All of those whom the funnel is of, the largest groups, how many groups are not told, and the time of the lake."""

    population: int
    whole: Group
    groups: tuple[Group, ...]
    untold_groups: int
    as_of: datetime


def ask_funnel(funnel: Funnel, asking: Asking) -> FunnelAnswer:
    """Return how many came how far. Raises LakeEmpty."""
    count = len(funnel.steps)
    rows, as_of = ask(_counted(funnel, asking, None))
    whole = _group(None, rows[0], count)
    groups: list[Group] = []
    untold = 0
    if funnel.by:
        found, _ = ask(_counted(funnel, asking, _key(funnel)))
        told = [_group(None if row[-1] is None else str(row[-1]), row[:-1], count) for row in found]
        told.sort(key=lambda group: (-group.steps[0].customers, group.key or ""))
        groups, untold = told[:MOST_GROUPS], max(0, len(told) - MOST_GROUPS)
    return FunnelAnswer(count_whom(asking, funnel.population), whole, tuple(groups), untold, as_of)


def customers_behind(
    funnel: Funnel, asking: Asking, *, step: int, has_stopped: bool, after: UUID | None, limit: int
) -> Page:
    """Return who came to a step (from 1), or came no further. Raises LakeEmpty."""
    depth = exp.column("depth", "f")
    query = (
        exp.select(exp.column("customer_id", "p"))
        .from_(exp.alias_(exp.to_table(TABLE), "p", table=True))
        .join(furthest(funnel, clock_of(asking, funnel.population)).subquery("f"), on="f.id = p.id")
        .where(depth.eq(literal(step)) if has_stopped else depth >= literal(step))
    )
    return page_of(with_whom(query, whom(asking, funnel.population)), after=after, limit=limit)


def _key(funnel: Funnel) -> Expression:
    if funnel.by == UNIT:
        return exp.column("unit_id", "p")
    return exp.column(f"f_{funnel.by}", "c", quoted=True)


def _counted(funnel: Funnel, asking: Asking, key: Expression | None) -> exp.Select:
    """Return the query of the figures, in one row or one a group: customers and still open a step, medians, the key."""
    count = len(funnel.steps)
    depth, is_open = exp.column("depth", "f"), exp.column("is_open", "f")
    columns: list[Expression] = []
    for place in range(1, count + 1):
        stopped_open = exp.and_(depth.eq(literal(place)), is_open.copy()) if place < count else exp.false()
        columns += [_times(depth.copy() >= literal(place)), _times(stopped_open)]
    for place in range(2, count + 1):
        columns.append(_median(f"t{place}", f"t{place - 1}", depth.copy() >= literal(place)))
    columns.append(_median(f"t{count}", "t1", depth.copy() >= literal(count)))
    tried = furthest(funnel, clock_of(asking, funnel.population)).subquery("f")
    query = exp.select(*columns).from_(tried)
    if key is not None:
        value = exp.column("key", "k")
        query = (
            query.select(value)
            .join(exp.alias_(exp.to_table("who"), "k", table=True), on="k.id = f.id")
            .group_by(value.copy())
        )
    return with_whom(query, whom(asking, funnel.population, key))


def _times(condition: Expression) -> Expression:
    return exp.Count(this=exp.Case(ifs=[exp.If(this=condition, true=literal(1))]))


def _median(until: str, since: str, condition: Expression) -> Expression:
    """Return the median of whole seconds between two steps."""
    seconds = _second(until) - _second(since)
    return exp.Median(this=exp.Case(ifs=[exp.If(this=condition, true=seconds)]))


def _second(column: str) -> Expression:
    return exp.Floor(this=exp.TimeToUnix(this=exp.column(column, "f")))


def _group(key: str | None, row: Sequence[Any], count: int) -> Group:
    customers, still_open = row[0 : 2 * count : 2], row[1 : 2 * count : 2]
    medians = [None, *row[2 * count : 3 * count - 1]]
    steps = tuple(
        StepFigures(
            customers[place],
            share(customers[place], customers[place - 1]) if place else None,
            share(customers[place], customers[0]) if place else None,
            _seconds(medians[place]),
            still_open[place],
        )
        for place in range(count)
    )
    return Group(key, steps, _seconds(row[3 * count - 1]))


def _seconds(value: Any) -> float | None:
    return None if value is None else float(value)
