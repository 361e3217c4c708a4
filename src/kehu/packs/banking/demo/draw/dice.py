"""Repeatable randomness: every draw of the demo bank comes from a named stream of one seed.

Nothing here is secret or unpredictable; the same seed must give the same bank on every machine.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice(Random):
    """A random stream with the few draws the generator needs, each one call of `random()`."""

    def pick(self, pool: Sequence[Item]) -> Item:
        """Return one entry, each equally likely; repeat entries in the pool to weigh them."""
        return pool[int(self.random() * len(pool))]

    def chance(self, share: float) -> bool:
        """Return whether an event of this probability happens."""
        return self.random() < share

    def between(self, low: int, high: int) -> int:
        """Return an integer of the closed range."""
        return low + int(self.random() * (high - low + 1))


def stream(seed: int, name: str) -> Dice:
    """Return the stream of this name: streams of one seed do not disturb each other."""
    return Dice(f"{seed}:{name}")


def words(table: str) -> tuple[str, ...]:
    """Return the blank-separated words of a table as a pool; a word that stands twice weighs double."""
    return tuple(table.split())
