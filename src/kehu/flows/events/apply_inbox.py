"""From the inbox to customers: batches are applied in order, and deleted in the transaction that applied them.

So a kill at any instant loses nothing and doubles nothing. A batch that cannot be written goes to quarantine, and
never holds up those behind it.
"""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from kehu.collect.models import Source
from kehu.collect.tracking import inbox, quarantine
from kehu.collect.tracking.quarantine import Bad
from kehu.collect.tracking.reading.body import read_batch
from kehu.collect.tracking.reading.messages import Arrival
from kehu.flows.analyze.traits.queue_refresh import queue_refresh
from kehu.flows.events.apply_events import Outcome, Raw, apply_events
from kehu.platform.scope import SYSTEM, acting

ROWS = 200
EVENTS = 4_000
POLL_SECONDS = 0.25
LOOK_SECONDS = 10.0
LINGER_SECONDS = 2.0
REST_SECONDS = 1.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Applied:
    """What one turn did; `rows` is 0 when nothing waited."""

    rows: int = 0
    events: int = 0
    quarantined: int = 0


def apply_next(*, now: datetime) -> Applied:
    """Apply the oldest batches in one transaction; when that fails, event by event, so that only the bad one is put away."""
    try:
        return _turn(EVENTS, ROWS, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("batches could not be applied together; applying the oldest event by event")
    return _one_alone(now)


def _turn(events: int, rows: int, now: datetime) -> Applied:
    with acting(SYSTEM), transaction.atomic():
        if not inbox.lock():
            return Applied()
        waiting = inbox.take(rows=rows, events=events)
        if not waiting:
            return Applied()
        done = _apply(waiting, now)
        inbox.delete(waiting)
    return done


def _apply(waiting: Sequence[inbox.Waiting], now: datetime) -> Applied:
    sources = Source.objects.in_bulk({row.source_id for row in waiting})
    raws: dict[int, list[Raw]] = {}
    for row in waiting:
        raws.setdefault(row.source_id, []).extend(_open(row))
    written = quarantined = 0
    for source_id, events in raws.items():
        outcome = apply_events(events, source=sources[source_id], now=now)
        written += outcome.written
        quarantined += quarantine.put_away(source_id, outcome.bad)
    if written:
        queue_refresh()
    return Applied(len(waiting), written, quarantined)


def _open(row: inbox.Waiting) -> list[Raw]:
    head, body = row.open()
    batch = read_batch(body)
    arrival = Arrival(row.received_at, batch.sent_at or None, head.type)
    return [Raw(bytes(event), arrival, place) for place, event in enumerate(batch.events)]


def _one_alone(now: datetime) -> Applied:
    """Apply the oldest batch event by event; one that fails even so is put away, and its fellows are written."""
    with acting(SYSTEM), transaction.atomic():
        if not inbox.lock() or not (waiting := inbox.take(rows=1, events=1)):
            return Applied()
        row = waiting[0]
        source = Source.objects.get(pk=row.source_id)
        written, bad = 0, list[Bad]()
        for raw in _open(row):
            outcome = _apply_alone(raw, source, now)
            written += outcome.written
            bad += outcome.bad
        count = quarantine.put_away(row.source_id, bad)
        inbox.delete(waiting)
    return Applied(1, written, count)


def _apply_alone(raw: Raw, source: Source, now: datetime) -> Outcome:
    try:
        with transaction.atomic():
            return apply_events([raw], source=source, now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("an event cannot be applied and goes to quarantine")
    return Outcome(bad=[Bad(raw.data, raw.arrival, "not_applied")])


def apply_all(*, now: datetime | None = None) -> int:
    """Apply until the inbox is empty; returns how many events were written."""
    total = 0
    while (done := apply_next(now=now or timezone.now())).rows:
        total += done.events
    return total


@contextmanager
def applying() -> Iterator[None]:
    """Apply what arrives, in a thread of this process, while the block lasts."""
    end = threading.Event()
    thread = threading.Thread(target=_run, args=(end,), name="apply-inbox", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(timeout=5)


def _run(end: threading.Event) -> None:
    """Look at the counter of ids, which costs next to nothing, and apply when it moved; outlive the database."""
    last, look_at, linger_until = -1, 0.0, 0.0
    while not end.is_set():
        try:
            highest, moment = inbox.last_id(), time.monotonic()
            if highest != last:
                last, look_at = highest, 0.0
                linger_until = moment + LINGER_SECONDS
            if moment >= look_at or moment < linger_until:
                while not end.is_set() and apply_next(now=timezone.now()).rows:
                    linger_until = time.monotonic() + LINGER_SECONDS
                look_at = time.monotonic() + LOOK_SECONDS
            end.wait(POLL_SECONDS)
        except DatabaseFault:
            log.warning("the database is away; events wait in the inbox")
            _forget_connection()
            last = -1
            end.wait(REST_SECONDS)
        except Exception:
            log.exception("applying the inbox stopped; trying again")
            _forget_connection()
            end.wait(REST_SECONDS)
    _forget_connection()


def _forget_connection() -> None:
    try:
        connection.close()
    except DatabaseFault:
        log.debug("connection was gone already")
