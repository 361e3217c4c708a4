"""What happened with a customer, newest first: events of his records, changes of his golden record.

As of a time it is what was known then: nothing that happened, and nothing that was received, later.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.db.rows import from_json
from kehu.profile.lists import cursors

EVENT_PLACE = "collect_event.sealed"
CATEGORIES = ("transaction", "interaction", "behavior", "service", "change")
_QUERY = """
SELECT * FROM (
  (SELECT e.id, e.happened_at AS at, e.kind, e.name, s.name AS source, e.plain, e.sealed, e.record_id, NULL::int AS actor_id
   FROM resolve_link l JOIN collect_event e ON e.record_id = l.record_id JOIN collect_source s ON s.id = e.source_id
   WHERE l.cluster_id = %(id)s AND {linked} AND (e.happened_at, e.id) < (%(at)s, %(last)s)
     AND (%(kind)s = '' OR e.kind = %(kind)s) {known}
   ORDER BY e.happened_at DESC, e.id DESC LIMIT %(limit)s)
  UNION ALL
  (SELECT h.id, h.changed_at, 'change', h.kind, s.name, jsonb_build_object('fields', h.fields), NULL, NULL, h.actor_id
   FROM profile_change h LEFT JOIN collect_source s ON s.id = h.source_id
   WHERE h.customer_id = %(id)s AND (h.changed_at, h.id) < (%(at)s, %(last)s) AND %(kind)s IN ('', 'change') {changed}
   ORDER BY h.changed_at DESC, h.id DESC LIMIT %(limit)s)
) t ORDER BY at DESC, id DESC LIMIT %(limit)s
"""
_NOW = _QUERY.format(linked="l.ended_at IS NULL", known="", changed="")
_THEN = _QUERY.format(
    linked="l.linked_at <= %(as_of)s AND (l.ended_at IS NULL OR l.ended_at > %(as_of)s)",
    known="AND e.happened_at <= %(as_of)s AND e.received_at <= %(as_of)s",
    changed="AND h.changed_at <= %(as_of)s",
)
_END_OF_TIME = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
_LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `kind` is its category, `name` the event's name or what changed, `details` its opened properties."""

    id: UUID
    at: datetime
    kind: str
    name: str
    source: str | None
    details: dict[str, Any]
    actor_id: int | None


def get_timeline(
    customer_id: UUID, *, limit: int, cursor: str | None = None, kind: str = "", as_of: datetime | None = None
) -> tuple[list[Moment], str | None]:
    """Return a page of a customer's timeline within the open scope, as of now or of a time, and the cursor of the next."""
    at, last = _END_OF_TIME, _LAST
    if cursor:
        value, last = cursors.decode(cursor, "timeline")
        at = datetime.fromisoformat(str(value))
    with connection.cursor() as db:
        asked: dict[str, UUID | datetime | int | str | None] = {
            "id": customer_id,
            "at": at,
            "last": last,
            "limit": limit + 1,
            "kind": kind,
            "as_of": as_of,
        }
        db.execute(_NOW if as_of is None else _THEN, asked)
        rows = db.fetchall()
    keys = get_data_keys({row[7] for row in rows if row[6] is not None})
    moments = [_moment(row, keys) for row in rows[:limit]]
    following = (
        cursors.encode("timeline", moments[-1].at.isoformat(), moments[-1].id) if len(rows) > limit else None
    )
    return moments, following


def _moment(row: Any, keys: dict[UUID, bytes]) -> Moment:
    details = dict(from_json(row[5]))
    if row[6] is not None and row[7] in keys:
        details.update(unseal(keys[row[7]], row[6], EVENT_PLACE, row[0]))
    return Moment(row[0], row[1], row[2], row[3], row[4], details, row[8])
