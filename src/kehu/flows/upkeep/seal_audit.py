"""Sealing the audit trail: a loop beside the worker, never more than a second behind, and one call for commands and tests."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connections
from django.utils import timezone

from kehu.govern.sealing.keyring import Keyring, keyring
from kehu.govern.trail import sealer
from kehu.platform.errors import KehuError

PAUSE_SECONDS = 0.5
LONGEST_PAUSE = 30.0
log = logging.getLogger(__name__)


def seal_pending(now: datetime) -> int:
    """Seal what may be sealed now; returns how many events."""
    return sealer.seal_pending(now, ring=keyring())


@contextmanager
def sealing() -> Iterator[None]:
    """Seal in a thread of its own within the block; what stands is sealed once more at the end."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(stop,), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _run(stop: threading.Event) -> None:
    pause = PAUSE_SECONDS
    ring: Keyring | None = None
    while True:
        is_last = stop.is_set()
        try:
            ring = ring or _keys()
            sealer.seal_pending(timezone.now(), ring=ring)
            pause = PAUSE_SECONDS
        except (DatabaseError, KehuError, OSError):
            log.exception("the audit trail could not be sealed; trying again")
            connections.close_all()
            pause = min(pause * 2, LONGEST_PAUSE)
        if is_last:
            connections.close_all()
            return
        stop.wait(pause)


def _keys() -> Keyring:
    """Read the keys once: the audit key does not rotate, and the loop stays with one connection."""
    ring = keyring()
    connections["default"].close()
    return ring
