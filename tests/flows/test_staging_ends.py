"""What an import keeps for a while has an end: files, samples of a trial, refused rows. The daily job tells how much."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from tests.api.staff import trail
from tests.world import NOW, World

from kehu.collect import imports
from kehu.collect.models import Import, Refusal
from kehu.flows.daily import clean_up
from kehu.flows.erase_customer import erase_customer
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import queue, start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer

ROWS = "客户号,姓名,手机\n6155401604,沈静仪,13857101234\n6155401605,顾长林,1.39E+10\n"


def an_import(world: World, tmp_path: Path, *, waits: bool = False) -> Import:
    """Run an import to its end, or leave it waiting."""
    path = tmp_path / "customers.csv"
    path.write_text(ROWS)
    job = start_import(
        upload=upload_file(path), source=world.core, mapping=None, waits=waits, actor_id=None, now=NOW
    )
    run_import(job.pk)
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).exclude(state="uploaded").update(finished_at=NOW)
        return imports.get_import(job.pk)


def a_tried_one(world: World, tmp_path: Path) -> Import:
    """Leave an import as a trial leaves it."""
    job = an_import(world, tmp_path, waits=True)
    samples = {"created": [{"customer": "x", "name": "沈静仪"}]}
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(
            state="succeeded", is_dry_run=True, finished_at=NOW, summary={"samples": samples, "reasons": []}
        )
        return imports.get_import(job.pk)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def clean_up_after(days: float) -> dict[str, int]:
    """Clean up as if so many days had passed, by what the imports say: the files of other tests are of today."""
    past = timezone.now() - timedelta(days=days)
    with acting(SYSTEM):
        Import.objects.filter(created_at=NOW).update(created_at=past)
        Import.objects.filter(finished_at=NOW).update(finished_at=past)
    return clean_up(now=timezone.now())


@pytest.mark.parametrize(("days", "kept"), [(89.9, 1), (90.1, 0)])
def test_refused_rows_are_erased_when_their_time_is_over(
    world: World, tmp_path: Path, days: float, kept: int
) -> None:
    job = an_import(world, tmp_path)
    assert imports.refusals_until(job, now=NOW) == after(90)

    clean_up_after(days)

    with acting(SYSTEM):
        job.refresh_from_db()
        assert Refusal.objects.filter(import_ref=job).count() == kept
        assert (job.refusals_erased_at is None) is bool(kept)
    assert trail("housekeeping")[0].details["refusals"] == 1 - kept


def test_the_file_and_the_samples_of_a_trial_go_after_a_week(world: World, tmp_path: Path) -> None:
    job = a_tried_one(world, tmp_path)

    clean_up_after(7.1)

    with acting(SYSTEM):
        job.refresh_from_db()
    assert "samples" not in job.summary
    assert not imports.has_file(job)
    with pytest.raises(imports.ImportNotReady):
        imports.require_open(job)


@pytest.mark.parametrize(("days", "state"), [(29.9, "uploaded"), (30.1, "cancelled")])
def test_an_upload_that_nobody_takes_up_ends(world: World, tmp_path: Path, days: float, state: str) -> None:
    job = an_import(world, tmp_path, waits=True)

    clean_up_after(days)

    with acting(SYSTEM):
        job.refresh_from_db()
    assert job.state == state


def test_the_file_of_an_upload_that_ended_goes_too(world: World, tmp_path: Path) -> None:
    job = an_import(world, tmp_path, waits=True)
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(state="cancelled", finished_at=NOW)

    assert clean_up_after(7.1)["uploads"] == 1
    assert not imports.has_file(job)


def test_erasing_a_person_erases_the_refused_rows_and_samples_that_held_him(
    world: World, tmp_path: Path
) -> None:
    brought, tried = an_import(world, tmp_path), a_tried_one(world, tmp_path)
    with acting(SYSTEM):
        customer = Customer.objects.get(name="沈静仪")
    actor = world.actor(world.steward)

    with acting(actor.scope), transaction.atomic():
        erase_customer(customer_id=customer.pk, reason="本人要求", actor=actor, now=after(1))

    with acting(SYSTEM):
        brought.refresh_from_db()
        tried.refresh_from_db()
        assert not Refusal.objects.filter(import_ref=brought).exists()
    assert brought.refusals_erased_at == after(1)
    assert tried.summary == {"reasons": []}


def test_rows_that_a_later_run_refuses_have_a_time_of_their_own(world: World, tmp_path: Path) -> None:
    job = a_tried_one(world, tmp_path)
    with acting(SYSTEM):
        Import.objects.filter(pk=job.pk).update(refusals_erased_at=after(3), is_dry_run=False)
        queue(imports.get_import(job.pk))
    run_import(job.pk)

    with acting(SYSTEM):
        job.refresh_from_db()
        assert Refusal.objects.filter(import_ref=job).count() == 1
    assert job.finished_at is not None
    assert imports.refusals_until(job, now=NOW) == job.finished_at + timedelta(days=90)
