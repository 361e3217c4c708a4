"""Events that could not be applied: kept sealed with their reason until they are replayed or dropped."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import connection

from kehu.collect.tracking.reading.messages import Arrival
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.errors import Conflict, NotFound
from kehu.platform.text import Text

PLACE = "collect_quarantined.sealed"
STATES = ("open", "replayed", "dropped")
_COLUMNS = ("source_id", "received_at", "content_index", "reason_code", "sealed", "state")
_LIST = """
SELECT q.id, s.key, s.name, q.received_at, q.reason_code, q.state, q.resolved_at FROM collect_quarantined q
JOIN collect_source s ON s.id = q.source_id WHERE q.state = %s ORDER BY q.received_at DESC, q.id DESC LIMIT %s
"""
_GET = "SELECT id, source_id, received_at, reason_code, sealed, state FROM collect_quarantined WHERE id = %s FOR UPDATE"


class QuarantinedNotFound(NotFound):
    """No event of this number waits."""

    code: ClassVar[str] = "quarantined_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个待处理事件。", "There is no such event in quarantine."))


class AlreadyResolved(Conflict):
    """The event was replayed or dropped already."""

    code: ClassVar[str] = "quarantined_resolved"

    def __init__(self) -> None:
        super().__init__(Text("这个事件已经处理过。", "This event was replayed or dropped already."))


@dataclass(frozen=True, slots=True)
class Bad:
    """An event to put away: its raw bytes, how it came in, and why it could not be applied."""

    raw: bytes
    arrival: Arrival
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """An event taken out to be looked at or replayed."""

    id: int
    source_id: int
    reason: str
    raw: bytes
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    id: int
    source_key: str
    source_name: str
    received_at: datetime
    reason_code: str
    state: str
    resolved_at: datetime | None


class _Kept(msgspec.Struct):
    raw: bytes
    received_at: datetime
    sent_at: Any = None
    type: str = ""


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(_Kept).decode


def put_away(source_id: int, bad: Sequence[Bad]) -> int:
    """Seal and keep bad events; one that waits already is not kept twice. Returns how many are new."""
    ring = keyring()
    rows = []
    for each in bad:
        arrival = each.arrival
        kept = _Kept(each.raw, arrival.received_at, arrival.sent_at, arrival.type)
        index = ring.stable(f"quarantined|{source_id}", hashlib.sha256(each.raw).hexdigest())
        rows.append(
            (source_id, arrival.received_at, index, each.reason, ring.stage(_pack(kept), PLACE), "open")
        )
    return bulk.insert("collect_quarantined", _COLUMNS, rows, conflict="ON CONFLICT DO NOTHING")


def list_quarantined(state: str, limit: int) -> list[Listed]:
    """Return the newest events in a state."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, [state, limit])
        return [Listed(*row) for row in cursor.fetchall()]


def hold(number: int) -> Held:
    """Lock an open event and open it. Raises QuarantinedNotFound or AlreadyResolved."""
    with connection.cursor() as cursor:
        cursor.execute(_GET, [number])
        row = cursor.fetchone()
    if row is None:
        raise QuarantinedNotFound
    if row[5] != "open":
        raise AlreadyResolved
    kept = _unpack(keyring().unstage(row[4], PLACE))
    return Held(row[0], row[1], row[3], kept.raw, Arrival(kept.received_at, kept.sent_at, kept.type))


def resolve(number: int, *, state: str, now: datetime) -> None:
    """Close an event; its content is wiped, the line stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collect_quarantined SET state = %s, resolved_at = %s, sealed = '' WHERE id = %s",
            [state, now, number],
        )


_ALL = "SELECT id, sealed FROM collect_quarantined WHERE id > %s ORDER BY id LIMIT 1000"


def forget(marks: Collection[str]) -> int:
    """Delete every kept event, in whatever state, that holds one of these values; for erasure. Returns how many."""
    wanted = [mark.encode() for mark in marks if mark]
    ring, last, gone = keyring(), 0, list[int]()
    with connection.cursor() as cursor:
        while wanted:
            cursor.execute(_ALL, [last])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            for number, sealed in rows:
                raw = _unpack(ring.unstage(sealed, PLACE)).raw
                if any(mark in raw for mark in wanted):
                    gone.append(number)
        cursor.execute("DELETE FROM collect_quarantined WHERE id = ANY(%s)", [gone])
    return len(gone)
