"""From a segment to rows of the ledger: who is in, who is held out, who gets which variant. Doing it again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kehu.engage.campaigns.ledger import Planned
from kehu.engage.campaigns.terms import Schedule, Variant
from kehu.engage.models.campaigns import Campaign
from kehu.govern.purposes.gate import Gate

_MEMBERS = """
SELECT DISTINCT c.id, %(occurrence)s::text, sec.chance(%(seed)s, c.id), sec.chance(%(seed)s || 'v', c.id)
FROM analyze_membership m JOIN profile_customer c ON c.id = m.customer_id
WHERE m.segment_id = %(segment)s AND m.left_at IS NULL AND c.is_identified AND {gate}
"""
_COUNT = """
SELECT count(DISTINCT c.id), count(DISTINCT c.id) FILTER (WHERE c.is_identified AND {gate})
FROM analyze_membership m JOIN profile_customer c ON c.id = m.customer_id
WHERE m.segment_id = %s AND m.left_at IS NULL
"""
_ENTERED = """
SELECT c.id, 'entry:' || m.id, sec.chance(%(seed)s, c.id), sec.chance(%(seed)s || 'v', c.id)
FROM analyze_membership m JOIN profile_customer c ON c.id = m.customer_id
WHERE m.segment_id = %(segment)s AND m.entered_at > %(since)s AND c.is_identified AND {gate}
  AND NOT EXISTS (SELECT 1 FROM engage_send s WHERE s.campaign_id = %(campaign)s AND s.customer_id = c.id
    AND s.occurrence = 'entry:' || m.id)
"""
_HAPPENED = """
SELECT DISTINCT ON (e.id) c.id, 'event:' || e.id, sec.chance(%(seed)s, c.id), sec.chance(%(seed)s || 'v', c.id), e.happened_at
FROM collect_event e JOIN resolve_link l ON l.record_id = e.record_id AND l.ended_at IS NULL
JOIN profile_customer c ON c.id = l.cluster_id
JOIN analyze_membership m ON m.customer_id = c.id AND m.segment_id = %(segment)s AND m.left_at IS NULL
WHERE e.written_in >= %(watermark)s AND e.name = %(event)s AND e.happened_at > %(since)s AND c.is_identified AND {gate}
  AND e.plain @> %(where)s::jsonb
"""


@dataclass(frozen=True, slots=True)
class Draw:
    """How chance decides: the share that is held out, and the variants with their shares of the others."""

    holdout_share: float
    variants: Sequence[Variant]

    def planned(self, row: tuple[UUID, str, float, float]) -> Planned:
        """Return the row of one customer; `chance` numbers are from 0 to 1 and follow from his id."""
        customer_id, occurrence, chance, chance_of_variant = row
        if chance < self.holdout_share:
            return Planned(customer_id, occurrence, "", is_held=True)
        return Planned(customer_id, occurrence, self.variant(chance_of_variant).key, is_held=False)

    def variant(self, chance: float) -> Variant:
        """Return the variant that a number from 0 to 1 falls on."""
        reached = 0.0
        for variant in self.variants:
            reached += variant.share
            if chance < reached:
                return variant
        return self.variants[-1]


def members(campaign: Campaign, gate: Gate, *, occurrence: str, draw: Draw) -> list[Planned]:
    """Return a row for each member of the open scope whom purpose and channel allow."""
    return _drawn(_MEMBERS, gate, {"occurrence": occurrence, **_of(campaign)}, draw)


def count_members(segment_id: UUID, gate: Gate) -> tuple[int, int]:
    """Return how many of the open scope are in a segment, and how many of them purpose and channel allow."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(gate=gate.condition("c")), [segment_id])
        members, allowed = cursor.fetchone()
    return members, allowed


def entered(campaign: Campaign, gate: Gate, *, since: datetime, draw: Draw) -> list[Planned]:
    """Return a row for each entry into the segment since a moment that has none."""
    return _drawn(_ENTERED, gate, {"since": since, "campaign": campaign.pk, **_of(campaign)}, draw)


def happened(
    campaign: Campaign, gate: Gate, *, schedule: Schedule, since: datetime, draw: Draw
) -> list[Planned]:
    """Return a row for each event of members that was written since the campaign's watermark and is as the schedule says."""
    where = msgspec.json.encode(dict(schedule.where)).decode()
    asked = {
        "since": since, "event": schedule.event, "where": where, "watermark": campaign.watermark, **_of(campaign)
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED.format(gate=gate.condition("c")), asked)
        rows = cursor.fetchall()
    wait = timedelta(hours=schedule.delay_hours)
    return [replace(draw.planned(row[:4]), not_before=row[4] + wait if wait else None) for row in rows]


def _of(campaign: Campaign) -> dict[str, Any]:
    return {"segment": campaign.segment_id, "seed": campaign.seed}


def _drawn(query: str, gate: Gate, values: dict[str, Any], draw: Draw) -> list[Planned]:
    with connection.cursor() as cursor:
        cursor.execute(query.format(gate=gate.condition("c")), values)
        rows = cursor.fetchall()
    return [draw.planned(row) for row in rows]
