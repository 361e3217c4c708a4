"""Pieces of the cards' queries: a place on the axis of time, a property of an event, rows of the reader's scope."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlglot import exp

from kehu.analyze.dashboards.card import Asked
from kehu.analyze.segments.sql.happenings import begin_of, moment_of
from kehu.analyze.segments.sql.query import people
from kehu.analyze.segments.sql.values import day, literal

Expression = exp.Condition


def seen(asked: Asked, *conditions: Expression) -> exp.Select:
    """Return the FROM and WHERE of the customers of the reader's scope and of the units asked about."""
    own: list[Expression] = list(conditions)
    if asked.units is not None:
        unit = exp.column("unit_id", "p")
        own.append(
            exp.In(this=unit, expressions=[literal(one) for one in asked.units])
            if asked.units
            else exp.false()
        )
    return people(asked.actor.scope, None, exp.and_(*own) if own else exp.true())


def row(query: exp.Select, x: Expression, *, series: str = "", value: Expression | None = None) -> exp.Select:
    """Return a query that gives the columns of a card."""
    return query.select(
        exp.column("customer_id", "p"),
        exp.alias_(exp.cast(x, "text"), "x"),
        exp.alias_(exp.cast(literal(series), "text"), "series"),
        exp.alias_(exp.cast(value or exp.null(), "double"), "value"),
    )


def within(asked: Asked, *conditions: Expression) -> exp.Select:
    """Return the events (`e`) of the period that happened to those customers."""
    at = exp.column("happened_at", "e")
    own = [at >= _begin(asked, asked.period.first), at.copy() < _end(asked), *conditions]
    return (
        seen(asked, *own)
        .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.customer_id = c.id")
        .join(exp.alias_(exp.to_table("events"), "e", table=True), on="e.record_id = l.record_id")
    )


def step_of_moment(asked: Asked, at: Expression) -> Expression:
    """Return the number of the step in which a moment of the period lies."""
    return _step(at, [_begin(asked, one) for one in asked.period.steps[1:]])


def step_of_day(asked: Asked, one: Expression) -> Expression:
    """Return the number of the step in which a day of the period lies."""
    return _step(one, [day(step) for step in asked.period.steps[1:]])


def moment_within(asked: Asked, at: Expression) -> Expression:
    """Return whether a moment lies in the period."""
    return exp.paren(exp.and_(at >= _begin(asked, asked.period.first), at.copy() < _end(asked)))


def day_within(asked: Asked, one: Expression) -> Expression:
    """Return whether a day lies in the period."""
    return exp.paren(exp.Between(this=one, low=day(asked.period.first), high=day(asked.period.last)))


def before_end(asked: Asked, at: Expression) -> Expression:
    """Return whether a moment lies before the end of the period."""
    return at < _end(asked)


def text_property(name: str) -> Expression:
    """Return a property of an event as text; nothing where it has none."""
    path = exp.JSONPath(expressions=[exp.JSONPathRoot(), exp.JSONPathKey(this=name)])
    return exp.paren(exp.JSONExtractScalar(this=exp.column("properties", "e"), expression=path))


def number_property(name: str) -> Expression:
    """Return a property of an event as a number; nothing where it is none."""
    return exp.TryCast(this=text_property(name), to=exp.DataType.build("double"))


def _step(value: Expression, ends: Sequence[Expression]) -> Expression:
    found = exp.case()
    for place, end in enumerate(ends):
        found = found.when(value.copy() < end, exp.Literal.string(str(place)))
    return found.else_(exp.Literal.string(str(len(ends)))) if ends else exp.Literal.string("0")


def _begin(asked: Asked, one: date) -> Expression:
    return moment_of(begin_of(one, asked.zone))


def _end(asked: Asked) -> Expression:
    return _begin(asked, asked.period.last + timedelta(days=1))
