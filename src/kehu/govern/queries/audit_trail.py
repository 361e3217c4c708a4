"""Reading the audit trail: newest first, by keyset, with the reason opened. Whoever reads leaves a trace himself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.govern.audit import REASON, object_ref
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import from_json

_EVENTS = """
SELECT e.id, e.at, e.actor_id, e.actor_kind, u.name, e.action, e.object_kind, e.object_ref, e.fields, e.reason_sealed,
  e.decision, e.row_count, e.details, e.batch, e.request_id
FROM govern_audit_event e LEFT JOIN govern_user u ON u.id = e.actor_id
WHERE {where} ORDER BY e.at DESC, e.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What to look for; `object` is `kind:id`, or a kind alone."""

    actor_id: int | None = None
    action: str = ""
    object: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event; `batch` is None while it waits to be sealed."""

    id: UUID
    at: datetime
    actor_id: int | None
    actor_kind: str
    actor_name: str
    action: str
    object_kind: str
    object_ref: str
    fields: tuple[str, ...]
    reason: str
    decision: str
    row_count: int | None
    details: dict[str, Any]
    batch: int | None
    request_id: str


def list_events(
    question: Question, *, limit: int, before: tuple[datetime, UUID] | None = None
) -> list[AuditEntry]:
    """Return events, newest first, older than the event `before` (its time and id)."""
    pieces, values = _conditions(question)
    if before is not None:
        pieces.append("(e.at, e.id) < (%s, %s)")
        values.extend(before)
    query = _EVENTS.format(where=" AND ".join(pieces) or "true")
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, limit])
        return [_entry(row) for row in cursor.fetchall()]


def _conditions(question: Question) -> tuple[list[str], list[Any]]:
    kind, _, identity = question.object.partition(":")
    asked = [
        ("e.actor_id = %s", question.actor_id),
        ("e.action = %s", question.action or None),
        ("e.object_kind = %s", kind or None),
        ("e.object_ref = %s", object_ref(kind, identity) if identity else None),
        ("e.at >= %s", question.since),
        ("e.at < %s", question.until),
    ]
    kept = [(sql, value) for sql, value in asked if value is not None]
    return [sql for sql, _ in kept], [value for _, value in kept]


def _entry(row: Any) -> AuditEntry:
    reason = keyring().unstage(row[9], REASON).decode() if row[9] is not None else ""
    return AuditEntry(
        row[0], row[1], row[2], row[3], row[4] or "", row[5], row[6], row[7], tuple(row[8]), reason,
        row[10], row[11], from_json(row[12]), row[13], row[14],
    )  # fmt: skip
