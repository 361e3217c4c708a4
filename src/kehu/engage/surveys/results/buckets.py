"""Which anonymous answers may be told of together: batches that were filled, in the order in which answers came.

An answer joins the batch that is being filled; with as many as the threshold it is closed, never changes, and is shown.
Everything that is shown is a union of closed batches. So the difference of any two shown figures, of two periods or of
two days of reading, is again such a union, and never fewer than the threshold. Of the order only the batch is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Step = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Bucket(Generic[T]):
    """Answers that are told of together, named by the Monday of their last week."""

    week: date
    held: list[T]


def close_buckets(
    answers: Iterable[T], *, batch_of: Callable[[T], int], week_of: Callable[[T], date], least: int
) -> list[Bucket[T]]:
    """Return the closed buckets of a survey, the oldest first; the batch that is still being filled waits."""
    batches: dict[int, list[T]] = {}
    for one in answers:
        batches.setdefault(batch_of(one), []).append(one)
    return [
        Bucket(max(map(week_of, held)), held) for _, held in sorted(batches.items()) if len(held) >= least
    ]


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
