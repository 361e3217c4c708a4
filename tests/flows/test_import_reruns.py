"""What an import leaves for the next one: a trial leaves nothing, a run leaves its mapping to its source."""

from pathlib import Path

from django.utils import timezone
from tests.world import NOW, World

from kehu.collect import imports
from kehu.collect.models import Import, Refusal, Source
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.platform.scope import SYSTEM, acting

ROWS = "客户号,姓名,手机\n6155401604,沈静仪,13857101234\n6155401605,顾长林,13074259464\n"


def a_waiting_import(source: Source, tmp_path: Path) -> Import:
    path = tmp_path / "customers.csv"
    path.write_text(ROWS, encoding="utf-8")
    return start_import(
        upload=upload_file(path), source=source, mapping=None, waits=True, actor_id=None, now=timezone.now()
    )


def test_the_figures_and_refusals_of_a_trial_are_forgotten(world: World, tmp_path: Path) -> None:
    job = a_waiting_import(world.core, tmp_path)
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(rows_read=2, rows_accepted=1, rows_rejected=1, started_at=NOW)
        Refusal.objects.create(import_ref=job, row=2, reason_code="x", sealed=b"")

        imports.forget_trial(job)

        job.refresh_from_db()
        assert (job.rows_read, job.rows_accepted, job.rows_rejected, job.started_at) == (0, 0, 0, None)
        assert not Refusal.objects.filter(import_ref=job).exists()


def test_figures_of_an_import_that_has_written_rows_stay(world: World, tmp_path: Path) -> None:
    job = a_waiting_import(world.core, tmp_path)
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(position=2000, rows_read=2000)

        imports.forget_trial(job)

        job.refresh_from_db()
        assert job.rows_read == 2000


def test_the_next_file_of_a_source_keeps_the_field_of_its_key_column(world: World, tmp_path: Path) -> None:
    first = a_waiting_import(world.core, tmp_path)
    with acting(SYSTEM):
        Import.objects.filter(pk=first.pk).update(state="queued")
    run_import(first.pk)

    world.core.refresh_from_db()
    second = a_waiting_import(world.core, tmp_path)

    assert second.mapping["key"] == "客户号"
    assert second.mapping["columns"]["客户号"] == "customer_no"
