"""Who the customers are: how many, since when, where, how well known."""

from sqlglot import exp

from kehu.analyze.dashboards.card import Asked
from kehu.analyze.dashboards.figures.parts import (
    before_end,
    day_within,
    moment_within,
    row,
    seen,
    step_of_day,
    step_of_moment,
)  # fmt: skip
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.values import day, literal

Expression = exp.Condition
BEGAN = "opened_on"
"""The field that says since when somebody is a customer; without it, the day on which Kehu first knew of him."""
BANDS = (20, 40, 60, 80)
MANY = 4


def total(asked: Asked) -> exp.Select:
    """Return everybody who was a customer at the end of the period."""
    if asked.is_present:
        return row(seen(asked), literal(""))
    at = exp.column("created_at", "c")
    opened = _opened(asked)
    ended = before_end(asked, at)
    if opened is not None:
        ended = _either(opened, opened <= day(asked.period.last), ended)
    return row(seen(asked, ended), literal(""))


def new(asked: Asked) -> exp.Select:
    """Return who became a customer in the period."""
    return row(seen(asked, _began_within(asked)), literal(""))


def new_by_step(asked: Asked) -> exp.Select:
    """Return the same by the steps of the period."""
    return row(seen(asked, _began_within(asked)), _began_step(asked))


def new_by_unit(asked: Asked) -> exp.Select:
    """Return the same by unit and step: the unit is the series."""
    query = seen(asked, _began_within(asked))
    return query.select(
        exp.column("customer_id", "p"),
        exp.alias_(exp.cast(_began_step(asked), "text"), "x"),
        exp.alias_(_unit(), "series"),
        exp.alias_(exp.cast(exp.null(), "double"), "value"),
    )


def by_unit(asked: Asked) -> exp.Select:
    """Return everybody by his unit."""
    return row(seen(asked), _unit())


def by_completeness(asked: Asked) -> exp.Select:
    """Return everybody by how much of him is known, in fifths."""
    held = exp.column("completeness", "c")
    found = exp.case()
    for band in BANDS:
        found = found.when(held.copy() < literal(band), exp.Literal.string(str(band - 20)))
    return row(seen(asked), found.else_(exp.Literal.string("80")))


def completeness(asked: Asked) -> exp.Select:
    """Return how much is known of each, in percent."""
    return row(seen(asked), literal(""), value=exp.column("completeness", "c"))


def by_records(asked: Asked) -> exp.Select:
    """Return everybody by the number of records that he was joined from."""
    count = exp.column("record_count", "c")
    return row(seen(asked), exp.func("LEAST", exp.cast(count, "bigint"), exp.cast(literal(MANY), "bigint")))


def _unit() -> Expression:
    return exp.func("COALESCE", exp.cast(exp.column("unit_id", "p"), "text"), exp.Literal.string(""))


def _opened(asked: Asked) -> Expression | None:
    is_known = book_of(asked.actor).kinds.get(BEGAN) == "date"
    return exp.column(f"f_{BEGAN}", "c", quoted=True) if is_known else None


def _began_within(asked: Asked) -> Expression:
    opened, created = _opened(asked), exp.column("created_at", "c")
    first = moment_within(asked, created)
    return first if opened is None else _either(opened, day_within(asked, opened.copy()), first)


def _began_step(asked: Asked) -> Expression:
    opened, created = _opened(asked), exp.column("created_at", "c")
    first = step_of_moment(asked, created)
    return first if opened is None else _either(opened, step_of_day(asked, opened.copy()), first)


def _either(opened: Expression, by_day: Expression, by_moment: Expression) -> Expression:
    return exp.case().when(exp.not_(opened.copy().is_(exp.null())), by_day).else_(by_moment)
