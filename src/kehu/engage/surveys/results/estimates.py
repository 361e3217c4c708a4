"""What answers estimate, each with its 95 % interval: NPS, CSAT, CES, shares. Pure figures; nobody's name comes here.

Intervals hold for a random sample of whom the survey stands for; who chooses to answer may differ from who does not.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

LEVEL = 0.95
PROMOTER, PASSIVE = 9, 7
SATISFIED = 4
_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, the ends of its interval, and of how many answers. Without an interval `low` and `high` are None."""

    value: float
    low: float | None
    high: float | None
    count: int


def wilson(hits: int, count: int) -> Estimate | None:
    """Return a share (0 to 1) with Wilson's score interval (Wilson 1927); None without answers."""
    if count == 0:
        return None
    share, square = hits / count, _Z**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _Z / (1 + square / count) * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), count)


def nps(scores: Sequence[int]) -> Estimate | None:
    """Return the net promoter score (-100 to 100) of scores 0 to 10: promoters 9-10 less detractors 0-6.

    Interval: adjusted Wald for a difference of two shares of one sample, adding 3/4 promoter, 3/4 detractor and 3/2
    passives (Bonett & Price 2012; recommended for NPS by Rocks 2016, The American Statistician 70). It covers well from
    small samples on, where the plain variance p + d - (p - d)^2 gives intervals that are too short.
    """
    count = len(scores)
    if count == 0:
        return None
    promoters = sum(score >= PROMOTER for score in scores)
    detractors = sum(score < PASSIVE for score in scores)
    value = (promoters - detractors) / count
    more = count + 3
    high, low = (promoters + 0.75) / more, (detractors + 0.75) / more
    half = _Z * math.sqrt((high + low - (high - low) ** 2) / more)
    middle = high - low
    return Estimate(
        100 * value,
        100 * max(-1.0, min(value, middle - half)),
        100 * min(1.0, max(value, middle + half)),
        count,
    )


def csat(scores: Sequence[int]) -> Estimate | None:
    """Return the share in per cent of those who are satisfied (4 or 5 of 5), with Wilson's interval."""
    found = wilson(sum(score >= SATISFIED for score in scores), len(scores))
    if found is None or found.low is None or found.high is None:
        return None
    return Estimate(100 * found.value, 100 * found.low, 100 * found.high, found.count)


def mean(scores: Sequence[float], lowest: float, highest: float) -> Estimate | None:
    """Return a mean with Student's interval, kept within the scale; one answer alone has none. CES is such a mean."""
    count = len(scores)
    if count == 0:
        return None
    value = fmean(scores)
    if count == 1:
        return Estimate(value, None, None, 1)
    half = student(count - 1) * stdev(scores) / math.sqrt(count)
    return Estimate(value, max(lowest, value - half), min(highest, value + half), count)


def student(freedom: int) -> float:
    """Return the two-sided 95 % point of Student's t: exact for 1 and 2, else by expansion (Abramowitz & Stegun 26.7.5)."""
    tail = 0.5 + LEVEL / 2
    if freedom == 1:
        return math.tan(math.pi * (tail - 0.5))
    if freedom == 2:  # noqa: PLR2004 (the closed form of two degrees)
        return 2 * (tail - 0.5) * math.sqrt(2 / (4 * tail * (1 - tail)))
    z, n = _Z, freedom
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / n + second / n**2 + third / n**3 + fourth / n**4
