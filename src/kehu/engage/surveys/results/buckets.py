"""Which anonymous answers may be told of together: whole weeks that are over, joined until enough people stand in each.

Buckets never change once they are closed, and everything that is shown is a union of them. So the difference of any two
shown figures, of two periods or of two days of reading, is again a union of buckets, and never fewer than the threshold.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Step = Literal["week", "month"]
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Bucket(Generic[T]):
    """Answers that are told of together, named by the Monday of their last week."""

    week: date
    held: list[T]


def close_buckets(
    answers: Iterable[T], *, week_of: Callable[[T], date], least: int, today: date
) -> list[Bucket[T]]:
    """Return the closed buckets of a survey, the oldest first. Weeks that are not over and too small a rest wait."""
    weeks: dict[date, list[T]] = {}
    for one in answers:
        if week_of(one) + _WEEK <= today:
            weeks.setdefault(week_of(one), []).append(one)
    return join([Bucket(week, weeks[week]) for week in sorted(weeks)], least, lambda _: True)


def join(buckets: Sequence[Bucket[T]], least: int, counts: Callable[[T], bool]) -> list[Bucket[T]]:
    """Join neighbors until each holds at least `least` answers that count, as those to one question; the rest waits."""
    joined: list[Bucket[T]] = []
    waiting: list[T] = []
    for bucket in buckets:
        waiting = waiting + bucket.held
        if sum(map(counts, waiting)) >= least:
            joined.append(Bucket(bucket.week, waiting))
            waiting = []
    return joined


def held(buckets: Iterable[Bucket[T]]) -> list[T]:
    """Return all answers of buckets."""
    return [one for bucket in buckets for one in bucket.held]


def by_period(buckets: Iterable[Bucket[T]], step: Step) -> list[tuple[str, list[T]]]:
    """Return buckets by the week or month that they end in, the oldest first; no bucket is ever parted."""
    periods: dict[str, list[T]] = {}
    for bucket in buckets:
        periods.setdefault(period_of(bucket.week, step), []).extend(bucket.held)
    return sorted(periods.items())


def period_of(day: date, step: Step) -> str:
    """Return the first day of a day's week (Monday) or month."""
    first = day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)
    return first.isoformat()
