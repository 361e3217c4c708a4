"""What customers say and do: satisfaction, complaints, money that comes and goes, and how often something happens.

Events are known by their properties, whichever source sends them: `satisfaction` or `csat` (1 to 5), `nps` (0 to 10),
`category` of a complaint, `topic`, and `amount` with `currency` for what was booked, in yuan and signed.
"""

from sqlglot import exp

from kehu.analyze.dashboards.card import Asked
from kehu.analyze.dashboards.figures.parts import (
    number_property,
    row,
    step_of_moment,
    text_property,
    within,
)  # fmt: skip
from kehu.analyze.segments.sql.values import literal

Expression = exp.Condition
COMPLAINTS = ("投诉", "complaint")
LOWEST, HIGHEST = 1.0, 5.0
UNHAPPY = 2.0
PROMOTES, DETRACTS, TOP = 9.0, 6.0, 10.0


def satisfaction(asked: Asked) -> exp.Select:
    """Return each satisfaction of the period."""
    return row(_satisfied(asked), literal(""), value=_satisfaction())


def satisfaction_by_unit(asked: Asked) -> exp.Select:
    """Return each satisfaction by the customer's unit."""
    return row(_satisfied(asked), _unit(), value=_satisfaction())


def nps(asked: Asked) -> exp.Select:
    """Return 100 for a promoter, -100 for a detractor and 0 for the others, whose mean is the score."""
    score = number_property("nps")
    held = exp.Between(this=score, low=literal(0.0), high=literal(TOP))
    value = (
        exp.case()
        .when(score.copy() >= literal(PROMOTES), literal(100))
        .when(score.copy() <= literal(DETRACTS), literal(-100))
        .else_(literal(0))
    )
    return row(within(asked, held), literal(""), value=value)


def complaints(asked: Asked) -> exp.Select:
    """Return each complaint of the period."""
    return row(within(asked, _is_complaint()), literal(""))


def complaints_by_topic(asked: Asked) -> exp.Select:
    """Return each complaint by what it is about."""
    topic = exp.func("COALESCE", text_property("topic"), exp.Literal.string(""))
    return row(within(asked, _is_complaint()), topic)


def complaints_by_unit(asked: Asked) -> exp.Select:
    """Return each complaint by step, with the unit as series."""
    query = within(asked, _is_complaint())
    return query.select(
        exp.column("customer_id", "p"),
        exp.alias_(exp.cast(_step(asked), "text"), "x"),
        exp.alias_(_unit(), "series"),
        exp.alias_(exp.cast(exp.null(), "double"), "value"),
    )


def satisfaction_and_money(asked: Asked) -> exp.Union:
    """Return each satisfaction and each booking by step: what comes first is seen when both stand on one axis."""
    said = row(_satisfied(asked), _step(asked), series="satisfaction", value=_satisfaction())
    currency = text_property("currency").eq(exp.Literal.string("CNY"))
    amount = number_property("amount")
    booked = within(asked, currency, exp.not_(amount.is_(exp.null())))
    return exp.union(said, row(booked, _step(asked), series="money", value=amount.copy()), distinct=False)


def unhappy(asked: Asked) -> exp.Select:
    """Return the complaints and low satisfactions by customer."""
    low = exp.and_(_satisfaction() <= literal(UNHAPPY), _satisfaction() >= literal(LOWEST))
    said = exp.paren(exp.or_(_is_complaint(), exp.func("COALESCE", exp.paren(low), exp.false())))
    return row(within(asked, said), exp.column("customer_id", "p"))


def active(asked: Asked) -> exp.Select:
    """Return who did anything in the period."""
    return row(within(asked), literal(""))


def active_by_step(asked: Asked) -> exp.Select:
    """Return the same by step."""
    return row(within(asked), _step(asked))


def by_name(asked: Asked) -> exp.Select:
    """Return every event by its name."""
    return row(within(asked), exp.column("name", "e"))


def by_unit(asked: Asked) -> exp.Select:
    """Return every event by step, with the unit as series."""
    return within(asked).select(
        exp.column("customer_id", "p"),
        exp.alias_(exp.cast(_step(asked), "text"), "x"),
        exp.alias_(_unit(), "series"),
        exp.alias_(exp.cast(exp.null(), "double"), "value"),
    )


def _satisfied(asked: Asked) -> exp.Select:
    return within(asked, exp.Between(this=_satisfaction(), low=literal(LOWEST), high=literal(HIGHEST)))


def _satisfaction() -> Expression:
    return exp.func("COALESCE", number_property("satisfaction"), number_property("csat"))


def _is_complaint() -> Expression:
    words = [exp.Literal.string(one) for one in COMPLAINTS]
    by_category = exp.In(this=exp.Lower(this=text_property("category")), expressions=words)
    by_name = exp.In(this=exp.Lower(this=exp.column("name", "e")), expressions=[one.copy() for one in words])
    return exp.paren(exp.or_(exp.func("COALESCE", by_category, exp.false()), by_name))


def _step(asked: Asked) -> Expression:
    return step_of_moment(asked, exp.column("happened_at", "e"))


def _unit() -> Expression:
    return exp.func("COALESCE", exp.cast(exp.column("unit_id", "p"), "text"), exp.Literal.string(""))
