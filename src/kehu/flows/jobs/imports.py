"""Imports, and what is computed or sealed anew after a change of fields."""

from uuid import UUID

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from kehu.collect.models import Import
from kehu.flows.imports.run_import import run_import
from kehu.flows.upkeep.recompute import recompute
from kehu.flows.upkeep.seal_field import seal_open_fields
from kehu.govern.fields import sealings
from kehu.platform.jobs import RETRY
from kehu.platform.scope import SYSTEM, acting


@app.task(name="flows.run_import", queue="imports", retry=RETRY)
def run_import_job(import_id: str) -> None:
    """Run an import to its end."""
    run_import(UUID(import_id))


@app.task(name="flows.resume_imports", queueing_lock="resume_imports")
def resume_imports_job() -> None:
    """Take up imports that nobody works on: their process was killed, or the server was restarted. A held one is left."""
    with acting(SYSTEM), transaction.atomic():
        waiting = list(Import.objects.filter(state__in=("queued", "running")).values_list("pk", flat=True))
    for import_id in waiting:
        try:
            with transaction.atomic():
                run_import_job.configure(queueing_lock=f"import-{import_id}").defer(import_id=str(import_id))
        except exceptions.AlreadyEnqueued:
            continue


@app.task(name="flows.recompute", queue="imports", retry=RETRY)
def recompute_job(actor_id: int | None) -> None:
    """Compute every golden record anew."""
    recompute(actor_id=actor_id)


def queue_recompute(*, actor_id: int | None) -> None:
    """Have every golden record computed anew, once the open transaction is committed; one that waits already is enough."""
    try:
        with transaction.atomic():
            recompute_job.configure(queueing_lock="recompute").defer(actor_id=actor_id)
    except exceptions.AlreadyEnqueued:
        return


@app.task(name="flows.seal_fields", queue="imports", lock="seal_fields", retry=RETRY)
def seal_fields_job() -> None:
    """Seal what lay clear of fields whose class was raised."""
    seal_open_fields()


@app.task(name="flows.resume_sealing", queueing_lock="resume_sealing")
def resume_sealing_job() -> None:
    """Take up a sealing that nobody works on any more."""
    with acting(SYSTEM), transaction.atomic():
        if sealings.open_keys():
            queue_sealing()


def queue_sealing() -> None:
    """Have every field that waits for it sealed, once the open transaction is committed."""
    try:
        with transaction.atomic():
            seal_fields_job.configure(queueing_lock="seal_fields").defer()
    except exceptions.AlreadyEnqueued:
        return
