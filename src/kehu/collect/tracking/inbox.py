"""The durable inbox: one sealed row a request, committed before it is acknowledged, deleted by what applied it.

The web process may only put in. How much waits is told by the counter of ids and the mark that applying leaves.
"""

import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import msgspec
from django.db import connection

from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Unavailable
from kehu.platform.text import Text

PLACE = "collect_inbox.sealed"
LOCK = 0x6B696E62
_PUT = "INSERT INTO collect_inbox (source_id, received_at, count, sealed) VALUES (%s, %s, %s, %s)"
_TAKE = "SELECT id, source_id, received_at, count, sealed FROM collect_inbox ORDER BY id LIMIT %s"
_LAST = "SELECT last_value FROM collect_inbox_id_seq"
_WAITING = (
    "SELECT (SELECT last_value FROM collect_inbox_id_seq) - (SELECT applied_id FROM collect_inbox_mark)"
)
_MARK = "UPDATE collect_inbox_mark SET applied_id = greatest(applied_id, %s)"
_COUNT = "SELECT coalesce(sum(count), 0) FROM collect_inbox WHERE %s::int IS NULL OR source_id = %s"
_FAST = 1
_waiting: dict[str, tuple[float, int]] = {}


class InboxFull(Unavailable):
    """More batches wait than the installation allows; what was sent is not taken."""

    code: ClassVar[str] = "inbox_full"

    def __init__(self) -> None:
        super().__init__(Text("待处理的事件太多，稍后自动重试。", "Too many events wait. Send again later."))


class Head(msgspec.Struct):
    """What stands before the body in a row: the type that the address named, for single events."""

    type: str = ""


_encode_head = msgspec.json.Encoder().encode
_decode_head = msgspec.json.Decoder(Head).decode


@dataclass(frozen=True, slots=True)
class Waiting:
    """One acknowledged request, still sealed."""

    id: int
    source_id: int
    received_at: datetime
    count: int
    sealed: bytes

    def open(self) -> tuple[Head, bytes]:
        """Return what stands before the body, and the clear body. Raises SealBroken."""
        head, _, body = zlib.decompress(keyring().unstage(self.sealed, PLACE)).partition(b"\n")
        return _decode_head(head), body


def put(*, source_id: int, head: Head, body: bytes, count: int, received_at: datetime) -> None:
    """Write one request into the inbox. Outside a transaction it is durable when this returns."""
    sealed = keyring().stage(zlib.compress(_encode_head(head) + b"\n" + body, _FAST), PLACE)
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [source_id, received_at, count, sealed])


def check_room(most: int) -> None:
    """Pass while at most `most` batches wait, by a count that is a second old at most. Raises InboxFull."""
    database = str(connection.settings_dict["NAME"])
    at, count = _waiting.get(database, (0.0, 0))
    moment = time.monotonic()
    if moment - at > 1:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            count = int(cursor.fetchone()[0] or 0)
        _waiting[database] = (moment, count)
    if count > most:
        raise InboxFull


def count_waiting(source_id: int | None) -> int:
    """Count the events of a source, or of all, that are not applied yet; under the system's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [source_id, source_id])
        return int(cursor.fetchone()[0])


def last_id() -> int:
    """Return the highest id given so far; it may belong to a row that is not committed yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return int(cursor.fetchone()[0])


def lock() -> bool:
    """Become the only one to apply, until the transaction ends; False when somebody else is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def take(*, rows: int, events: int) -> list[Waiting]:
    """Return the oldest rows: at most `rows`, and no more than hold `events` events, but at least one."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [rows])
        found = [Waiting(*row) for row in cursor.fetchall()]
    total = 0
    for place, row in enumerate(found):
        total += row.count
        if total > events and place:
            return found[:place]
    return found


def delete(rows: Sequence[Waiting]) -> None:
    """Take applied rows out, in the transaction that applied them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM collect_inbox WHERE id = ANY(%s)", [[row.id for row in rows]])
        cursor.execute(_MARK, [max(row.id for row in rows)])
