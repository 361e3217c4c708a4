"""What offers came to: how many customers saw one, wanted it, took it; beside those from whom it was held back.

Customers are those of the reader's scope, by the unit that they belong to now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kehu.engage.models.recommendations import Offer

WITHIN_DAYS = 90
"""So long after it was shown, or held back, the goal counts."""
_RESULTS = f"""
WITH told AS MATERIALIZED (
  SELECT coalesce(k.living_id, k.id) AS customer_id,
    min(o.at) FILTER (WHERE o.outcome = 'shown') AS shown_at, min(o.at) FILTER (WHERE o.outcome = 'held') AS held_at,
    max(o.at) FILTER (WHERE o.outcome = 'accepted') AS accepted_at,
    bool_or(o.outcome = 'interested') AS was_interested, bool_or(o.outcome = 'declined') AS was_declined
  FROM engage_offer_outcome o JOIN resolve_cluster k ON k.id = o.customer_id WHERE o.offer_id = %(offer)s GROUP BY 1
), seen AS (
  SELECT t.*, c.unit_id, coalesce(t.shown_at, t.held_at) AS since FROM told t JOIN profile_customer c ON c.id = t.customer_id
), done AS (
  SELECT s.*, s.since IS NOT NULL AND (coalesce(s.accepted_at >= s.since, false) OR EXISTS (
    SELECT 1 FROM resolve_link l JOIN collect_event e ON e.record_id = l.record_id
    WHERE l.cluster_id = s.customer_id AND l.ended_at IS NULL AND %(goal)s <> '' AND e.name = %(goal)s
      AND e.happened_at > s.since AND e.happened_at <= s.since + interval '{WITHIN_DAYS} days')) AS has_taken
  FROM seen s
)
SELECT d.unit_id, u.name, count(*) FILTER (WHERE d.shown_at IS NOT NULL),
  count(*) FILTER (WHERE d.was_interested), count(*) FILTER (WHERE d.accepted_at IS NOT NULL),
  count(*) FILTER (WHERE d.was_declined), count(*) FILTER (WHERE d.shown_at IS NULL AND d.held_at IS NOT NULL),
  count(*) FILTER (WHERE d.shown_at IS NOT NULL AND d.has_taken),
  count(*) FILTER (WHERE d.shown_at IS NULL AND d.held_at IS NOT NULL AND d.has_taken)
FROM done d JOIN govern_unit u ON u.id = d.unit_id GROUP BY 1, 2 ORDER BY 3 DESC, 2
"""
_TOTALS = """
SELECT o.offer_id, o.outcome, count(DISTINCT c.id) FROM engage_offer_outcome o
JOIN resolve_cluster k ON k.id = o.customer_id JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many customers. `taken` and `held_taken` are those of the two groups who took it, by word or by the goal event."""

    shown: int = 0
    interested: int = 0
    accepted: int = 0
    declined: int = 0
    held: int = 0
    taken: int = 0
    held_taken: int = 0


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The tally of one unit."""

    unit_id: int
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Results:
    """What an offer came to, in all and by unit, the busiest first."""

    total: Tally
    units: tuple[OfUnit, ...]


def results_of(offer: Offer) -> Results:
    """Return the results of an offer within the open scope."""
    asked: dict[str, Any] = {"offer": offer.pk, "goal": offer.goal_event}
    with connection.cursor() as cursor:
        cursor.execute(_RESULTS, asked)
        units = tuple(OfUnit(row[0], row[1], Tally(*row[2:])) for row in cursor.fetchall())
    return Results(_sum(one.tally for one in units), units)


def totals() -> dict[Any, Tally]:
    """Return how many customers of the open scope each offer was shown to, and what they said, by the offer's id."""
    found: dict[Any, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS)
        for offer_id, outcome, count in cursor.fetchall():
            found.setdefault(offer_id, {})[outcome] = count
    return {offer_id: Tally(**counts) for offer_id, counts in found.items()}


def _sum(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    names = Tally.__slots__
    return Tally(**{name: sum(getattr(one, name) for one in every) for name in names})
