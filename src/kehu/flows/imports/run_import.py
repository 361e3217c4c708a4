"""Running an import: batch by batch, each in one transaction with its progress, so that a kill loses and doubles nothing.

`position` is the last row that is committed; whoever takes the job up again goes on behind it.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from kehu.collect import imports
from kehu.collect.consent_rows import consent_plan_of
from kehu.collect.files.form import Row
from kehu.collect.files.rows import read_rows
from kehu.collect.models import Import
from kehu.collect.reading import Plan, Refused, plan_of
from kehu.collect.records import Policy
from kehu.collect.tracking.reading.file_rows import EventPlan, event_plan_of
from kehu.flows.consent.ingest_consents import ingest_consents
from kehu.flows.events.ingest_events import ingest_rows
from kehu.flows.imports.remember import remember
from kehu.flows.imports.start_import import places
from kehu.flows.imports.summary import Summary
from kehu.flows.imports.try_import import try_import
from kehu.flows.imports.work import Batch, Work, ahead, count_customers, read_batches, write_refusals
from kehu.flows.ingest import get_basis, ingest
from kehu.govern import audit
from kehu.govern.fields.registry import registry
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.files import open_sealed
from kehu.platform.db import bulk, locks
from kehu.platform.errors import KehuError
from kehu.platform.scope import SYSTEM, acting

log = logging.getLogger(__name__)

NO_PLAN = Plan((), None, None, None, None, 0)
UNEXPECTED = {
    "code": "unexpected",
    "zh": "导入中途停下了，已写入的行都在。点“继续”从停下的那一行接着做；再停就把编号告诉管理员。",
    "en": "The import stopped; the rows written so far are kept. Resume goes on behind them; if it stops again, tell your administrator the id.",
}


@dataclass(slots=True)
class Tally:
    """What one batch adds to the figures of its import."""

    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    created: int = 0
    updated: int = 0
    reviews: int = 0
    refused: list[Refused] = field(default_factory=list)


def run_import(import_id: UUID) -> None:
    """Run an import to its end, from where it stands. Every end is a state of the import; nothing is raised for data."""
    with locks.held(import_id) as is_mine, acting(SYSTEM):
        job = _begin(import_id) if is_mine else None
        if job is None:
            return
        try:
            _go(job)
        except KehuError as error:
            _end(job, "failed", fault={"code": error.code, "zh": error.text.zh, "en": error.text.en})
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("import failed", extra={"import_id": str(import_id)}, exc_info=error)
            _end(job, "failed", fault=UNEXPECTED)


def _go(job: Import) -> None:
    with transaction.atomic():
        work = _prepare(job)
    if job.is_dry_run:
        try_import(work)
    else:
        _run(work)


def _begin(import_id: UUID) -> Import | None:
    with transaction.atomic():
        job = (
            Import.objects.select_for_update(of=("self",))
            .select_related("source")
            .filter(pk=import_id)
            .first()
        )
        if job is None or job.state not in {"queued", "running"}:
            return None
        if job.wish == "cancel":
            Import.objects.filter(pk=import_id).update(state="cancelled", wish="", finished_at=timezone.now())
            return None
        job.state, job.started_at = "running", job.started_at or timezone.now()
        job.save(update_fields=["state", "started_at"])
    return job


def _prepare(job: Import) -> Work:
    columns, fields = imports.form_of(job).columns, registry()
    return Work(
        job=job,
        plan=plan_of(columns, job.mapping, fields) if job.kind == "customer" else NO_PLAN,
        events=event_plan_of(columns, job.mapping, fields) if job.kind == "event" else None,
        consents=consent_plan_of(columns, job.mapping, fields) if job.kind == "consent" else None,
        places=places(),
        policy=Policy(job.options.get("existing", "update"), bool(job.options.get("clears_empty"))),
        key=get_data_keys([job.pk])[job.pk],
        basis=get_basis(),
    )


def _run(work: Work) -> None:
    job = work.job
    with open_sealed(imports.path_of(job.pk), file_id=job.pk, key=work.key) as stream:
        rows = read_rows(stream, imports.form_of(job), job.position + 1)
        for batch in bulk.uncollected(ahead(read_batches(work, rows), waiting=locks.renew)):
            with transaction.atomic():
                _one_batch(work, batch)
                wish = Import.objects.filter(pk=job.pk).values_list("wish", flat=True).get()
            if wish == "cancel":
                _end(job, "cancelled")
                return
    _end(job, "succeeded")


def _one_batch(work: Work, batch: Batch) -> None:
    job, now = work.job, timezone.now()
    summary = Summary(registry(), wants_samples=False)
    tally = _take(work, batch, summary, now)
    refused = tally.refused
    write_refusals(work, refused)
    summary.refuse(refused)
    _progress(job, tally, summary, batch.rows[-1].number)
    audit.record(
        action="import.batch", actor_id=job.actor_id, now=now, object_kind="import", object_id=job.pk,
        row_count=tally.read,
        details={"accepted": tally.accepted, "refused": len(refused), "created": tally.created},
    )  # fmt: skip


def _take(work: Work, batch: Batch, summary: Summary, now: datetime) -> Tally:
    if work.events is not None:
        return _take_events(work, work.events, batch.rows, now)
    if work.consents is not None:
        took = ingest_consents(batch.rows, plan=work.consents, job=work.job, now=now)
        return Tally(
            read=len(batch.rows), accepted=took.accepted, unchanged=took.unchanged, updated=took.updated,
            refused=took.refused,
        )  # fmt: skip
    done = ingest(
        batch.statements, source=work.job.source, policy=work.policy, import_id=work.job.pk, actor_id=work.job.actor_id,
        now=now, observer=summary.observe, drafts=batch.drafts,
    )  # fmt: skip
    return Tally(
        read=len(batch.rows), accepted=len(batch.statements), unchanged=done.unchanged, created=len(done.profiles.created),
        updated=len(done.profiles.updated), reviews=len(done.decision.doubts), refused=batch.refused,
    )  # fmt: skip


def _take_events(work: Work, plan: EventPlan, batch: list[Row], now: datetime) -> Tally:
    done = ingest_rows(
        batch, plan=plan, source=work.job.source, import_id=work.job.pk, actor_id=work.job.actor_id, now=now
    )
    return Tally(
        read=len(batch), accepted=done.accepted, unchanged=done.unchanged, created=done.created,
        updated=done.updated, reviews=done.reviews, refused=done.refused,
    )  # fmt: skip


_PROGRESS = """
UPDATE collect_import SET position = %(position)s, rows_read = rows_read + %(read)s, rows_accepted = rows_accepted + %(accepted)s,
  rows_rejected = rows_rejected + %(rejected)s, rows_unchanged = rows_unchanged + %(unchanged)s,
  customers_created = customers_created + %(created)s, customers_updated = customers_updated + %(updated)s,
  reviews_opened = reviews_opened + %(reviews)s, rows_total = greatest(rows_total, rows_read + %(read)s), summary = %(summary)s
WHERE id = %(id)s
"""


def _progress(job: Import, tally: Tally, summary: Summary, position: int) -> None:
    """Add a batch to the figures; the summary of the batches before is taken up from the row itself."""
    summary.merge(Import.objects.filter(pk=job.pk).values_list("summary", flat=True).get())
    values: dict[str, Any] = {
        "id": job.pk, "position": position, "read": tally.read, "accepted": tally.accepted,
        "rejected": len(tally.refused), "unchanged": tally.unchanged, "created": tally.created,
        "updated": tally.updated, "reviews": tally.reviews, "summary": Jsonb(summary.told()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, values)


def _end(job: Import, state: str, *, fault: dict[str, Any] | None = None) -> None:
    now = timezone.now()
    with transaction.atomic():
        locks.require(job.pk)
        row = Import.objects.filter(pk=job.pk)
        changes: dict[str, Any] = {"state": state, "finished_at": now, "fault": fault, "wish": ""}
        if state != "failed" and job.kind != "event":
            changes["customers_created"], changes["customers_updated"] = count_customers(job)
        if state == "succeeded":
            changes["rows_total"] = row.values_list("rows_read", flat=True).get()
            if job.kind == "customer":
                remember(job)
        row.update(**changes)
        audit.record(
            action=f"import.{state}", actor_id=job.actor_id, now=now, object_kind="import", object_id=job.pk
        )
    log.info("import ended", extra={"import_id": str(job.pk), "state": state})
