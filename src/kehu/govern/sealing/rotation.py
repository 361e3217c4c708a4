"""Versions of keys: a new one is announced, used, and the old one retired only when nothing is left under it.

Processes learn of versions every few seconds and keep them for a transaction. So each step waits until every
transaction that may not know of the step before has ended: no search misses a row, no row is left behind.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection, transaction

from kehu.govern import audit
from kehu.govern.models.keys import KeyVersion
from kehu.govern.sealing import keyring as keyrings
from kehu.platform.db import bulk
from kehu.platform.errors import Conflict
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

Purpose = Literal["wrap", "index", "staging"]
Tell = Callable[[Text], None]
BATCH = 2000
STAGED = (
    ("collect_inbox", "sealed"),
    ("collect_quarantined", "sealed"),
    ("platform_idempotent_outcome", "sealed"),
    ("resolve_review", "note_sealed"),
    ("govern_consent", "evidence_sealed"),
    ("engage_survey_invitation", "sealed"),
    ("resolve_blocked_value", "sealed"),
    ("engage_channel_account", "secrets_sealed"),
    ("engage_suppression", "sealed"),
    ("engage_dead_letter", "sealed"),
    ("engage_sink_mail", "sealed"),
)
_UNDER = (
    "CASE WHEN length({column}) > 3 THEN get_byte({column}, 2) * 256 + get_byte({column}, 3) = ANY(%s) END"
)
_OLDER = """
SELECT owner_id, wrapped FROM govern_data_key WHERE version <> %s ORDER BY owner_id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_LEFT = "SELECT count(*) FROM govern_data_key WHERE version <> %s"
_LATE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s
"""
_NOW = "SELECT clock_timestamp()"


class KeysNotRetired(Conflict):
    """Something is still sealed or indexed with an old key, so the key stays."""

    code = "keys_not_retired"


@dataclass(frozen=True, slots=True)
class Versions:
    """The living versions of one purpose: `target` is the newest, `older` are to be retired."""

    target: int
    older: tuple[int, ...]
    is_active: bool


def get_versions(purpose: Purpose) -> Versions:
    """Return what lives of a purpose."""
    living = KeyVersion.objects.filter(purpose=purpose, retired_at__isnull=True).order_by("version")
    rows = list(living.values_list("version", "activated_at"))
    return Versions(rows[-1][0], tuple(version for version, _ in rows[:-1]), rows[-1][1] is not None)


def begin(purpose: Purpose, *, now: datetime) -> Versions:
    """Add the next version, unless a rotation was begun and not finished: that one is gone on with.

    A new index key is not used for writing before `activate`.
    """
    found = get_versions(purpose)
    if not found.older and found.is_active:
        with transaction.atomic(using="owner"):
            keyrings.add_version(purpose=purpose, now=now, is_active=purpose != "index")
        _note("keys.add", purpose, now)
    return get_versions(purpose)


def activate(purpose: Purpose, *, now: datetime) -> None:
    """Let the newest version be used for what is written from now on."""
    KeyVersion.objects.using("owner").filter(purpose=purpose, activated_at__isnull=True).update(
        activated_at=now
    )


def retire(purpose: Purpose, versions: Versions, *, left: int, now: datetime) -> None:
    """Retire the older versions. Raises KeysNotRetired when anything is `left` under them: count right before.

    A retired key is kept: backups, and reasons in the audit trail, are read with it. It seals and finds nothing new.
    """
    if left:
        raise KeysNotRetired(
            Text(
                f"还有 {left} 条数据使用旧密钥，旧密钥保留。再次执行即可继续。",
                f"{left} rows still use the old key, so it stays. Run the command again to go on.",
            )
        )
    KeyVersion.objects.using("owner").filter(purpose=purpose, version__in=versions.older).update(
        retired_at=now
    )
    _note("keys.retire", purpose, now)


def _note(action: str, purpose: str, now: datetime) -> None:
    with transaction.atomic():
        audit.record(action=action, actor_id=None, now=now, object_kind="key", object_id=purpose)


def settle(tell: Tell) -> None:
    """Wait until every process knows the present versions, and every transaction that may not has ended."""
    time.sleep(keyrings.REFRESH_SECONDS * 1.25)
    outwait(tell)


def outwait(tell: Tell) -> None:
    """Wait until every transaction that is open now has ended."""
    since: datetime | None = None
    told = 0.0
    while True:
        with connection.cursor() as cursor:
            if since is None:
                cursor.execute(_NOW)
                since = cursor.fetchone()[0]
            cursor.execute(_LATE, [since])
            late = cursor.fetchone()[0]
        if not late:
            return
        if time.monotonic() - told > keyrings.REFRESH_SECONDS:
            tell(Text(f"等待 {late} 个进行中的事务结束", f"waiting for {late} open transactions to end"))
            told = time.monotonic()
        time.sleep(0.05)


def rewrap(versions: Versions, tell: Tell) -> None:
    """Wrap every data key with the newest version, batch by batch; a kill loses nothing and a second run goes on."""
    left = count_wrapped(versions)
    while left:
        done = 0
        while count := _rewrap_batch(versions.target):
            done += count
            tell(Text(f"重新加封数据密钥 {done}/{left}", f"data keys wrapped anew: {done}/{left}"))
        settle(tell)
        left = count_wrapped(versions)


def count_wrapped(versions: Versions) -> int:
    """Return how many data keys are wrapped with an older version."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LEFT, [versions.target])
        return int(cursor.fetchone()[0])


def _rewrap_batch(target: int) -> int:
    with acting(SYSTEM), transaction.atomic():
        ring = keyrings.keyring()
        with connection.cursor() as cursor:
            cursor.execute(_OLDER, [target, BATCH])
            rows: list[tuple[UUID, bytes]] = cursor.fetchall()
        changed = [
            (owner, target, ring.wrap(ring.unwrap(wrapped, owner), owner, target)) for owner, wrapped in rows
        ]
        return bulk.update("govern_data_key", "owner_id", ("version", "wrapped"), changed)


def count_staged(versions: Versions) -> int:
    """Return how many rows wait that were sealed with an older staging key."""
    total = 0
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        for table, column in STAGED:
            where = _UNDER.format(column=column)
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", [list(versions.older)])
            total += cursor.fetchone()[0]
    return total


def restage(versions: Versions, tell: Tell) -> None:
    """Seal what waits under an older staging key with the newest, batch by batch.

    A row that is being applied is passed over; once its transaction has ended it is gone, or is sealed in a second pass.
    """
    done = 0
    for _ in range(2):
        for table, column in STAGED:
            while count := _restage_batch(table, column, versions):
                done += count
                tell(Text(f"重新加封等待中的数据 {done}", f"waiting data sealed anew: {done}"))
        outwait(tell)


def _restage_batch(table: str, column: str, versions: Versions) -> int:
    place = f"{table}.{column}"
    query = f"SELECT ctid::text, {column} FROM {table} WHERE {_UNDER.format(column=column)} LIMIT %s FOR UPDATE SKIP LOCKED"
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        ring = keyrings.keyring()
        cursor.execute(query, [list(versions.older), BATCH])
        rows = cursor.fetchall()
        for where, sealed in rows:
            renewed = ring.stage(ring.unstage(sealed, place), place)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE ctid = %s::tid", [renewed, where])
    return len(rows)
