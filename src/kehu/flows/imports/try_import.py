"""The dry run: the very same work in one transaction that is taken back, with what it would have done told afterwards.

Up to 200,000 rows are tried exactly; of a larger file the rest is not, and the summary says so.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kehu.collect import imports
from kehu.collect.files.form import Row
from kehu.collect.files.rows import read_rows
from kehu.collect.models import Import
from kehu.collect.reading import Refused
from kehu.collect.tracking.reading.file_rows import EventPlan
from kehu.flows.consent.ingest_consents import ingest_consents
from kehu.flows.events.ingest_events import ingest_rows
from kehu.flows.imports.summary import Summary
from kehu.flows.imports.work import Batch, Work, ahead, count_customers, read_batches, write_refusals
from kehu.flows.ingest import ingest
from kehu.govern import audit
from kehu.govern.fields.registry import registry
from kehu.govern.sealing.files import open_sealed
from kehu.platform.db import bulk, locks

MOST_ROWS = 200_000
MOST_REFUSED = 100_000


@dataclass
class Trial:
    """What the dry run found."""

    summary: Summary
    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    reviews: int = 0
    created: int = 0
    updated: int = 0
    refused: list[Refused] = field(default_factory=list)
    is_cancelled: bool = False
    is_whole: bool = True


def try_import(work: Work) -> None:
    """Try an import and write down what would happen; the data is untouched."""
    trial = Trial(Summary(registry(), wants_samples=True))
    with transaction.atomic():
        _run(work, trial)
        trial.created, trial.updated = count_customers(work.job)
        transaction.set_rollback(True)
    _write(work, trial)


def _run(work: Work, trial: Trial) -> None:
    job = work.job
    with open_sealed(imports.path_of(job.pk), file_id=job.pk, key=work.key) as stream:
        rows = read_rows(stream, imports.form_of(job), 0)
        for batch in bulk.uncollected(ahead(read_batches(work, rows), waiting=locks.renew)):
            refused = _try(work, batch, trial)
            trial.read += len(batch.rows)
            trial.summary.refuse(refused)
            trial.refused.extend(refused[: MOST_REFUSED - len(trial.refused)])
            if _is_unwanted(job.pk, trial.read):
                trial.is_cancelled = True
                return
            if trial.read >= MOST_ROWS:
                trial.is_whole = False
                return


def _try(work: Work, batch: Batch, trial: Trial) -> list[Refused]:
    if work.events:
        return _try_events(work, work.events, batch.rows, trial)
    if work.consents:
        took = ingest_consents(batch.rows, plan=work.consents, job=work.job, now=timezone.now())
        trial.accepted += took.accepted
        trial.unchanged += took.unchanged
        return took.refused
    done = ingest(
        batch.statements, source=work.job.source, policy=work.policy, import_id=work.job.pk, actor_id=work.job.actor_id,
        now=timezone.now(), observer=trial.summary.observe, drafts=batch.drafts,
    )  # fmt: skip
    trial.accepted += len(batch.statements)
    trial.unchanged += done.unchanged
    trial.reviews += len(done.decision.doubts)
    return batch.refused


def _try_events(work: Work, plan: EventPlan, batch: list[Row], trial: Trial) -> list[Refused]:
    done = ingest_rows(
        batch,
        plan=plan,
        source=work.job.source,
        import_id=work.job.pk,
        actor_id=work.job.actor_id,
        now=timezone.now(),
    )
    trial.accepted += done.accepted
    trial.unchanged += done.unchanged
    trial.reviews += done.reviews
    return done.refused


def _is_unwanted(import_id: UUID, read: int) -> bool:
    """Tell the progress and hear the wish on a connection of its own: the trial's own transaction is taken back."""
    with transaction.atomic(using="aside"):
        Import.objects.using("aside").filter(pk=import_id).update(rows_read=read)
        return Import.objects.using("aside").filter(pk=import_id, wish="cancel").exists()


def _write(work: Work, trial: Trial) -> None:
    now = timezone.now()
    with transaction.atomic():
        write_refusals(work, trial.refused)
        Import.objects.filter(pk=work.job.pk).update(
            state="uploaded" if trial.is_cancelled else "succeeded",
            wish="", rows_read=trial.read, rows_accepted=trial.accepted, rows_rejected=trial.read - trial.accepted,
            rows_unchanged=trial.unchanged, customers_created=trial.created, customers_updated=trial.updated,
            reviews_opened=trial.reviews, finished_at=now, position=0,
            summary={**trial.summary.told(), "is_whole": trial.is_whole},
            **({"rows_total": trial.read} if trial.is_whole and not trial.is_cancelled else {}),
        )  # fmt: skip
        audit.record(
            action="import.tried", actor_id=work.job.actor_id, now=now, object_kind="import", object_id=work.job.pk,
            row_count=trial.read,
        )  # fmt: skip
