"""Shares and how sure one can be of them: intervals, differences, whether a split went as planned, how many are needed."""

from dataclasses import dataclass
from math import ceil, erf, exp, lgamma, log, sqrt
from statistics import NormalDist

Z95 = 1.959963984540054
_MOST_TERMS = 10_000
_SMALL = 1e-12
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Interval:
    """A share or a difference of shares with its bounds at 95 %."""

    value: float
    low: float
    high: float


def share(hits: int, of: int) -> Interval | None:
    """Return a share with Wilson's score interval (Wilson 1927); None of nobody."""
    if of <= 0:
        return None
    p, z2 = hits / of, Z95**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Interval(p, max(0.0, middle - half), min(1.0, middle + half))


def difference(hits: int, of: int, others: int, of_others: int) -> Interval | None:
    """Return the difference of two shares, the first less the second, with Newcombe's hybrid score interval (1998, method 10)."""
    one, two = share(hits, of), share(others, of_others)
    if one is None or two is None:
        return None
    gap = one.value - two.value
    below = sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Interval(gap, max(-1.0, gap - below), min(1.0, gap + above))


def split_chance(counts: list[int], shares: list[float]) -> float | None:
    """Return the chance of a split at least so far from the planned shares, by chi-square; None of nobody or one group.

    Below 0.001 something is wrong with how customers were divided (sample ratio mismatch), and no comparison counts.
    """
    total = sum(counts)
    if total == 0 or len(counts) < 2:  # noqa: PLR2004 (a comparison takes two)
        return None
    whole = sum(shares)
    expected = [total * one / whole for one in shares]
    statistic = sum((n - e) ** 2 / e for n, e in zip(counts, expected, strict=True) if e > 0)
    return _upper_gamma((len(counts) - 1) / 2, statistic / 2)


def needed(base: float, lift: float, *, power: float = 0.8) -> int:
    """Return how many each group needs to show a rise from `base` to `base + lift` (two-sided 5 %, given power).

    Fleiss's formula for two proportions without continuity correction (Statistical Methods for Rates and Proportions, 4.14).
    """
    other = base + lift
    if not (0 < base < 1 and 0 < other < 1) or lift == 0:
        raise ValueError(lift)
    mean = (base + other) / 2
    z = NormalDist().inv_cdf(power)
    spread = Z95 * sqrt(2 * mean * (1 - mean)) + z * sqrt(base * (1 - base) + other * (1 - other))
    return ceil((spread / lift) ** 2)


def detectable(base: float, one: int, other: int, *, power: float = 0.8) -> float | None:
    """Return the smallest rise above `base` that groups of these sizes show (two-sided 5 %, given power); None for none.

    The formula of `needed` with groups of different sizes, solved for the rise by halving. `other` is the group at `base`.
    """
    if one <= 0 or other <= 0 or not 0 < base < 1:
        return None
    z = NormalDist().inv_cdf(power)

    def is_shown(lift: float) -> bool:
        raised = base + lift
        mean = (raised * one + base * other) / (one + other)
        null = Z95 * sqrt(mean * (1 - mean) * (1 / one + 1 / other))
        return lift >= null + z * sqrt(raised * (1 - raised) / one + base * (1 - base) / other)

    low, high = 0.0, 1 - base
    if not is_shown(high):
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_shown(middle) else (middle, high)
    return high


def _upper_gamma(a: float, x: float) -> float:
    """Return the regularized upper incomplete gamma function (series, or continued fraction by Lentz's method)."""
    if x <= 0:
        return 1.0
    if a == 0.5:  # noqa: PLR2004 (one degree of freedom)
        return 1 - erf(sqrt(x))
    front = exp(-x + a * log(x) - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, _MOST_TERMS):
            term *= x / (a + n)
            total += term
            if abs(term) < abs(total) * _SMALL:
                break
        return 1 - total * front
    b = x + 1 - a
    c, d = 1 / 1e-300, 1 / b
    h = d
    for n in range(1, _MOST_TERMS):
        an = -n * (n - a)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        h *= d * c
        if abs(d * c - 1) < _SMALL:
            break
    return front * h
