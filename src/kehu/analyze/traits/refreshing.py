"""Traits follow what happens: customers who were touched are computed anew at once, all of them by night, since windows slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kehu.analyze.mirror.asking import states_of
from kehu.analyze.mirror.datasets import customers, events, links
from kehu.analyze.models.traits import Trait
from kehu.analyze.traits.computing import Traits, turns, values_of_some, values_of_turn
from kehu.analyze.traits.reading import read_trait
from kehu.analyze.traits.values import count_holders, put
from kehu.govern.fields.registry import registry
from kehu.platform.db import locks
from kehu.platform.db.transactions import horizon
from kehu.platform.scope import SYSTEM, acting

CUSTOMERS_AT_ONCE = 5_000
_LEASE = UUID("6c616b65-0000-4000-8000-747261697401")
_TOUCHED = """
SELECT l.cluster_id FROM collect_event e JOIN resolve_link l ON l.record_id = e.record_id AND l.ended_at IS NULL
WHERE e.written_in >= %(since)s
UNION SELECT l.cluster_id FROM resolve_link l WHERE l.written_in >= %(since)s
"""
_IS_TOUCHED = """
SELECT EXISTS (SELECT FROM collect_event e WHERE e.written_in >= %(since)s)
  OR EXISTS (SELECT FROM resolve_link l WHERE l.written_in >= %(since)s)
"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a run did: traits computed for all customers, customers computed anew, values that changed."""

    traits: int
    customers: int
    changed: int


def wants_refresh() -> bool:
    """Tell whether a trait waits to be computed, or something came since. Answered without loading what computes."""
    with acting(SYSTEM), transaction.atomic():
        marks = [one.watermark for one in _active()]
        if not marks:
            return False
        if min(marks) == 0:
            return True
        with connection.cursor() as cursor:
            cursor.execute(_IS_TOUCHED, {"since": min(marks)})
            return bool(cursor.fetchone()[0])


def refresh(*, now: datetime, is_full: bool = False) -> Refreshed:
    """Bring values up to date; nothing where another process is at it. `is_full` computes everything anew, by the lake."""
    with acting(SYSTEM), locks.held(_LEASE) as is_held:
        if not is_held:
            return Refreshed(0, 0, 0)
        whole, changed = _compute_all(now, is_full=is_full)
        touched, more = _compute_touched(now)
    return Refreshed(whole, touched, changed + more)


def _active() -> list[Trait]:
    return list(Trait.objects.filter(is_active=True, origin="events").order_by("id"))


def _read(found: Sequence[Trait]) -> Traits:
    return {one.pk: read_trait(one.definition) for one in found}


def _compute_all(now: datetime, *, is_full: bool) -> tuple[int, int]:
    """Compute those that were never computed, or all. The lake may lie behind: its watermark becomes theirs."""
    with transaction.atomic():
        wanted = [one for one in _active() if is_full or one.watermark == 0]
        states = list(states_of([customers(registry()), events(), links()]).values())
    if not wanted or any(state.synced_at is None for state in states):
        return 0, 0
    traits, changed = _read(wanted), 0
    for turn in turns(sum(file.rows for file in states[0].files)):
        with transaction.atomic():
            for batch in values_of_turn(traits, turn, now=now):
                changed += put(batch.values, traits=batch.traits, customers=batch.customers, now=now)
    with transaction.atomic():
        count_holders(list(traits))
        _mark(wanted, max(1, min(state.watermark for state in states)), now)
    return len(wanted), changed


def _compute_touched(now: datetime) -> tuple[int, int]:
    """Compute customers anew to whom something happened, or whose records are others, since the traits were computed."""
    with transaction.atomic():
        found = [one for one in _active() if one.watermark]
        if not found:
            return 0, 0
        until = horizon()
        with connection.cursor() as cursor:
            cursor.execute(_TOUCHED, {"since": min(one.watermark for one in found)})
            touched = sorted(row[0] for row in cursor.fetchall())
    traits, changed = _read(found), 0
    for first in range(0, len(touched), CUSTOMERS_AT_ONCE):
        some = touched[first : first + CUSTOMERS_AT_ONCE]
        with transaction.atomic():
            values = values_of_some(traits, some, now=now)
            changed += put(values, traits=list(traits), customers=some, now=now)
    with transaction.atomic():
        _mark(found, until, now)
    return len(touched), changed


def _mark(found: Sequence[Trait], watermark: int, now: datetime) -> None:
    """Note how far values are right; a definition that was changed meanwhile waits for its own."""
    for one in found:
        Trait.objects.filter(pk=one.pk, version=one.version).update(watermark=watermark, computed_at=now)
