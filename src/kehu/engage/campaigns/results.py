"""What a campaign did: per variant what became of each, opens and clicks of people apart from those of machines, and uplift.

Conversion is counted by intention: of everybody who was drawn, sent to or not, beside everybody who was held out, within
the goal's days of the draw. Whom a filter left out was left out of neither group, so that the two stay alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection

from kehu.engage.campaigns.terms import Goal, read_goal, read_variants
from kehu.engage.models.campaigns import Campaign
from kehu.standardize.numbers.shares import Interval, difference, share, split_chance

_STATES = "SELECT variant, state, reason, count(*) FROM engage_send WHERE campaign_id = %s GROUP BY 1, 2, 3"
_RECEIPTS = """
SELECT s.variant, r.kind, r.is_machine, count(DISTINCT r.send_id) FROM engage_receipt r
JOIN engage_send s ON s.id = r.send_id WHERE s.campaign_id = %s GROUP BY 1, 2, 3
"""
_CONVERTED = """
SELECT s.variant, count(DISTINCT s.customer_id) FROM engage_send s
WHERE s.campaign_id = %(campaign)s AND EXISTS (
  SELECT 1 FROM resolve_cluster k JOIN resolve_link l ON l.cluster_id = coalesce(k.living_id, k.id) AND l.ended_at IS NULL
  JOIN collect_event e ON e.record_id = l.record_id
  WHERE k.id = s.customer_id AND e.name = %(event)s AND e.happened_at > s.planned_at
    AND e.happened_at <= s.planned_at + make_interval(days => %(days)s))
GROUP BY 1
"""
HELD = ""
"""The variant of those who are held out."""
SUSPICIOUS = 0.001


@dataclass(slots=True)
class Tally:
    """One variant, or those held out (key empty). Opens and clicks are of people; those of machines stand beside."""

    key: str
    drawn: int = 0
    states: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    receipts: dict[str, int] = field(default_factory=dict)
    machine: dict[str, int] = field(default_factory=dict)
    converted: int = 0
    conversion: Interval | None = None
    uplift: Interval | None = None

    @property
    def sent(self) -> int:
        """Return how many were handed over."""
        return self.states.get("accepted", 0) + self.states.get("unknown", 0)

    def rate(self, kind: str) -> Interval | None:
        """Return the share of those sent to of whom there is a receipt."""
        return share(self.receipts.get(kind, 0), self.sent)


@dataclass(frozen=True, slots=True)
class Results:
    """The whole: variants in their order, those held out, uplift of all together, and whether the split went as planned."""

    variants: tuple[Tally, ...]
    held: Tally
    uplift: Interval | None
    split_chance: float | None
    as_of: datetime

    @property
    def is_suspicious(self) -> bool:
        """Whether customers were divided so far from the plan that nothing should be compared."""
        return self.split_chance is not None and self.split_chance < SUSPICIOUS


def results(campaign: Campaign, *, now: datetime) -> Results:
    """Return what a campaign did to the customers of the open scope."""
    keys = [variant.key for variant in read_variants(campaign.variants)]
    tallies = {key: Tally(key) for key in (*keys, HELD)}
    for variant, state, reason, count in _rows(_STATES, [campaign.pk]):
        tally = tallies.setdefault(variant, Tally(variant))
        tally.drawn += count
        tally.states[state] = tally.states.get(state, 0) + count
        if reason and state != "held":
            tally.reasons[reason] = tally.reasons.get(reason, 0) + count
    for variant, kind, is_machine, count in _rows(_RECEIPTS, [campaign.pk]):
        tally = tallies.setdefault(variant, Tally(variant))
        (tally.machine if is_machine else tally.receipts)[kind] = count
    goal = read_goal(campaign.goal)
    if goal is not None:
        _convert(campaign.pk, goal, tallies)
    held, treated = tallies.pop(HELD), list(tallies.values())
    shares = [
        campaign.holdout_share,
        *((1 - campaign.holdout_share) * v.share for v in read_variants(campaign.variants)),
    ]
    counts = [held.drawn, *(tallies[key].drawn for key in keys)]
    drawn = [(n, s) for n, s in zip(counts, shares, strict=True) if s > 0]
    whole = None
    if goal is not None and campaign.holdout_share:
        whole = difference(
            sum(t.converted for t in treated), sum(t.drawn for t in treated), held.converted, held.drawn
        )
    return Results(
        tuple(treated), held, whole, split_chance([n for n, _ in drawn], [s for _, s in drawn]), now
    )


def _convert(campaign_id: UUID, goal: Goal, tallies: dict[str, Tally]) -> None:
    asked: Mapping[str, Any] = {"campaign": campaign_id, "event": goal.event, "days": goal.days}
    for variant, count in _rows(_CONVERTED, asked):
        tallies[variant].converted = count
    held = tallies[HELD]
    for tally in tallies.values():
        tally.conversion = share(tally.converted, tally.drawn)
        if tally is not held:
            tally.uplift = difference(tally.converted, tally.drawn, held.converted, held.drawn)


def _rows(query: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())
