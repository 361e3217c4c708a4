"""What a lifecycle shows: customers by stage on any day, how they moved between two days, how long they stay, and who.

Everything is of the reader's scope and of whom the model's purpose may take now. Stays of records that were merged count
for the customer that they lead to.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from sqlglot import exp

from kehu.analyze.dashboards.answering import Behind
from kehu.analyze.lifecycle.reading import Lifecycle, read_lifecycle
from kehu.analyze.lifecycle.sql import staged
from kehu.analyze.lifecycle.times import Length, Quartiles, quartiles
from kehu.analyze.mirror.asking import ask
from kehu.analyze.models.lifecycle import Stay
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.happenings import Clock, begin_of
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

NONE = ""
"""The key of those who are in no stage."""
USUAL_DAYS, TREND_MONTHS = 90, 12
_LEAST = UUID(int=0)
_LED = "analyze_stay s JOIN resolve_cluster k ON k.id = s.customer_id JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)"
_AT = f"""
SELECT DISTINCT ON (c.id) c.id, s.stage FROM {_LED}
WHERE s.model_id = %(model)s AND s.entered_at <= %({{at}})s AND (s.left_at IS NULL OR s.left_at > %({{at}})s)
  AND c.is_identified AND {{gate}} ORDER BY c.id, s.entered_at DESC
"""
_SIZES = "SELECT stage, count(*) FROM ({at}) one GROUP BY 1"
_ALL = "SELECT count(*) FROM profile_customer c WHERE c.is_identified AND {gate}"
_MOVES = """
WITH a AS ({first}), b AS ({last}) SELECT coalesce(a.stage, ''), coalesce(b.stage, ''), count(*)
FROM a FULL JOIN b USING (id) GROUP BY 1, 2
"""
_MOVED = """
WITH a AS ({first}), b AS ({last}) SELECT coalesce(a.id, b.id) FROM a FULL JOIN b USING (id)
WHERE coalesce(a.stage, '') = %(before)s AND coalesce(b.stage, '') = %(stage)s AND coalesce(a.id, b.id) > %(after)s
ORDER BY 1 LIMIT %(limit)s
"""
_IN = "SELECT id FROM ({at}) one WHERE stage = %(stage)s AND id > %(after)s ORDER BY id LIMIT %(limit)s"
_OUT = """
SELECT c.id FROM profile_customer c WHERE c.is_identified AND {gate} AND c.id > %(after)s
  AND NOT EXISTS (SELECT FROM ({at}) one WHERE one.id = c.id) ORDER BY c.id LIMIT %(limit)s
"""
_LENGTHS = f"""
SELECT s.stage, floor(extract(epoch FROM coalesce(s.left_at, %(now)s) - s.entered_at) / 86400)::int AS days,
  count(*) FILTER (WHERE s.left_at IS NOT NULL), count(*) FILTER (WHERE s.left_at IS NULL)
FROM {_LED} WHERE s.model_id = %(model)s AND c.is_identified AND {{gate}} GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class StageSize:
    """A stage with its customers; NONE is none."""

    key: str
    name: Text
    customers: int


@dataclass(frozen=True, slots=True)
class Move:
    """How many customers were in one stage on the first day and in another on the last; NONE is none."""

    before: str
    after: str
    customers: int


@dataclass(frozen=True, slots=True)
class Time:
    """How long a stage lasts, in days: quartiles by Kaplan–Meier, of `ended` stays that are over and `going_on` that are not."""

    key: str
    quartiles: Quartiles
    ended: int
    going_on: int


@dataclass(frozen=True, slots=True)
class Step:
    """The customers of each stage at the end of a day."""

    day: date
    stages: dict[str, int]


def by_stage(
    model: AnalysisModel, lifecycle: Lifecycle, on: date | None, *, now: datetime
) -> tuple[StageSize, ...]:
    """Return the stages in the order of life at the end of a day, and last those in none, within the open scope.

    Raises PurposeIsOff, or Invalid for a day to come.
    """
    gate = open_gate(model.purpose).condition("c")
    at = now if on is None else _end(on, lifecycle.zone, now)
    with connection.cursor() as cursor:
        cursor.execute(_SIZES.format(at=_AT.format(at="at", gate=gate)), {"model": model.pk, "at": at})
        found = dict(cursor.fetchall())
        cursor.execute(_ALL.format(gate=gate))
        everybody = cursor.fetchone()[0]
    return _sizes(lifecycle, found, everybody)


def try_out(
    raw: Any, *, purpose: str | None, actor: Actor, now: datetime
) -> tuple[tuple[StageSize, ...], datetime]:
    """Return the same of a draft, by the lake. Raises DefinitionInvalid, PurposeMissing, PurposeIsOff or LakeEmpty."""
    gate, book = open_gate(purpose), book_of(actor)
    lifecycle = read_lifecycle(raw, book)
    each = staged(lifecycle, book.names(), gate, actor.scope, now)
    stage = exp.column("stage", "s")
    rows, as_of = ask(
        exp.select(stage, exp.Count(this=exp.Star())).from_(each.subquery("s")).group_by(stage.copy())
    )
    with connection.cursor() as cursor:
        cursor.execute(_ALL.format(gate=gate.condition("c")))
        everybody = cursor.fetchone()[0]
    return _sizes(lifecycle, {str(key): int(count) for key, count in rows}, everybody), as_of


def days_of(
    lifecycle: Lifecycle, first: date | None, last: date | None, *, now: datetime
) -> tuple[date, date]:
    """Return the two days that are asked about: where none are told, ninety days ago and today."""
    end = last or Clock(now, lifecycle.zone).today
    return first or end - timedelta(days=USUAL_DAYS), end


def moves(
    model: AnalysisModel, lifecycle: Lifecycle, days: tuple[date, date], *, now: datetime
) -> tuple[Move, ...]:
    """Return who was in which stage at the ends of two days. Raises Invalid or PurposeIsOff."""
    sql, values = _both(_MOVES, model, lifecycle, days, now)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(Move(*row) for row in cursor.fetchall())


def who_moved(
    model: AnalysisModel, lifecycle: Lifecycle, days: tuple[date, date], move: tuple[str, str], *, now: datetime,
    after: UUID | None, limit: int,
) -> Behind:  # fmt: skip
    """Return who stands behind a cell of `moves`, in the order of their ids."""
    sql, values = _both(_MOVED, model, lifecycle, days, now)
    return _page(sql, {**values, "before": move[0], "stage": move[1]}, after, limit)


def who_is_in(
    model: AnalysisModel, lifecycle: Lifecycle, stage: str, on: date | None, *, now: datetime, after: UUID | None,
    limit: int,
) -> Behind:  # fmt: skip
    """Return who is in a stage, or (NONE) in none, at the end of a day, in the order of their ids."""
    gate = open_gate(model.purpose).condition("c")
    at = now if on is None else _end(on, lifecycle.zone, now)
    sql = (_IN if stage else _OUT).format(at=_AT.format(at="at", gate=gate), gate=gate)
    return _page(sql, {"model": model.pk, "at": at, "stage": stage}, after, limit)


def times(model: AnalysisModel, lifecycle: Lifecycle, *, now: datetime) -> tuple[Time, ...]:
    """Return how long customers stay in each stage. Raises PurposeIsOff."""
    gate = open_gate(model.purpose).condition("c")
    lengths: dict[str, list[Length]] = {one.key: [] for one in lifecycle.stages}
    with connection.cursor() as cursor:
        cursor.execute(_LENGTHS.format(gate=gate), {"model": model.pk, "now": now})
        for stage, *length in cursor.fetchall():
            if stage in lengths:
                lengths[stage].append(Length(*length))
    return tuple(
        Time(key, quartiles(found), sum(one.ended for one in found), sum(one.going_on for one in found))
        for key, found in lengths.items()
    )


def trend(model: AnalysisModel, lifecycle: Lifecycle, *, now: datetime) -> tuple[Step, ...]:
    """Return the customers of each stage at the ends of the last twelve months, and now. Raises PurposeIsOff."""
    gate = open_gate(model.purpose).condition("c")
    today = Clock(now, lifecycle.zone).today
    days = [today]
    while len(days) <= TREND_MONTHS:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    steps = []
    with connection.cursor() as cursor:
        for day in reversed(days):
            at = _end(day, lifecycle.zone, now)
            cursor.execute(_SIZES.format(at=_AT.format(at="at", gate=gate)), {"model": model.pk, "at": at})
            steps.append(Step(day, dict(cursor.fetchall())))
    return tuple(steps)


def stays_of(model: AnalysisModel, customer_id: UUID) -> list[Stay]:
    """Return the stays of a customer that the open scope lets be seen, the latest first."""
    return list(Stay.objects.filter(model=model, customer_id=customer_id).order_by("-entered_at", "-id"))


def _both(
    sql: str, model: AnalysisModel, lifecycle: Lifecycle, days: tuple[date, date], now: datetime
) -> tuple[str, dict[str, Any]]:
    gate = open_gate(model.purpose).condition("c")
    first, last = (_end(day, lifecycle.zone, now) for day in days)
    if first >= last:
        raise Invalid(Text("前一天要早于后一天。", "The first day is before the last."))
    parts = {name: _AT.format(at=name, gate=gate) for name in ("first", "last")}
    return sql.format(**parts), {"model": model.pk, "first": first, "last": last}


def _page(sql: str, values: dict[str, Any], after: UUID | None, limit: int) -> Behind:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "after": after or _LEAST, "limit": limit + 1})
        found = [row[0] for row in cursor.fetchall()]
    return Behind(tuple(found[:limit]), found[limit - 1] if len(found) > limit else None)


def _sizes(lifecycle: Lifecycle, found: dict[str, int], everybody: int) -> tuple[StageSize, ...]:
    stages = [StageSize(one.key, one.name, found.get(one.key, 0)) for one in lifecycle.stages]
    rest = max(0, everybody - sum(one.customers for one in stages))
    return (*stages, StageSize(NONE, Text("不在任何阶段", "In no stage"), rest))


def _end(day: date, zone: str, now: datetime) -> datetime:
    """Return when a day ends, or now on the day that has not."""
    if begin_of(day, zone) > now:
        raise Invalid(Text("不能选以后的日子。", "A day to come cannot be asked about."))
    return min(begin_of(day + timedelta(days=1), zone), now)
