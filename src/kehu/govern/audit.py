"""Writing the audit trail. An event goes into the transaction of what it reports: no audit, no commit."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from kehu.govern.sealing.keyring import keyring
from kehu.platform.ids import new_id

_INSERT = """
INSERT INTO govern_audit_event (id, at, actor_id, actor_kind, action, object_kind, object_ref, fields, reason_sealed,
  decision, row_count, details, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
REASON = "govern_audit_event.reason"


def object_ref(kind: str, identity: UUID | int | str) -> str:
    """Return the reference under which the trail knows an object: a digest for customers, so that erasure cuts the tie."""
    if kind != "customer":
        return str(identity)
    return hashlib.sha256(keyring().stable("audit|customer", str(identity))).hexdigest()[:32]


def record(
    *,
    action: str,
    actor_id: int | None,
    now: datetime,
    object_kind: str = "",
    object_id: UUID | int | str = "",
    fields: Sequence[str] = (),
    reason: str = "",
    decision: str = "done",
    row_count: int | None = None,
    details: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> UUID:
    """Write one event in the open transaction; `reason` is free text and is sealed. Returns the event's id."""
    event_id = new_id()
    sealed = keyring().stage(reason.encode(), REASON) if reason else None
    values: list[Any] = [
        event_id, now, actor_id, "user" if actor_id else "system", action, object_kind,
        object_ref(object_kind, object_id) if object_id != "" else "", list(fields), sealed, decision, row_count,
        Jsonb(dict(details or {})), request_id,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
    return event_id


def record_apart(*, action: str, actor_id: int | None, **what: Any) -> None:
    """Write one event in a transaction of its own: refusals and sign-ins, whose request may roll back."""
    with transaction.atomic():
        record(action=action, actor_id=actor_id, now=timezone.now(), **what)
