"""The sealer: takes what is committed, in batches, chains and signs it. One at a time, by an advisory lock.

Only events of transactions older than every running one are taken: ids are not given in the order of commits, and
"everything above the last id" would skip whoever commits late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections, transaction

from kehu.govern.sealing.keyring import Keyring
from kehu.govern.trail import anchors, merkle, signing

ALIAS = "sealer"
LOCK = 0x6B617564
MOST = 5000

_WAITING = "SELECT EXISTS (SELECT FROM govern_audit_event WHERE batch IS NULL)"
_LAST = "SELECT number, head, at FROM govern_audit_batch ORDER BY number DESC LIMIT 1"
_READY = """
SELECT *, pg_snapshot_xmin(pg_current_snapshot())::text FROM govern_audit_event
WHERE batch IS NULL AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY id LIMIT %s
"""
_INSERT = """
INSERT INTO govern_audit_batch (number, at, count, leaves, root, head, signature, key_version, up_to_xid)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ANCHORED_FROM = "SELECT number, at, count, head FROM govern_audit_batch WHERE number > %s ORDER BY number"


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain."""

    number: int = 0
    head: bytes = merkle.GENESIS
    at: datetime = _LONG_AGO


def seal_pending(now: datetime, *, ring: Keyring) -> int:
    """Seal every event that may be sealed now; returns how many. Nothing is done while another sealer works."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_WAITING)
        if not cursor.fetchone()[0]:
            return 0
    total = 0
    while count := _seal_batch(now, ring):
        total += count
    if total:
        write_anchors()
    return total


def write_anchors() -> None:
    """Anchor every batch that is not anchored yet; a kill between sealing and anchoring is made good here."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_ANCHORED_FROM, [anchors.last_number()])
        rows = cursor.fetchall()
    if rows:
        anchors.append(anchors.Anchor(number, at, count, bytes(head)) for number, at, count, head in rows)


def _seal_batch(now: datetime, ring: Keyring) -> int:
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_LAST)
        row = cursor.fetchone()
        last = Head(row[0], bytes(row[1]), row[2]) if row else Head()
        cursor.execute(_READY, [MOST])
        names = [column.name for column in cursor.description][:-1]
        rows = cursor.fetchall()
        if rows:
            events = [dict(zip(names, event, strict=False)) for event in rows]
            _write(cursor, events, _Sealing(last, max(now, last.at), int(rows[0][-1])), ring)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Sealing:
    """Where and when a batch is sealed."""

    last: Head
    at: datetime
    up_to_xid: int


def _write(cursor: Any, events: Sequence[Mapping[str, Any]], where: _Sealing, ring: Keyring) -> None:
    leaves = [merkle.leaf(merkle.canonical(event)) for event in events]
    number, count, root = where.last.number + 1, len(events), merkle.root(leaves)
    head = merkle.head(before=where.last.head, root=root, number=number, count=count, at=where.at)
    version, signature = signing.sign(ring, head)
    index = b"".join(event["id"].bytes + leaf for event, leaf in zip(events, leaves, strict=True))
    cursor.execute(_INSERT, [number, where.at, count, index, root, head, signature, version, where.up_to_xid])
    cursor.execute(
        "UPDATE govern_audit_event SET batch = %s WHERE id = ANY(%s)", [number, [e["id"] for e in events]]
    )
