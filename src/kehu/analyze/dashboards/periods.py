"""Periods of days, the one that each is compared with, and the steps that a line is drawn in. Days are days of a zone."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Span = Literal["30d", "13w", "month", "quarter", "12m"]
Compare = Literal["previous", "year", "none"]
_DAYS = {"30d": 30, "13w": 91}
_DAILY = 31
_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, and the first day of each step."""

    first: date
    last: date
    steps: tuple[date, ...]


def period_of(span: Span, *, now: datetime, zone: str) -> Period:
    """Return the period that ends today. Steps are days, weeks of seven days, or calendar months of a year."""
    last = now.astimezone(ZoneInfo(zone)).date()
    if span in _DAYS:
        first = last - timedelta(days=_DAYS[span] - 1)
    elif span == "month":
        first = last.replace(day=1)
    elif span == "quarter":
        first = last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1)
    else:
        first = _months_earlier(last.replace(day=1), 11)
    return Period(first, last, _steps(span, first, last))


def compared(period: Period, span: Span, compare: Compare) -> Period | None:
    """Return the period before, as long and as far into its month or quarter, or the same days of the year before."""
    if compare == "none":
        return None
    if compare == "year":
        months = 12
    elif span in _DAYS:
        days = timedelta(days=_DAYS[span])
        first, last = period.first - days, period.last - days
        return Period(first, last, tuple(step - days for step in period.steps))
    else:
        months = {"month": 1, "quarter": 3, "12m": 12}[span]
    first, last = _months_earlier(period.first, months), _months_earlier(period.last, months)
    return Period(first, last, _steps(span, first, last))


def _steps(span: Span, first: date, last: date) -> tuple[date, ...]:
    if span == "12m":
        return tuple(_months_earlier(last.replace(day=1), back) for back in range(11, -1, -1))
    days = (last - first).days + 1
    width = 1 if days <= _DAILY else _A_WEEK
    return tuple(first + timedelta(days=n) for n in range(0, days, width))


def _months_earlier(one: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day where it has no such day."""
    place = one.year * 12 + one.month - 1 - months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(one.day, monthrange(year, month)[1]))
