"""The ledger of sends: planned once, claimed by one sender, ended once. Everything here is within the system's scope."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array
from kehu.platform.ids import new_id

_PLAN = ("id", "campaign_id", "step", "customer_id", "occurrence", "variant", "state", "planned_at", "not_before",
         "reason", "attempts", "provider_id")  # fmt: skip
_ONCE = "ON CONFLICT (campaign_id, step, customer_id, occurrence) DO NOTHING"
_NEXT = """
SELECT s.id, s.campaign_id, s.step, s.customer_id, s.occurrence, s.variant, s.attempts
FROM engage_send s JOIN engage_campaign c ON c.id = s.campaign_id AND c.state = 'running'
WHERE s.state = 'planned' AND s.not_before <= %(now)s
ORDER BY c.priority DESC, s.not_before, s.id LIMIT %(limit)s FOR UPDATE OF s SKIP LOCKED
"""
_CLAIM = "UPDATE engage_send SET state = 'claimed', claimed_at = %(now)s, attempts = attempts + 1 WHERE id = ANY(%(ids)s::uuid[])"
_END = """
UPDATE engage_send s SET state = e.state, reason = e.reason, provider_id = e.provider_id, ended_at = %(now)s
FROM unnest(%(ids)s::uuid[], %(states)s::text[], %(reasons)s::text[], %(providers)s::text[]) AS e(id, state, reason, provider_id)
WHERE s.id = e.id AND s.state IN ('planned', 'claimed')
"""
_PUT_OFF = """
UPDATE engage_send s SET state = 'planned', not_before = p.not_before, reason = p.reason, claimed_at = NULL
FROM unnest(%(ids)s::uuid[], %(times)s::timestamptz[], %(reasons)s::text[]) AS p(id, not_before, reason)
WHERE s.id = p.id AND s.state IN ('planned', 'claimed')
"""
_CLAIMED = "SELECT id FROM engage_send WHERE state = 'claimed' FOR UPDATE"
_FORGET = "UPDATE engage_send SET customer_id = NULL WHERE customer_id = ANY(%s::uuid[])"
_STOP = """
UPDATE engage_send SET state = 'stopped', reason = %(reason)s, ended_at = %(now)s
WHERE campaign_id = %(campaign)s AND state = 'planned'
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row to be: `state` is `planned`, or `held` for who is held out; it goes out no sooner than `not_before`."""

    customer_id: UUID
    occurrence: str
    variant: str
    is_held: bool
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that is due."""

    id: UUID
    campaign_id: UUID
    step: int
    customer_id: UUID | None
    occurrence: str
    variant: str
    attempts: int


@dataclass(frozen=True, slots=True)
class End:
    """What became of a row."""

    id: UUID
    state: str
    reason: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row that waits for a later moment, and why."""

    id: UUID
    not_before: datetime
    reason: str


def plan(campaign_id: UUID, rows: Iterable[Planned], *, step: int, now: datetime) -> int:
    """Write rows that are not there yet; returns how many. Planning again after a crash writes nothing twice."""
    made = (
        (new_id(), campaign_id, step, one.customer_id, one.occurrence, one.variant,
         "held" if one.is_held else "planned", now, one.not_before or now, "holdout" if one.is_held else "", 0, "")
        for one in rows
    )  # fmt: skip
    return bulk.insert("engage_send", _PLAN, made, conflict=_ONCE)


def next_rows(*, limit: int, now: datetime) -> list[Waiting]:
    """Return rows that are due, locked until the transaction ends: of the most important campaign first."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"now": now, "limit": limit})
        return [Waiting(*row) for row in cursor.fetchall()]


def claim(ids: Collection[UUID], *, now: datetime) -> None:
    """Take rows: whoever finds them claimed later has to know what was handed over."""
    _execute(_CLAIM, {"ids": uuid_array(ids), "now": now})


def end(ends: Sequence[End], *, now: datetime) -> int:
    """Write what became of rows; one that has ended stays as it is. Returns how many."""
    if not ends:
        return 0
    return _execute(
        _END,
        {
            "ids": uuid_array([one.id for one in ends]), "states": [one.state for one in ends],
            "reasons": [one.reason[:64] for one in ends], "providers": [one.provider_id[:200] for one in ends],
            "now": now,
        },
    )  # fmt: skip


def put_off(rows: Sequence[PutOff]) -> int:
    """Have rows wait. Returns how many."""
    if not rows:
        return 0
    return _execute(
        _PUT_OFF,
        {
            "ids": uuid_array([one.id for one in rows]), "times": [one.not_before for one in rows],
            "reasons": [one.reason[:64] for one in rows],
        },
    )  # fmt: skip


def lock_claimed() -> list[UUID]:
    """Return rows that a sender took and never ended, locked."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMED)
        return [row[0] for row in cursor.fetchall()]


def stop(campaign_id: UUID, *, reason: str, now: datetime) -> int:
    """End every row that still waits. Returns how many."""
    return _execute(_STOP, {"campaign": campaign_id, "reason": reason, "now": now})


def forget_customers(customer_ids: Collection[UUID]) -> None:
    """Forget whom rows were for, of erased customers; what waits for them is never sent, since nobody is there."""
    _execute(_FORGET, [uuid_array(customer_ids)])


def _execute(query: str, values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return int(cursor.rowcount)
