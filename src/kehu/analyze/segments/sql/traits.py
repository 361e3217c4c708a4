"""Conditions on computed traits: their values as the lake has them, a row each where there is one."""

from collections.abc import Iterator
from math import floor

from sqlglot import exp

from kehu.analyze.segments.operators import MET_BY_NOTHING
from kehu.analyze.segments.sql.happenings import Clock
from kehu.analyze.segments.sql.values import asked, literal
from kehu.analyze.segments.tree import Operator, TraitFacts, TraitIs, Value

Expression = exp.Condition
SECONDS_A_DAY = 86_400


def trait_is(node: TraitIs, facts: TraitFacts, customer: Expression, clock: Clock) -> Expression:
    """Return whether a customer's trait meets an operator; who has no value may meet it too."""
    is_text = facts.kind == "text"
    meets = asked(held(facts, clock), node.operator, node.values, clock.today, is_text=is_text)
    if not _is_met_without(node.operator, node.values, facts):
        return _among(customer, facts, meets)
    return exp.not_(_among(customer, facts, exp.not_(exp.paren(meets))))


def held(facts: TraitFacts, clock: Clock) -> Expression:
    """Return the value of a row of traits (`v`). Days since are whole days of 24 hours up to the moment of the question."""
    if facts.kind == "text":
        return exp.column("folded_text", "v")
    number = exp.column("number", "v")
    if facts.is_zero_without:
        return exp.func("COALESCE", number, literal(0.0))
    return days_since(number, clock) if facts.kind == "since" else number


def days_since(second: Expression, clock: Clock) -> Expression:
    """Return how many whole days have passed since a second of the epoch."""
    passed = exp.paren(literal(clock.now.timestamp()) - second)
    return exp.Floor(this=passed / exp.Literal.number(SECONDS_A_DAY))


def days_pass(node: TraitIs, facts: TraitFacts, clock: Clock) -> Iterator[Expression]:
    """Yield the next moment at which days since reach or pass each value of a condition, for a customer `p`."""
    for days in {step for value in node.values for step in (floor(float(value)), floor(float(value)) + 1)}:
        second = exp.paren(exp.column("number", "v") + literal(float(days * SECONDS_A_DAY)))
        at = exp.UnixToTime(this=second)
        rows = _rows(exp.Min(this=at), facts, second.copy() > literal(clock.now.timestamp()))
        yield exp.paren(rows.where(exp.column("customer_id", "v").eq(exp.column("id", "p"))).subquery())


def _among(customer: Expression, facts: TraitFacts, condition: Expression) -> Expression:
    values = _rows(exp.column("customer_id", "v"), facts, condition)
    return exp.In(this=customer.copy(), query=values.subquery())


def _rows(what: Expression, facts: TraitFacts, condition: Expression) -> exp.Select:
    return (
        exp.select(what)
        .from_(exp.alias_(exp.to_table("traits"), "v", table=True))
        .where(exp.column("trait_id", "v").eq(literal(facts.id)), condition)
    )


def _is_met_without(operator: Operator, values: tuple[Value, ...], facts: TraitFacts) -> bool:
    """Tell whether who has no value meets the operator: as 0 where nothing comes to 0, else as what is not known."""
    if not facts.is_zero_without:
        return operator in MET_BY_NOTHING
    if operator in ("empty", "not_empty"):
        return operator == "not_empty"
    given = [float(value) for value in values]
    if operator == "between":
        return given[0] <= 0 <= given[1]
    zero, term = 0.0, given[0]
    return {
        "eq": zero == term, "ne": zero != term, "gt": zero > term, "gte": zero >= term, "lt": zero < term, "lte": zero <= term,
    }[operator]  # fmt: skip
