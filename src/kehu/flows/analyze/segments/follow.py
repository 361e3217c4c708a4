"""Beside the worker: segments follow within a second of what happened, and of their own when time passes.

PostgreSQL wakes the loop when a transaction that touched customers commits; in between it looks at what falls due.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseFault
from django.db import connection
from django.utils import timezone
from psycopg import Connection

from kehu.analyze.segments.saved.following import fall_due, follow
from kehu.platform.errors import KehuError

LOOK_SECONDS = 10.0
WAKE_SECONDS = 0.5
"""How long the loop sleeps without looking whether it should end."""
REST_SECONDS = 1.0
log = logging.getLogger(__name__)


@contextmanager
def following() -> Iterator[None]:
    """Follow in a thread of this process while the block lasts."""
    end = threading.Event()
    thread = threading.Thread(target=_run, args=(end,), name="follow-segments", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(timeout=5)


def turn() -> float:
    """Follow once, what was touched and what falls due. Returns how many seconds it took."""
    began = time.monotonic()
    follow(now=timezone.now())
    fall_due(now=timezone.now())
    return time.monotonic() - began


def _run(end: threading.Event) -> None:
    while not end.is_set():
        try:
            with connection.cursor() as cursor:
                cursor.execute("LISTEN kehu_touched")
            _listen(end)
        except (DatabaseFault, KehuError):
            log.warning("segments could not follow; trying again")
            _forget_connection()
            end.wait(REST_SECONDS)
        except Exception:
            log.exception("following of segments stopped; trying again")
            _forget_connection()
            end.wait(REST_SECONDS)
    _forget_connection()


def _listen(end: threading.Event) -> None:
    look_at = 0.0
    while not end.is_set():
        if _is_woken() or time.monotonic() >= look_at:
            end.wait(
                turn()
            )  # as long at rest as at work: an import has the machine to itself half of the time
            look_at = time.monotonic() + LOOK_SECONDS


def _is_woken() -> bool:
    raw = connection.connection
    if not isinstance(raw, Connection):
        raise DatabaseFault
    return bool(list(raw.notifies(timeout=WAKE_SECONDS, stop_after=1)))


def _forget_connection() -> None:
    try:
        connection.close()
    except DatabaseFault:
        log.debug("connection was gone already")
