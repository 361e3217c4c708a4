"""When time alone may next change whether a definition holds of a customer: the index of what falls due is made of these.

A moment may be named too early, never too late: who falls due is looked at again, and given his next moment then.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlglot import exp

from kehu.analyze.segments.sql.happenings import Clock, begin_of, happened, moment_of
from kehu.analyze.segments.sql.ties import next_days
from kehu.analyze.segments.sql.traits import days_pass
from kehu.analyze.segments.sql.values import day, literal
from kehu.analyze.segments.tree import (
    All,
    AnyOf,
    Definition,
    Done,
    FieldIs,
    InOrder,
    Node,
    Not,
    OfSegment,
    PropertyIs,
    Step,
    TiedTo,
    TraitFacts,
    TraitIs,
    Window,
)

Expression = exp.Condition
_BY_DAY = frozenset({"last_days", "not_last_days", "next_days", "anniversary_days"})


@dataclass(frozen=True, slots=True)
class Flips:
    """Expressions of one definition: by zone the next days on whose beginning something may change, and the next moments."""

    days: Mapping[str, tuple[Expression, ...]]
    moments: tuple[Expression, ...]

    @property
    def is_driven_by_time(self) -> bool:
        """Whether time alone can change a membership at all."""
        return bool(self.days or self.moments)

    def columns(self) -> list[Expression]:
        """Return the columns to select: the first moment in seconds since 1970, then for each zone its first day as a text."""
        moment = (
            exp.Extract(this=exp.var("EPOCH"), expression=_least(self.moments))
            if self.moments
            else exp.null()
        )
        return [moment, *(exp.cast(_least(found), "text") for found in self.days.values())]

    def first(self, row: Sequence[Any]) -> datetime | None:
        """Return the first moment of a row of these columns; None where time changes nothing."""
        found = [] if row[0] is None else [datetime.fromtimestamp(float(row[0]), UTC)]
        for zone, text in zip(self.days, row[1:], strict=True):
            if text is not None:
                found.append(begin_of(date.fromisoformat(text), zone))
        return min(found, default=None)

    def until(self, at: datetime) -> Expression:
        """Return whether something may change before a moment."""
        parts: list[Expression] = [_least(self.moments) < moment_of(at)] if self.moments else []
        for zone, found in self.days.items():
            parts.append(_least(found) <= day(at.astimezone(ZoneInfo(zone)).date()))
        return exp.or_(*parts)


def flips(
    definition: Definition,
    segments: Callable[[UUID], Definition],
    now: datetime,
    traits: Mapping[str, TraitFacts],
) -> Flips:
    """Return what may change the answer for a customer, `p` as he is now and `c` as he is known."""
    days: dict[str, list[Expression]] = {}
    moments: list[Expression] = []
    for leaf, zone in _leaves(definition.root, definition.zone, segments):
        clock = Clock(now, zone)
        match leaf:
            case FieldIs(field, operator, values) if operator in _BY_DAY:
                value = exp.column(f"f_{field}", "c", quoted=True)
                days.setdefault(zone, []).append(_next_day(value, operator, int(values[0]), clock))
            case TiedTo(role):
                days.setdefault(zone, []).extend(next_days(role, clock))
            case TraitIs(trait) if traits[trait].kind == "since":
                moments += days_pass(leaf, traits[trait], clock)
            case Done(step=step, window=window):
                moments += _next_moments((step,), window, clock)
                _next_days_of((step,), clock, days)
            case InOrder(steps=steps, window=window):
                moments += _next_moments(steps, window, clock)
                _next_days_of(steps, clock, days)
    return Flips({zone: tuple(found) for zone, found in days.items()}, tuple(moments))


def _leaves(node: Node, zone: str, segments: Callable[[UUID], Definition]) -> Iterator[tuple[Node, str]]:
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part, zone, segments)
        case Not(part):
            yield from _leaves(part, zone, segments)
        case OfSegment(segment_id):
            inner = segments(segment_id)
            yield from _leaves(inner.root, inner.zone, segments)
        case _:
            yield node, zone


def _least(found: Sequence[Expression]) -> Expression:
    return (
        found[0].copy()
        if len(found) == 1
        else exp.Least(this=found[0].copy(), expressions=[one.copy() for one in found[1:]], ignore_nulls=True)
    )


def _next_day(value: Expression, operator: str, count: int, clock: Clock) -> Expression:
    today = day(clock.today)
    if operator == "anniversary_days":
        # A year has its own days; who has the value at all is looked at again tomorrow.
        return exp.case().when(exp.not_(value.is_(exp.null())), _plus(today, 1))
    first, last = (0, count) if operator != "next_days" else (1 - count, 1)
    return (
        exp.case()
        .when(_plus(value, first) > today, _plus(value, first))
        .when(_plus(value, last) > today.copy(), _plus(value, last))
    )


def _plus(value: Expression, count: int) -> Expression:
    if not count:
        return value.copy()
    added = exp.DateAdd(this=value.copy(), expression=literal(count), unit=exp.var("DAY"))
    return exp.cast(added, "date")


def _next_moments(steps: tuple[Step, ...], window: Window, clock: Clock) -> Iterator[Expression]:
    """Yield when the next event of each step enters the window, or leaves it."""
    if window.since_hours is None:
        return
    at = exp.column("happened_at", "h")
    out, into = _later(at, window.since_hours), _later(at, window.until_hours or 0)
    now = moment_of(clock.now)
    next_one = exp.case().when(into >= now, into.copy()).when(out >= now.copy(), out.copy())
    for step in steps:
        since = moment_of(clock.now - timedelta(hours=window.since_hours))
        rows = happened(step, Window(), clock).where(exp.column("happened_at", "e") >= since)
        mine = exp.column("customer_id", "h").eq(exp.column("id", "p"))
        first = exp.select(exp.Min(this=next_one.copy())).from_(rows.subquery("h")).where(mine)
        yield exp.paren(first.subquery())


def _later(at: Expression, hours: int) -> Expression:
    if not hours:
        return at.copy()
    return exp.paren(at.copy() + exp.Interval(this=exp.Literal.string(str(hours)), unit=exp.var("HOUR")))


def _next_days_of(steps: tuple[Step, ...], clock: Clock, days: dict[str, list[Expression]]) -> None:
    """Add tomorrow where a property is compared with today."""
    wheres: list[PropertyIs] = [one for step in steps for one in step.where]
    if any(one.operator in _BY_DAY for one in wheres):
        days.setdefault(clock.zone, []).append(_plus(day(clock.today), 1))
