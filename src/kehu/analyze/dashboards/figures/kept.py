"""What the tables keep and the lake does not: records by source, rows of imports, sizes and movements of segments."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kehu.analyze.dashboards.card import Asked, TableRows
from kehu.analyze.segments.saved.queries import SegmentClosed, list_segments, open_segment
from kehu.analyze.segments.sql.happenings import begin_of
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import PurposeIsOff

_RECORDS = """
SELECT c.id::text AS customer_id, r.source_id::text AS x, '' AS series, NULL::float8 AS value
FROM collect_record r JOIN resolve_link l ON l.record_id = r.id AND l.ended_at IS NULL
JOIN profile_customer c ON c.id = l.cluster_id WHERE c.is_identified AND {units}
"""
_IMPORTS = """
SELECT ''::text AS customer_id, (width_bucket(i.created_at, %(steps)s::timestamptz[]) - 1)::text AS x, part.name AS series,
  part.rows::float8 AS value
FROM collect_import i, LATERAL (VALUES ('accepted', i.rows_accepted), ('refused', i.rows_rejected)) part (name, rows)
WHERE i.created_at >= %(first)s AND i.created_at < %(end)s AND NOT i.is_dry_run AND i.state = 'succeeded'
"""
_STAYS = """
FROM analyze_membership m JOIN resolve_cluster k ON k.id = m.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
"""
_SIZES = """
SELECT c.id::text AS customer_id, (step.number - 1)::text AS x, '{segment}' AS series, NULL::float8 AS value
{stays} JOIN unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS step (ends, number) ON m.entered_at < step.ends
  AND (m.left_at IS NULL OR m.left_at >= step.ends)
WHERE m.segment_id = '{segment}' AND c.is_identified AND {units} AND {gate}
"""
_MOVES = """
SELECT c.id::text AS customer_id, '{segment}' AS x, move.name AS series, NULL::float8 AS value
{stays} CROSS JOIN LATERAL (VALUES ('entered', m.entered_at), ('left', m.left_at)) move (name, at)
WHERE m.segment_id = '{segment}' AND move.at >= %(first)s AND move.at < %(end)s
  AND c.is_identified AND {units} AND {gate}
"""
_NOTHING = "SELECT NULL::text AS customer_id, NULL::text AS x, NULL::text AS series, NULL::float8 AS value WHERE false"
MOST_SEGMENTS = 6


def records_by_source(asked: Asked) -> TableRows:
    """Return the customers of each source, once a record."""
    return TableRows(_RECORDS.format(units=of_units(asked)), values(asked))


def import_rows(asked: Asked) -> TableRows:
    """Return the accepted and the refused rows of the period's imports, by step."""
    return TableRows(_IMPORTS, values(asked))


def segment_sizes(asked: Asked) -> TableRows:
    """Return who was in each segment at the end of each step."""
    return _of_segments(_SIZES, asked)


def segment_moves(asked: Asked) -> TableRows:
    """Return who entered and who left each segment in the period."""
    return _of_segments(_MOVES, asked)


def open_segments(asked: Asked) -> dict[str, str]:
    """Return the segments that the reader may open and whose purpose is on, the latest first, by id with their names."""
    found: dict[str, str] = {}
    for segment in list_segments():
        if len(found) == MOST_SEGMENTS:
            break
        try:
            open_segment(segment.pk, asked.actor)
            open_gate(segment.purpose)
        except (SegmentClosed, PurposeIsOff):
            continue
        if segment.refreshed_at is not None:
            found[str(segment.pk)] = segment.name
    return found


def _of_segments(sql: str, asked: Asked) -> TableRows:
    open_ones = open_segments(asked)
    purposes = {str(one.pk): one.purpose for one in list_segments()}
    parts = [
        sql.format(
            segment=segment,
            stays=_STAYS,
            units=of_units(asked),
            gate=open_gate(purposes[segment]).condition("c"),
        )
        for segment in open_ones
    ]
    return TableRows(" UNION ALL ".join(parts) if parts else nothing(), values(asked))


def nothing() -> str:
    """Return a query of no rows."""
    return _NOTHING


def of_units(asked: Asked) -> str:
    """Return the condition on customers (`c`) of the units asked about."""
    return "true" if asked.units is None else "c.unit_id = ANY(%(units)s::int[])"


def values(asked: Asked) -> Mapping[str, Any]:
    """Return the bounds of the period as moments, and the units."""
    begins = [begin_of(one, asked.zone) for one in asked.period.steps]
    end = begin_of(asked.period.last + timedelta(days=1), asked.zone)
    return {
        "steps": begins, "first": begins[0], "end": end, "units": list(asked.units or ()),
        "ends": [min(one, max(asked.now, begins[0])) for one in [*begins[1:], end]],
    }  # fmt: skip
