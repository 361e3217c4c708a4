"""In which order offers are shown. A learned ranking comes in here later: it answers the same question of the same facts.

Whatever ranks, it only orders: who may be offered what was decided before, by consent and by rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that a customer may be made: its priority (1 to 100, higher first) and how well the rule fits (0 to 1).

    `facts` are what a learned ranking may look at besides; the rule's does not.
    """

    key: str
    priority: int
    fit: float
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place: `score` is the ranking's own, comparable within one answer only."""

    key: str
    score: float


class Ranking(Protocol):
    """Orders candidates. The same candidates give the same order, whatever the order they came in."""

    name: str
    """What results and explanations call it, with its version."""

    def rank(self, customer_id: UUID, candidates: Sequence[Candidate]) -> list[Ranked]:
        """Return every candidate once, the best first."""
        ...


class ByRule:
    """By priority, then by fit, then by key."""

    name = "rule-1"

    def rank(self, customer_id: UUID, candidates: Sequence[Candidate]) -> list[Ranked]:
        """Return every candidate once, the best first; who the customer is changes nothing."""
        del customer_id
        ordered = sorted(candidates, key=lambda one: (-one.priority, -one.fit, one.key))
        return [Ranked(one.key, one.priority + one.fit) for one in ordered]
