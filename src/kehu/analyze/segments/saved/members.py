"""Writing who entered and who left, and who falls due: sets at once, within the system's scope."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.analyze.segments.saved.evaluating import Everybody, Verdict
from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array

_LEAVE_ALL_BUT = """
UPDATE analyze_membership m SET left_at = greatest(%(now)s, m.entered_at) WHERE m.segment_id = %(segment)s
  AND m.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM {twin} t WHERE t.customer_id = m.customer_id) RETURNING m.customer_id
"""
_ENTER = """
INSERT INTO analyze_membership (segment_id, customer_id, entered_at)
SELECT t.segment_id, t.customer_id, t.entered_at FROM {twin} t
WHERE EXISTS (SELECT 1 FROM profile_customer c WHERE c.id = t.customer_id)
ON CONFLICT (segment_id, customer_id) WHERE left_at IS NULL DO NOTHING RETURNING customer_id
"""
_ENTER_SOME = """
INSERT INTO analyze_membership (segment_id, customer_id, entered_at) SELECT %(segment)s, i, %(now)s FROM unnest(%(ids)s::uuid[]) i
ON CONFLICT (segment_id, customer_id) WHERE left_at IS NULL DO NOTHING RETURNING customer_id
"""
_LEAVE_SOME = """
UPDATE analyze_membership SET left_at = greatest(%(now)s, entered_at) WHERE segment_id = %(segment)s
  AND left_at IS NULL AND customer_id = ANY(%(ids)s::uuid[]) RETURNING customer_id
"""
_FORGET_DUES = "DELETE FROM analyze_segment_due WHERE segment_id = %(segment)s"
_FORGET_SOME = _FORGET_DUES + " AND customer_id = ANY(%(ids)s::uuid[])"


@dataclass(frozen=True, slots=True)
class Moved:
    """Who entered a segment and who left it, at one moment."""

    segment_id: UUID
    at: datetime
    entered: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()


def put_everybody(segment_id: UUID, found: Everybody, now: datetime) -> Moved:
    """Make the members and the dues of a segment those that were found."""
    values: dict[str, Any] = {"segment": segment_id, "now": now}
    rows = ((segment_id, one, now) for one in found.members)
    twin, _ = bulk.stage("analyze_membership", ("segment_id", "customer_id", "entered_at"), rows)
    with bulk.whole_sets():
        left = _ids(_LEAVE_ALL_BUT.format(twin=twin), values)
    entered = _ids(_ENTER.format(twin=twin), values)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_DUES, values)
    _put_dues(segment_id, found.dues)
    return Moved(segment_id, now, entered, left)


def put_some(segment_id: UUID, verdicts: Mapping[UUID, Verdict], now: datetime) -> Moved:
    """Write the verdicts on some customers."""
    values: dict[str, Any] = {"segment": segment_id, "now": now}
    into = [one for one, verdict in verdicts.items() if verdict.holds]
    out = [one for one, verdict in verdicts.items() if not verdict.holds]
    left = _ids(_LEAVE_SOME, {**values, "ids": uuid_array(out)}) if out else ()
    entered = _ids(_ENTER_SOME, {**values, "ids": uuid_array(into)}) if into else ()
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_SOME, {**values, "ids": uuid_array(verdicts)})
    dues = ((one, verdict.due_at) for one, verdict in verdicts.items() if verdict.due_at is not None)
    _put_dues(segment_id, dues)
    return Moved(segment_id, now, entered, left)


def _put_dues(segment_id: UUID, dues: Iterable[tuple[UUID, datetime]]) -> None:
    bulk.insert(
        "analyze_segment_due",
        ("segment_id", "customer_id", "due_at"),
        ((segment_id, customer_id, due_at) for customer_id, due_at in dues),
        conflict="ON CONFLICT DO NOTHING",
    )


def _ids(query: str, values: Mapping[str, Any]) -> tuple[UUID, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return tuple(row[0] for row in cursor.fetchall())


def forget_customers(customer_ids: Collection[UUID]) -> None:
    """Delete every stay of erased customers, in segments and in the stages of lifecycles."""
    with connection.cursor() as cursor:
        for table in ("analyze_membership", "analyze_segment_due", "analyze_stay"):
            cursor.execute(
                f"DELETE FROM {table} WHERE customer_id = ANY(%s::uuid[])", [uuid_array(customer_ids)]
            )
