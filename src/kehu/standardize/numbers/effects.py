"""How far two groups lie apart, on scales that do not depend on their sizes, and which differences are more than chance.

Cohen's h and d: about 0.2 is small, 0.5 medium, 0.8 large (Cohen 1988). Cramér's V: 0.1, 0.3, 0.5 between two groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, sqrt

from kehu.standardize.numbers.shares import Z95, Interval

FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """A group's count, mean and variance (n − 1)."""

    count: int
    mean: float
    variance: float


def share_effect(hits: int, of: int, others: int, of_others: int) -> Interval:
    """Return Cohen's h of two shares, the first less the second, with its bounds at 95 % (variance 1/n of each arcsine)."""
    value = 2 * asin(sqrt(hits / of)) - 2 * asin(sqrt(others / of_others))
    half = Z95 * sqrt(1 / of + 1 / of_others)
    return Interval(value, value - half, value + half)


def mean_effect(one: Sample, other: Sample) -> Interval | None:
    """Return Cohen's d, the difference by the pooled deviation, with bounds at 95 % (Hedges and Olkin 1985); None without spread."""
    freedom = one.count + other.count - 2
    pooled = ((one.count - 1) * one.variance + (other.count - 1) * other.variance) / max(1, freedom)
    if freedom < 1 or pooled <= 0:
        return None
    value = (one.mean - other.mean) / sqrt(pooled)
    total = one.count + other.count
    half = Z95 * sqrt(total / (one.count * other.count) + value * value / (2 * total))
    return Interval(value, value - half, value + half)


def association(counts: Sequence[int], others: Sequence[int]) -> tuple[float, float] | None:
    """Return Cramér's V of two groups over several values, and the chance of one so large; None where there is nothing to compare."""
    pairs = [(n, m) for n, m in zip(counts, others, strict=True) if n + m]
    ours, theirs = sum(n for n, _ in pairs), sum(m for _, m in pairs)
    if len(pairs) < 2 or not ours or not theirs:  # noqa: PLR2004 (a comparison takes two)
        return None
    total = ours + theirs
    squares = sum(
        (n - group * (row[0] + row[1]) / total) ** 2 / (group * (row[0] + row[1]) / total)
        for row in pairs
        for n, group in ((row[0], ours), (row[1], theirs))
    )
    from scipy.stats import chi2

    return sqrt(squares / total), float(chi2.sf(squares, len(pairs) - 1))


def share_chance(hits: int, of: int, others: int, of_others: int) -> float:
    """Return the chance of two shares at least so far apart, by chi-square without correction; 1 where both are none or all."""
    found = association([hits, of - hits], [others, of_others - others])
    return 1.0 if found is None else found[1]


def mean_chance(one: Sample, other: Sample) -> float:
    """Return the chance of two means at least so far apart (Welch 1947)."""
    from scipy.stats import ttest_ind_from_stats

    if one.variance <= 0 and other.variance <= 0:
        return 1.0
    found = ttest_ind_from_stats(
        one.mean,
        sqrt(one.variance),
        one.count,
        other.mean,
        sqrt(other.variance),
        other.count,
        equal_var=False,
    )
    return float(found.pvalue)


def discoveries(chances: Sequence[float]) -> list[bool]:
    """Tell which of many differences count, so that of those told at most 5 % are chance (Benjamini and Hochberg 1995)."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    last = max(
        (
            rank
            for rank, place in enumerate(order, 1)
            if chances[place] <= FALSE_DISCOVERIES * rank / len(order)
        ),
        default=0,
    )
    counting = set(order[:last])
    return [place in counting for place in range(len(chances))]
