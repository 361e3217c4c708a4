"""How segments moved lately: how many are in, came and went, and how many there were at the end of each of some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.queries import definition_of, list_segments
from kehu.analyze.segments.saved.reading import book_of
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import PurposeIsOff

MOST_SEGMENTS = 6
_MOVES = """
SELECT count(*) FILTER (WHERE is_in), count(*) FILTER (WHERE has_come), count(*) FILTER (WHERE has_gone), ARRAY[{counts}]
FROM (
  SELECT bool_or(m.left_at IS NULL) AS is_in, bool_or(m.entered_at >= %(since)s) AS has_come,
    coalesce(bool_or(m.left_at >= %(since)s), false) AS has_gone, {days}
  FROM analyze_membership m JOIN resolve_cluster k ON k.id = m.customer_id
  JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
  WHERE m.segment_id = %(segment)s AND (m.left_at IS NULL OR m.left_at >= %(first)s) AND c.is_identified AND {gate}
  GROUP BY c.id
) one
"""
_DAY = "bool_or(m.entered_at < %(day_{n})s AND (m.left_at IS NULL OR m.left_at >= %(day_{n})s)) AS day_{n}"
_COUNT = "count(*) FILTER (WHERE day_{n})"


@dataclass(frozen=True, slots=True)
class Move:
    """A segment within the reader's scope. `sizes` are at the given moments; `is_new`: it was made since, so nobody came."""

    id: UUID
    name: str
    count: int
    entered: int
    left: int
    sizes: Sequence[int]
    is_new: bool


def list_moves(actor: Actor, *, since: datetime, ends: Sequence[datetime]) -> list[Move]:
    """Return the latest segments that the reader may open and whose purpose is on, the most moved first."""
    found: list[Move] = []
    book = book_of(actor)
    for segment in list_segments():
        if len(found) == MOST_SEGMENTS:
            break
        current = segment.current
        if segment.refreshed_at is None or current is None or definition_of(current, book) is None:
            continue
        try:
            gate = open_gate(segment.purpose).condition("c")
        except PurposeIsOff:
            continue
        found.append(_move(segment, gate, since, ends))
    return sorted(found, key=lambda one: (-(one.entered + one.left), one.name))


def _move(segment: Segment, gate: str, since: datetime, ends: Sequence[datetime]) -> Move:
    days, counts = (", ".join(part.format(n=n) for n in range(len(ends))) for part in (_DAY, _COUNT))
    asked: dict[str, Any] = {"segment": segment.pk, "since": since, "first": min([since, *ends])}
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVES.format(days=days, counts=counts, gate=gate),
            asked | {f"day_{n}": end for n, end in enumerate(ends)},
        )
        count, entered, left, sizes = cursor.fetchone()
    is_new = segment.created_at >= since
    return Move(
        segment.pk, segment.name, count, 0 if is_new else entered, 0 if is_new else left, sizes, is_new
    )
