"""How long customers stay in a stage: by the estimate of Kaplan and Meier, in which stays that go on count as long as they last.

Source: E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958).
"""

from collections.abc import Iterable
from typing import NamedTuple

QUARTERS = (0.25, 0.5, 0.75)


class Length(NamedTuple):
    """How many stays were so many whole days long and ended then, and how many have lasted so long and go on."""

    days: int
    ended: int
    going_on: int


class Quartiles(NamedTuple):
    """After how many days a quarter, half and three quarters have left; None where fewer have left so far."""

    quarter: int | None
    half: int | None
    three_quarters: int | None


def quartiles(lengths: Iterable[Length]) -> Quartiles:
    """Return the quartiles of the time in a stage, in whole days."""
    ordered = sorted(lengths)
    staying, at_risk = 1.0, sum(one.ended + one.going_on for one in ordered)
    found: list[int | None] = [None] * len(QUARTERS)
    for one in ordered:
        if one.ended:
            staying *= 1 - one.ended / at_risk
        at_risk -= one.ended + one.going_on
        for place, share in enumerate(QUARTERS):
            if found[place] is None and 1 - staying >= share - 1e-12:
                found[place] = one.days
    return Quartiles(*found)
