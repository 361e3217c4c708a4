"""Taking an import back, updates included: what it created is out of sight at once, what it changed is as before.

Values that somebody stated since stay as they are now; the preview says how many. Consents stay in the ledger, and count no more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kehu.collect import imports
from kehu.collect.models import Import
from kehu.collect.records import get_members
from kehu.collect.reverting import Reverting, Taken, touched_records
from kehu.flows.consent.project import project, project_spoken
from kehu.govern import audit
from kehu.govern.fields.registry import Registry, registry
from kehu.govern.purposes.ledger import void_import
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.errors import Conflict
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.golden import Rebuild
from kehu.profile.ties.hanging import hang_elsewhere
from kehu.resolve import operations as resolve
from kehu.resolve import undoing
from kehu.resolve.kinds import get_kinds

PORTION = 2000
REVERTIBLE = ("succeeded", "cancelled", "failed")


class RevertTooLate(Conflict):
    """The days in which an import may be taken back are over, or it is not in a state for it."""

    code = "revert_not_possible"


@dataclass(frozen=True, slots=True)
class Reverted:
    """What reverting did, or would do."""

    customers_removed: int
    customers_restored: int
    values_restored: int
    values_kept: int


def preview_revert(*, import_id: UUID, now: datetime) -> Reverted:
    """Return what reverting would do, by doing it and taking that back."""
    with acting(SYSTEM), transaction.atomic():
        result = _revert(import_id, actor_id=None, now=now)
        transaction.set_rollback(True)
    return result


def revert_import(*, import_id: UUID, actor_id: int | None, reason: str, now: datetime) -> Reverted:
    """Take an import back. Raises RevertTooLate, or ImportNotFound."""
    with acting(SYSTEM), transaction.atomic():
        result = _revert(import_id, actor_id=actor_id, now=now)
        Import.objects.filter(pk=import_id).update(state="reverted")
        audit.record(
            action="import.revert", actor_id=actor_id, now=now, object_kind="import", object_id=import_id, reason=reason,
            row_count=result.customers_removed + result.customers_restored,
            details={"removed": result.customers_removed, "kept": result.values_kept},
        )  # fmt: skip
    return result


def _revert(import_id: UUID, *, actor_id: int | None, now: datetime) -> Reverted:
    job = imports.get_import(import_id, for_update=True)
    _check(job, now)
    resolve.lock_resolution()
    if job.kind == "consent":
        ids, words = void_import(import_id, author_id=actor_id, now=now)
        return Reverted(0, project_spoken(ids, now), words, 0)
    fields = registry()
    if job.kind == "event":
        _remove_events(import_id)
    taken = Taken()
    clusters = undoing.part_merged(import_id, author_id=actor_id, now=now)
    for portion in batched_ids(touched_records(import_id)):
        part = Reverting(import_id=import_id, fields=fields, actor_id=actor_id, now=now).take_back(portion)
        hang_elsewhere(part.withdrawn)
        clusters |= undoing.end_links(part.withdrawn, now=now)
        clusters |= _reidentify(part.restored, fields, now)
        taken.values_restored += part.values_restored
        taken.values_kept += part.values_kept
    undoing.withdraw_reviews(import_id, now=now)
    removed, restored = _rebuild(clusters, fields, resolve.Cause(None, actor_id, now), job.source_id)
    return Reverted(removed, restored, taken.values_restored, taken.values_kept)


def batched_ids(ids: list[UUID]) -> list[list[UUID]]:
    """Return ids in portions of 2,000."""
    return [ids[i : i + PORTION] for i in range(0, len(ids), PORTION)]


def _check(job: Import, now: datetime) -> None:
    if job.state not in REVERTIBLE or job.is_dry_run:
        raise RevertTooLate(
            Text("这次导入不能撤回：还没有结束，或者已经撤回。", "This import cannot be reverted: it has not ended, or is reverted already.")
        )  # fmt: skip
    if now - job.created_at > timedelta(days=imports.REVERT_DAYS):
        raise RevertTooLate(
            Text(
                f"超过 {imports.REVERT_DAYS} 天，不能再撤回。",
                f"More than {imports.REVERT_DAYS} days have passed; it can no longer be reverted.",
            )
        )


def _remove_events(import_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM collect_event WHERE import_id = %s", [import_id])


def _reidentify(records: list[UUID], fields: Registry, now: datetime) -> set[UUID]:
    """Write the identifiers of restored records anew; returns their clusters."""
    if not records:
        return set()
    kinds, ring = get_kinds(), keyring()
    homes = resolve.get_clusters_of(records)
    members = get_members(records)
    rows = [
        (record, sign.kind.id, sign.value, homes[record], now)
        for record, member in members.items()
        if record in homes
        for sign in resolve.signs_of(member.values, fields, kinds, ring)
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM resolve_identifier WHERE record_id = ANY(%s)", [records])
    columns = ("record_id", "kind", "value", "cluster_id", "seen_at")
    bulk.insert("resolve_identifier", columns, rows, conflict="ON CONFLICT DO NOTHING")
    return set(homes.values())


def _rebuild(clusters: set[UUID], fields: Registry, cause: resolve.Cause, source_id: int) -> tuple[int, int]:
    removed = restored = 0
    for portion in batched_ids(sorted(clusters)):
        records = undoing.get_records_of(portion)
        members = get_members(record for found in records.values() for record in found)
        state = {c: [members[r] for r in found if r in members] for c, found in records.items()}
        result = Rebuild(fields=fields, cause=cause, source_id=source_id).rebuild(state)
        removed += len(result.removed)
        restored += len(result.updated) + len(result.created)
        project((c for c, found in state.items() if found), cause.now)
    return removed, restored
