"""Traits as queries: all that are plain aggregates in one pass over the events, each most frequent value in one of its own.

Ties are broken by the event's id, so that a value is the same each time. Numbers beyond reason, `nan` too, count as unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlglot import exp

from kehu.analyze.segments.sql.happenings import Clock, bounds, moment_of, property_is, property_of
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.segments.tree import Step, Window
from kehu.analyze.segments.values import LARGEST
from kehu.analyze.traits.reading import TraitDefinition
from kehu.platform.lake.dialects import moment

Expression = exp.Condition
DECIMALS = 6
MOST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query whose rows are a customer (the lake's number) and the values of some traits, by their places."""

    query: exp.Select
    places: tuple[int, ...]


def compile_traits(
    traits: Sequence[TraitDefinition], now: datetime, among: Expression | None = None
) -> list[Compiled]:
    """Return the queries that compute traits at a moment. `among` is a condition on links (`l`) that narrows whose."""
    plain = [place for place, one in enumerate(traits) if one.aggregate != "most_frequent"]
    queries = [_plain([traits[place] for place in plain], plain, now, among)] if plain else []
    queries += [
        _most_frequent(one, place, now, among)
        for place, one in enumerate(traits)
        if one.aggregate == "most_frequent"
    ]
    return queries


class _Pass:
    """One pass over events: what is taken of each event has a column of its own, made once however many traits use it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.columns: dict[str, tuple[str, Expression]] = {}
        self.events: dict[str, set[str]] = {}

    def column(self, made: Expression, event: str = "") -> Expression:
        """Return the column that an expression of an event has; one that is only of some events is made of those alone."""
        name, _ = self.columns.setdefault(made.sql(), (f"x{len(self.columns)}", made))
        if event:
            self.events.setdefault(name, set()).add(event)
        return exp.column(name, "m")

    def counts(self, step: Step, window: Window, zone: str) -> Expression:
        """Return whether an event is one of a step within a window."""
        clock = Clock(self.now, zone)
        since, until = bounds(window, clock)
        happened_at = exp.column("happened_at", "e")
        parts: list[Expression] = [exp.column("name", "e").eq(literal(step.event))]
        if since:
            parts.append(happened_at >= moment_of(since))
        if until:
            parts.append(happened_at.copy() < moment_of(until))
        parts += [property_is(one, clock) for one in step.where]
        return self.column(exp.and_(*parts))

    def number(self, one: TraitDefinition) -> Expression:
        """Return a property as a number; what is none is not known."""
        value = exp.TryCast(
            this=property_of(exp.column("properties", "e"), one.of), to=exp.DataType.build("double")
        )
        column = self.column(value, one.step.event)
        is_sane = exp.Between(this=column, low=literal(-LARGEST), high=literal(LARGEST))
        return exp.Case(ifs=[exp.If(this=is_sane, true=column.copy())])

    def text(self, one: TraitDefinition) -> Expression:
        """Return a property as a text of bounded length."""
        value = property_of(exp.column("properties", "e"), one.of)
        start, length = exp.Literal.number(1), exp.Literal.number(MOST_TEXT)
        return self.column(exp.Substring(this=value, start=start, length=length), one.step.event)

    def rows(self, events: Sequence[str], among: Expression | None) -> exp.Select:
        """Return the pass itself."""
        names = exp.In(
            this=exp.column("name", "e"), expressions=[literal(one) for one in sorted(set(events))]
        )
        own = [
            exp.alias_(self._needed(name, made, set(events)), name) for name, made in self.columns.values()
        ]
        return (
            exp.select(exp.column("customer_id", "l"), exp.column("happened_at", "e"), exp.column("id", "e"), *own)
            .from_(exp.alias_(exp.to_table("events"), "e", table=True))
            .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.record_id = e.record_id")
            .where(names, among if among is not None else exp.true())
        )  # fmt: skip

    def _needed(self, name: str, made: Expression, events: set[str]) -> Expression:
        """Return a column, not made of events of which nothing asks it: reading JSON is what takes the time."""
        of = self.events.get(name, events)
        if of == events:
            return made.copy()
        names = [literal(one) for one in sorted(of)]
        return exp.Case(
            ifs=[exp.If(this=exp.In(this=exp.column("name", "e"), expressions=names), true=made.copy())]
        )


def _plain(
    traits: Sequence[TraitDefinition], places: Sequence[int], now: datetime, among: Expression | None
) -> Compiled:
    one_pass = _Pass(now)
    values = [
        exp.alias_(_aggregated(one_pass, one), f"t{place}") for place, one in zip(places, traits, strict=True)
    ]
    customer = exp.column("customer_id", "m")
    query = (
        exp.select(customer, *values)
        .from_(one_pass.rows([one.step.event for one in traits], among).subquery("m"))
        .group_by(customer.copy())
    )
    return Compiled(query, tuple(places))


def _aggregated(one_pass: _Pass, one: TraitDefinition) -> Expression:
    counts = one_pass.counts(one.step, one.window, one.zone)
    if one.aggregate == "count":
        return _where(exp.Count(this=exp.Star()), counts)
    if one.aggregate == "days_since":
        latest = _where(exp.Max(this=exp.column("happened_at", "m")), counts)
        return exp.Floor(this=exp.TimeToUnix(this=latest))
    if one.aggregate == "distinct":
        return _where(exp.Count(this=exp.Distinct(expressions=[one_pass.text(one)])), counts)
    if one.aggregate == "trend":
        return _change(one_pass, one, counts)
    if one.aggregate in ("first", "last"):
        return _at_an_end(one_pass, one, counts)
    number = one_pass.number(one)
    made = {"sum": exp.Sum, "average": exp.Avg, "min": exp.Min, "max": exp.Max}[one.aggregate](this=number)
    return _rounded(_where(made, counts))


def _where(aggregate: Expression, counts: Expression) -> Expression:
    """Return an aggregate of the rows that count."""
    return exp.paren(exp.Filter(this=aggregate, expression=exp.Where(this=counts.copy())))


def _rounded(value: Expression) -> Expression:
    """Return a number without the noise of the order in which it was added up."""
    return exp.Round(this=value, decimals=exp.Literal.number(DECIMALS))


def _change(one_pass: _Pass, one: TraitDefinition, counts: Expression) -> Expression:
    span = one.window.since_hours or 0
    before = replace(one.window, since_hours=2 * span, until_hours=span)
    earlier = one_pass.counts(one.step, before, one.zone)
    made = exp.Sum(this=one_pass.number(one)) if one.of else exp.Count(this=exp.Star())
    zero = exp.Literal.number(0)
    now, then = (exp.func("COALESCE", _where(made.copy(), rows), zero.copy()) for rows in (counts, earlier))
    return _rounded(exp.paren(now - then))


def _at_an_end(one_pass: _Pass, one: TraitDefinition, counts: Expression) -> Expression:
    value = one_pass.number(one) if one.kind == "number" else one_pass.text(one)
    picked = (exp.ArgMin if one.aggregate == "first" else exp.ArgMax)(this=value, expression=moment("m"))
    known = exp.and_(counts.copy(), exp.not_(value.copy().is_(exp.null())))
    return _where(picked, known)


def _most_frequent(one: TraitDefinition, place: int, now: datetime, among: Expression | None) -> Compiled:
    one_pass = _Pass(now)
    counts = one_pass.counts(one.step, one.window, one.zone)
    value, customer = one_pass.text(one), exp.column("customer_id", "m")
    rows = one_pass.rows([one.step.event], among).subquery("m")
    latest = exp.Max(this=moment("m"))
    each = (
        exp.select(
            customer, exp.alias_(value, "value"), exp.alias_(exp.Count(this=exp.Star()), "times"),
            exp.alias_(latest, "latest"),
        )
        .from_(rows)
        .where(counts, exp.not_(value.copy().is_(exp.null())))
        .group_by(customer.copy(), value.copy())
    )  # fmt: skip
    rank = exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name), expression=exp.column(name, "m"))
            for name in ("times", "latest")
        ]
    )
    query = (
        exp.select(
            customer.copy(),
            exp.alias_(exp.ArgMax(this=exp.column("value", "m"), expression=rank), f"t{place}"),
        )
        .from_(each.subquery("m"))
        .group_by(customer.copy())
    )
    return Compiled(query, (place,))
