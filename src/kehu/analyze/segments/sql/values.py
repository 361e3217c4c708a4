"""What an operator asks of one value, as an expression that is true or false and never unknown."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlglot import exp

from kehu.analyze.segments.operators import MET_BY_NOTHING
from kehu.analyze.segments.tree import Operator, Value
from kehu.standardize.values.folding import fold_text

Expression = exp.Condition
LEAP_DAY, DAY_BEFORE = (2, 29), (2, 28)
DAYS_OF_A_YEAR = 366


def asked(
    value: Expression, operator: Operator, values: Sequence[Value], today: date, *, is_text: bool
) -> Expression:
    """Return whether a value meets an operator. A text is compared by its fold, which `value` already is.

    What is not known meets only the operators that deny. Days are days of the definition's zone, of which `today` is one.
    """
    if operator in ("empty", "not_empty"):
        missing: Expression = value.is_(exp.null())
        missing = exp.or_(missing, value.eq(exp.Literal.string(""))) if is_text else missing
        return missing if operator == "empty" else exp.not_(missing)
    terms = [fold_text(v) if is_text and isinstance(v, str) else v for v in values]
    answer = _ASKED[operator](value, terms, today)
    return exp.func("COALESCE", answer, exp.true() if operator in MET_BY_NOTHING else exp.false())


def literal(value: Any) -> Expression:
    """Return a value as it stands in a query."""
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, int | float):
        return (
            exp.cast(exp.Literal.number(repr(value)), "double")
            if isinstance(value, float)
            else exp.Literal.number(value)
        )
    return exp.Literal.string(value)


def day(value: date) -> Expression:
    """Return a day as it stands in a query."""
    return exp.cast(exp.Literal.string(value.isoformat()), "date")


def _in(value: Expression, terms: Sequence[Any], _: date) -> Expression:
    return exp.In(this=value.copy(), expressions=[literal(t) for t in terms])


def _contains(value: Expression, terms: Sequence[Any], _: date) -> Expression:
    return exp.StrPosition(this=value.copy(), substr=literal(terms[0])) > 0


def _starts(value: Expression, terms: Sequence[Any], _: date) -> Expression:
    return exp.Left(this=value.copy(), expression=exp.Literal.number(len(terms[0]))).eq(literal(terms[0]))


def _ends(value: Expression, terms: Sequence[Any], _: date) -> Expression:
    return exp.Right(this=value.copy(), expression=exp.Literal.number(len(terms[0]))).eq(literal(terms[0]))


def _between(value: Expression, first: Expression, last: Expression) -> Expression:
    return exp.Between(this=value.copy(), low=first, high=last)


def _days(value: Expression, first: date, last: date) -> Expression:
    return _between(value, day(first), day(last))


def _last_days(value: Expression, terms: Sequence[Any], today: date) -> Expression:
    return _days(value, today - timedelta(days=int(terms[0]) - 1), today)


def _next_days(value: Expression, terms: Sequence[Any], today: date) -> Expression:
    return _days(value, today, today + timedelta(days=int(terms[0]) - 1))


def anniversaries(today: date, count: int) -> set[tuple[int, int]]:
    """Return month and day of the next `count` days; who was born on a leap day has it on the 28th where there is none."""
    days = {today + timedelta(days=n) for n in range(min(count, DAYS_OF_A_YEAR))}
    found = {(one.month, one.day) for one in days}
    plain = any((one.month, one.day) == DAY_BEFORE and (one + timedelta(days=1)).day == 1 for one in days)
    return found | {LEAP_DAY} if plain or count >= DAYS_OF_A_YEAR else found


def _anniversary(value: Expression, terms: Sequence[Any], today: date) -> Expression:
    number = exp.Month(this=value.copy()) * 100 + exp.Day(this=value.copy())
    days = sorted(anniversaries(today, int(terms[0])))
    return exp.In(this=exp.paren(number), expressions=[literal(m * 100 + d) for m, d in days])


_Asked = Callable[[Expression, Sequence[Any], date], Expression]
_ASKED: dict[str, _Asked] = {
    "is": lambda v, t, _: v.eq(literal(t[0])),
    "is_not": lambda v, t, _: v.neq(literal(t[0])),
    "in": _in,
    "not_in": lambda v, t, d: exp.not_(_in(v, t, d)),
    "contains": _contains,
    "not_contains": lambda v, t, d: exp.not_(exp.paren(_contains(v, t, d))),
    "starts": _starts,
    "ends": _ends,
    "eq": lambda v, t, _: v.eq(literal(t[0])),
    "ne": lambda v, t, _: v.neq(literal(t[0])),
    "gt": lambda v, t, _: v > literal(t[0]),
    "gte": lambda v, t, _: v >= literal(t[0]),
    "lt": lambda v, t, _: v < literal(t[0]),
    "lte": lambda v, t, _: v <= literal(t[0]),
    "between": lambda v, t, _: _between(v, literal(t[0]), literal(t[1])),
    "on": lambda v, t, _: v.eq(day(date.fromisoformat(t[0]))),
    "before": lambda v, t, _: v < day(date.fromisoformat(t[0])),
    "after": lambda v, t, _: v > day(date.fromisoformat(t[0])),
    "from_to": lambda v, t, _: _days(v, date.fromisoformat(t[0]), date.fromisoformat(t[1])),
    "last_days": _last_days,
    "not_last_days": lambda v, t, d: exp.not_(exp.paren(_last_days(v, t, d))),
    "next_days": _next_days,
    "anniversary_days": _anniversary,
}
