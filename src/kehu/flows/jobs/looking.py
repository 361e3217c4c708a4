"""Beside the worker: what may wait for work is looked at every few seconds, and only what does is made a job.

A look costs one query; a job that finds nothing to do costs ten, and its worker its rest.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error as DatabaseFault
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.tasks import Task

from kehu.analyze.mirror.behind import is_behind
from kehu.analyze.modeling import queries as models
from kehu.analyze.segments.saved import following
from kehu.analyze.traits import refreshing
from kehu.collect.models import Import
from kehu.flows.engage.campaigns.due import is_due
from kehu.flows.jobs.campaigns import send_due_job
from kehu.flows.jobs.imports import resume_imports_job, resume_sealing_job
from kehu.flows.jobs.lake import sync_lake_job
from kehu.flows.jobs.traits import refresh_traits_job
from kehu.govern.fields import sealings
from kehu.platform.errors import KehuError
from kehu.platform.scope import SYSTEM, acting

POLL_SECONDS = 1.0
REST_SECONDS = 5.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """A job that is deferred when `is_wanted` says so, asked every `seconds`."""

    job: Task[..., Any, Any]
    seconds: float
    is_wanted: Callable[[datetime], bool]


def _models_want(now: datetime) -> bool:
    return refreshing.wants_refresh() or models.wants_refresh(now=now)


def _lake_wants(now: datetime) -> bool:
    return is_behind(now=now) or following.wants_refresh(now=now)


def _imports_wait(now: datetime) -> bool:
    del now
    with acting(SYSTEM), transaction.atomic():
        return Import.objects.filter(state__in=("queued", "running")).exists()


def _sealing_waits(now: datetime) -> bool:
    del now
    with acting(SYSTEM), transaction.atomic():
        return bool(sealings.open_keys())


LOOKS = (
    Look(send_due_job, 5, lambda now: is_due(now=now)),
    Look(refresh_traits_job, 5, _models_want),
    Look(resume_imports_job, 15, _imports_wait),
    Look(sync_lake_job, 30, _lake_wants),
    Look(resume_sealing_job, 30, _sealing_waits),
)


@contextmanager
def looking() -> Iterator[None]:
    """Look in a thread of this process while the block lasts."""
    end = threading.Event()
    thread = threading.Thread(target=_run, args=(end,), name="look", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join(timeout=5)


def look(one: Look, now: datetime) -> bool:
    """Defer the job if it is wanted and does not wait already; returns whether it was deferred."""
    if not one.is_wanted(now):
        return False
    try:
        with transaction.atomic():
            one.job.defer()
    except exceptions.AlreadyEnqueued:
        return False
    return True


def _run(end: threading.Event) -> None:
    due_at = dict.fromkeys(range(len(LOOKS)), 0.0)
    while not end.is_set():
        for place, one in enumerate(LOOKS):
            if time.monotonic() < due_at[place]:
                continue
            due_at[place] = time.monotonic() + one.seconds
            try:
                look(one, timezone.now())
            except (DatabaseFault, KehuError, exceptions.ProcrastinateException):
                log.warning(
                    "what waits for work could not be seen; trying again", extra={"job": one.job.name}
                )
                _rest(end)
            except Exception:
                log.exception("a look failed; trying again", extra={"job": one.job.name})
                _rest(end)
        end.wait(POLL_SECONDS)
    _forget_connection()


def _rest(end: threading.Event) -> None:
    _forget_connection()
    end.wait(REST_SECONDS)


def _forget_connection() -> None:
    try:
        connection.close()
    except DatabaseFault:
        log.debug("connection was gone already")
