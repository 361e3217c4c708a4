"""The tiers of a model: each takes some scores of recency, frequency and amount; the first that fits is a customer's.

The standard eight part each dimension above the middle score: 4 and 5 of five are high, 1 to 3 are low.
"""

from dataclasses import dataclass
from itertools import product

from kehu.platform.text import Text

Scores = tuple[int, int]
"""The least and the most, both included."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier and the scores that it takes."""

    key: str
    name: Text
    r: Scores
    f: Scores
    m: Scores

    def takes(self, r: int, f: int, m: int) -> bool:
        """Whether scores are of this tier."""
        return all(least <= score <= most for (least, most), score in ((self.r, r), (self.f, f), (self.m, m)))


_EIGHT = (
    ("champion", Text("重要价值", "Champions"), "hhh"),
    ("promising", Text("重要发展", "High-value, to develop"), "hlh"),
    ("keep", Text("重要保持", "High-value, to keep"), "lhh"),
    ("win_back", Text("重要挽留", "High-value, to win back"), "llh"),
    ("loyal", Text("一般价值", "Loyal, small amounts"), "hhl"),
    ("new", Text("一般发展", "Recent, small amounts"), "hll"),
    ("fading", Text("一般保持", "Fading regulars"), "lhl"),
    ("lost", Text("一般挽留", "Almost gone"), "lll"),
)  # fmt: skip


def standard(scores: int) -> tuple[Tier, ...]:
    """Return the standard eight for a number of scores, the most valuable first."""
    turn = (scores + 1) // 2 + 1
    parts: dict[str, Scores] = {"h": (turn, scores), "l": (1, turn - 1)}
    return tuple(Tier(key, name, *(parts[one] for one in marks)) for key, name, marks in _EIGHT)


def left_out(tiers: tuple[Tier, ...], scores: int) -> tuple[int, int, int] | None:
    """Return the first scores of recency, frequency and amount that no tier takes."""
    each = range(1, scores + 1)
    return next((one for one in product(each, each, each) if not any(t.takes(*one) for t in tiers)), None)
