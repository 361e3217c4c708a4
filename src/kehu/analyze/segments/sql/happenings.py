"""Conditions on events: how often one happened in a window, and events one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlglot import exp

from kehu.analyze.segments.operators import OPERATORS
from kehu.analyze.segments.sql.values import asked, literal
from kehu.analyze.segments.tree import Done, InOrder, PropertyIs, Step, Window

Expression = exp.Condition


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of the question, and the zone in which days are days.

    `known_to` leaves out what happened later, where the past is asked about: at the present nothing has.
    """

    now: datetime
    zone: str
    known_to: datetime | None = None

    @property
    def today(self) -> date:
        """Return the day of the question."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def begin(self, one: date) -> datetime:
        """Return when a day begins."""
        return begin_of(one, self.zone)


def begin_of(one: date, zone: str) -> datetime:
    """Return when a day of a zone begins."""
    return datetime.combine(one, time(), ZoneInfo(zone)).astimezone(UTC)


def bounds(window: Window, clock: Clock) -> tuple[datetime | None, datetime | None]:
    """Return from when on (included) and until when (left out) events count. `None` is no bound."""
    if window.since_hours is not None:
        until = clock.now - timedelta(hours=window.until_hours or 0)
        return clock.now - timedelta(hours=window.since_hours), until
    first = clock.begin(window.first) if window.first else None
    ends = [clock.begin(window.last + timedelta(days=1))] if window.last else []
    return first, min([*ends, *filter(None, [clock.known_to])], default=None)


def done(condition: Done, customer: Expression, clock: Clock) -> Expression:
    """Return whether a customer did something so many times."""
    rows = happened(condition.step, condition.window, clock)
    per = exp.select("customer_id").from_(rows.subquery("h")).group_by("customer_id")
    times = exp.Count(this=exp.Star())
    if condition.least == 0:
        if condition.most is None:
            return exp.true()
        more = (
            per.having(times > literal(condition.most))
            if condition.most
            else exp.select("customer_id").from_(rows.subquery("h"))
        )
        return exp.not_(_among(customer, more))
    if condition.least > 1 or condition.most is not None:
        per = per.having(times >= literal(condition.least))
        if condition.most is not None:
            per = per.having(times.copy() <= literal(condition.most))
        return _among(customer, per)
    return _among(customer, exp.select("customer_id").from_(rows.subquery("h")))


def in_order(condition: InOrder, customer: Expression, clock: Clock) -> Expression:
    """Return whether events came one after another, each later than the one before, within the time from the first."""
    first = happened(condition.steps[0], condition.window, clock).subquery("h0")
    query = exp.select(exp.column("customer_id", "h0")).from_(first)
    limit = exp.column("happened_at", "h0") + exp.Interval(
        this=exp.Literal.string(str(condition.hours)), unit=exp.var("HOUR")
    )
    for place, step in enumerate(condition.steps[1:], 1):
        later, before = f"h{place}", f"h{place - 1}"
        query = query.join(
            happened(step, condition.window, clock).subquery(later),
            on=exp.and_(
                exp.column("customer_id", later).eq(exp.column("customer_id", before)),
                exp.column("happened_at", later) > exp.column("happened_at", before),
                exp.column("happened_at", later) <= limit.copy(),
            ),
        )
    return _among(customer, query)


def _among(customer: Expression, query: exp.Select) -> Expression:
    return exp.In(this=customer.copy(), query=query.subquery())


def happened(step: Step, window: Window, clock: Clock) -> exp.Select:
    """Return the events of a step (`e`): whose, and when."""
    since, until = bounds(window, clock)
    happened_at = exp.column("happened_at", "e")
    conditions: list[Expression] = [exp.column("name", "e").eq(literal(step.event))]
    if since:
        conditions.append(happened_at >= moment_of(since))
    if until:
        conditions.append(happened_at.copy() < moment_of(until))
    conditions += [property_is(one, clock) for one in step.where]
    return (
        exp.select(exp.column("customer_id", "l"), happened_at.copy())
        .from_(exp.alias_(exp.to_table("events"), "e", table=True))
        .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.record_id = e.record_id")
        .where(*conditions)
    )


def property_is(condition: PropertyIs, clock: Clock) -> Expression:
    """Return whether a property of an event meets an operator."""
    kinds: Sequence[str] = OPERATORS[condition.operator].kinds
    is_text = "text" in kinds
    held: Expression = exp.column("properties", "e")
    if is_text:
        held = exp.func("COALESCE", exp.column("folded_properties", "e"), held)
    value = property_of(held, condition.name)
    if kinds == ("number",):
        value = exp.TryCast(this=value, to=exp.DataType.build("double"))
    if kinds == ("date",):
        value = exp.TryCast(
            this=exp.Left(this=value, expression=exp.Literal.number(10)), to=exp.DataType.build("date")
        )
    return asked(value, condition.operator, condition.values, clock.today, is_text=is_text)


def property_of(held: Expression, name: str) -> Expression:
    """Return a property of JSON as a text."""
    path = exp.JSONPath(expressions=[exp.JSONPathRoot(), exp.JSONPathKey(this=name)])
    return exp.paren(exp.JSONExtractScalar(this=held, expression=path))


def moment_of(at: datetime) -> Expression:
    """Return a moment as it stands in a query."""
    return exp.cast(exp.Literal.string(at.astimezone(UTC).isoformat()), "timestamptz")
