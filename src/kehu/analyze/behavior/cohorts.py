"""The answer of a retention question: cohorts by period, and how many of each came back in which later period.

A period that is not over is told apart: who has not come back in it may still do so, and is no loss.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlglot import exp

from kehu.analyze.behavior.asking import Asking, among_whom, clock_of, count_whom, whom
from kehu.analyze.behavior.retention import Retention, periods
from kehu.analyze.behavior.tries import with_whom
from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.sql.happenings import Clock, happened, moment_of
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.segments.tree import Step, Window
from kehu.standardize.numbers.shares import Interval, share

Expression = exp.Condition


@dataclass(frozen=True, slots=True)
class Return:
    """How many of a cohort came back in a period, with the share at 95 %. `is_open`: the period is not over."""

    customers: int
    share: Interval | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those of one period, from its first day to its last, and their returns one period later and on. `is_open`: may still grow."""

    first: date
    last: date
    customers: int
    is_open: bool
    returns: tuple[Return, ...]


@dataclass(frozen=True, slots=True)
class RetentionAnswer:
    """The cohorts, oldest first; shares over all cohorts whose period so much later is over; and the time of the lake."""

    population: int
    cohorts: tuple[Cohort, ...]
    overall: tuple[Interval | None, ...]
    as_of: datetime


def ask_retention(retention: Retention, asking: Asking) -> RetentionAnswer:
    """Return who came back when. Raises LakeEmpty."""
    clock = clock_of(asking, retention.population)
    days = periods(retention.unit, retention.count, clock.today)
    who = whom(asking, retention.population)
    begun = _begun(retention, clock, days)
    place = exp.column("place", "c")
    sizes, as_of = ask(
        with_whom(
            exp.select(place, exp.Count(this=exp.Star())).from_(begun.subquery("c")).group_by(place.copy()),
            who,
        )
    )
    found, _ = ask(with_whom(_returned(retention, begun, clock, days), who))
    counts = _counts({(int(p), int(gap)): int(n) for p, gap, n in found}, retention)
    customers = {int(p): int(n) for p, n in sizes}
    cohorts = tuple(
        _cohort(place, span, customers.get(place, 0), counts, retention.count)
        for place, span in enumerate(pairwise(days))
    )
    overall = tuple(_overall(cohorts, gap) for gap in range(retention.count - 1))
    return RetentionAnswer(count_whom(asking, retention.population), cohorts, overall, as_of)


def _cohort(
    place: int, span: tuple[date, date], customers: int, counts: dict[tuple[int, int], int], count: int
) -> Cohort:
    later = [(counts.get((place, gap), 0), place + gap == count - 1) for gap in range(1, count - place)]
    returns = tuple(Return(n, share(n, customers), is_open) for n, is_open in later)
    return Cohort(span[0], span[1] - timedelta(days=1), customers, place == count - 1, returns)


def _overall(cohorts: tuple[Cohort, ...], gap: int) -> Interval | None:
    """Return the share of all cohorts together whose period `gap + 1` later is over."""
    over = [(one.returns[gap].customers, one.customers) for one in cohorts if _is_over(one, gap)]
    return share(sum(n for n, _ in over), sum(of for _, of in over))


def _is_over(cohort: Cohort, gap: int) -> bool:
    return gap < len(cohort.returns) and not cohort.returns[gap].is_open


def _counts(found: dict[tuple[int, int], int], retention: Retention) -> dict[tuple[int, int], int]:
    """Return how many of a cohort came back so many periods later, or by `since` then or later still."""
    if retention.kind == "in":
        return found
    summed: dict[tuple[int, int], int] = defaultdict(int)
    for (place, last), count in found.items():
        for gap in range(1, last + 1):
            summed[place, gap] += count
    return summed


def _begun(retention: Retention, clock: Clock, days: tuple[date, ...]) -> exp.Select:
    """Return who is in which cohort: `customer_id` and the `place` of its period, each once."""
    if retention.cohorts_by == "any":
        return _placed(retention.begin, clock, days)
    customer, at = exp.column("customer_id", "h"), exp.column("happened_at", "h")
    ever = among_whom(happened(retention.begin, Window(), clock)).subquery("h")
    first = exp.select(customer, exp.alias_(exp.Min(this=at), "at")).from_(ever).group_by(customer.copy())
    began = exp.column("at", "f")
    return (
        exp.select(exp.column("customer_id", "f"), exp.alias_(_place(began, clock, days), "place"))
        .from_(first.subquery("f"))
        .where(
            began.copy() >= moment_of(clock.begin(days[0])), began.copy() < moment_of(clock.begin(days[-1]))
        )
    )


def _placed(step: Step, clock: Clock, days: tuple[date, ...]) -> exp.Select:
    """Return in which periods a customer did something: `customer_id` and `place`, each once."""
    window = Window(first=days[0], last=days[-1] - timedelta(days=1))
    rows = among_whom(happened(step, window, clock)).subquery("h")
    place = _place(exp.column("happened_at", "h"), clock, days)
    return exp.select(exp.column("customer_id", "h"), exp.alias_(place, "place")).distinct().from_(rows)


def _place(at: Expression, clock: Clock, days: tuple[date, ...]) -> Expression:
    """Return the number of the period in which a moment lies; calendars are of the zone, so their bounds are told one by one."""
    found = exp.case()
    for place, end in enumerate(days[1:-1]):
        found = found.when(at.copy() < moment_of(clock.begin(end)), literal(place))
    return found.else_(literal(len(days) - 2))


def _returned(retention: Retention, begun: exp.Select, clock: Clock, days: tuple[date, ...]) -> exp.Select:
    """Return how many of each cohort came back: by `place` and gap; by `since` the gap of each customer's last return."""
    place, later = exp.column("place", "c"), exp.column("place", "r")
    gap = exp.paren(later - place)
    pairs = (
        exp.select(exp.column("customer_id", "c"), exp.alias_(place.copy(), "place"))
        .from_(begun.subquery("c"))
        .join(
            _placed(retention.back, clock, days).subquery("r"),
            on=exp.and_(
                exp.column("customer_id", "r").eq(exp.column("customer_id", "c")), later.copy() > place.copy()
            ),
        )
    )
    if retention.kind == "in":
        pairs = pairs.select(exp.alias_(gap, "gap"))
    else:
        pairs = pairs.select(exp.alias_(exp.Max(this=gap), "gap")).group_by(
            exp.column("customer_id", "c"), place.copy()
        )
    keys = [exp.column("place", "g"), exp.column("gap", "g")]
    return (
        exp.select(*keys, exp.Count(this=exp.Star()))
        .from_(pairs.subquery("g"))
        .group_by(*(key.copy() for key in keys))
    )
