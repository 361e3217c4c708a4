"""Leases that die with their holder: session-level advisory locks of PostgreSQL, by an id.

A killed holder's connection ends, and its lock with it. One that is frozen keeps its connection: whoever comes for the
lock ends the connection of a holder that has not spoken for a lease, and all that the holder may still send is void.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from kehu.platform.errors import Unavailable
from kehu.platform.text import Text

LEASE_SECONDS = 20.0
END_MILLISECONDS = 5000

_HOLDER = """
FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = %(high)s AND l.objid = %(low)s
"""
_END_SILENT = f"""
SELECT count(pg_terminate_backend(a.pid, {END_MILLISECONDS})) FROM pg_stat_activity a
WHERE a.pid IN (SELECT l.pid {_HOLDER}) AND a.wait_event_type = 'Client'
  AND a.state_change < clock_timestamp() - make_interval(secs => %(lease)s)
"""
_IS_MINE = f"SELECT EXISTS (SELECT 1 {_HOLDER} AND l.pid = pg_backend_pid())"


class LeaseLost(Unavailable):
    """Another process has taken the work over, since this one did not speak for a lease."""

    code = "lease_lost"

    def __init__(self) -> None:
        super().__init__(Text("这项任务已由另一个进程接手。", "Another process has taken this work over."))


@contextmanager
def held(identity: UUID) -> Iterator[bool]:
    """Try to hold the lease of an id for the block; yields False at once when somebody who is alive holds it."""
    is_held = _try(identity) or (_end_silent(identity) and _try(identity))
    try:
        yield is_held
    finally:
        if is_held and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_key(identity)])


def renew() -> None:
    """Speak to the database: a holder calls this while he waits for something else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def require(identity: UUID) -> None:
    """Raise LeaseLost unless this connection holds the lease: it may be a new one, the old one having been ended."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_MINE, _halves(identity))
        if not cursor.fetchone()[0]:
            raise LeaseLost


def _try(identity: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_key(identity)])
        return bool(cursor.fetchone()[0])


def _end_silent(identity: UUID) -> bool:
    """End the connection of a holder that has been silent for longer than a lease; tells whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(_END_SILENT, {**_halves(identity), "lease": LEASE_SECONDS})
        return bool(cursor.fetchone()[0])


def _key(identity: UUID) -> int:
    return int.from_bytes(identity.bytes[8:], "big", signed=True)


def _halves(identity: UUID) -> dict[str, int]:
    """Return the key as `pg_locks` shows it."""
    return {
        "high": int.from_bytes(identity.bytes[8:12], "big"),
        "low": int.from_bytes(identity.bytes[12:], "big"),
    }
