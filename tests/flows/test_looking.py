"""What waits for work is made a job once; what does not costs no job."""

import inspect
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from tests.world import NOW

from kehu.analyze.models.traits import Trait
from kehu.flows.analyze.traits.queue_refresh import queue_refresh
from kehu.flows.jobs.imports import resume_sealing_job
from kehu.flows.jobs.looking import LOOKS, Look, look
from kehu.flows.jobs.traits import refresh_traits_job
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def trait() -> Trait:
    with acting(SYSTEM):
        return Trait.objects.create(
            key="logins", name_zh="登录", name_en="Sign-ins", unit="次", used_for="试", origin="events", kind="number",
            definition={"event": "登录", "aggregate": "count"}, created_at=NOW,
        )  # fmt: skip


def waiting(name: str) -> int:
    """Return how many jobs of a name wait."""
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [name]
        )
        return int(cursor.fetchone()[0])


def test_what_is_wanted_waits_once() -> None:
    asked: list[datetime] = []

    def is_wanted(now: datetime) -> bool:
        asked.append(now)
        return True

    one = Look(resume_sealing_job, 5, is_wanted)

    assert look(one, NOW)
    assert not look(one, NOW)
    assert waiting("flows.resume_sealing") == 1
    assert asked == [NOW, NOW]


def test_what_is_not_wanted_costs_no_job() -> None:
    assert not look(Look(resume_sealing_job, 5, lambda now: False), NOW)  # noqa: ARG005 (asked by place)
    assert waiting("flows.resume_sealing") == 0


@pytest.mark.parametrize("one", LOOKS, ids=lambda one: one.job.name)
def test_an_empty_house_wants_nothing(one: Look, db: Any) -> None:
    assert one.job.queueing_lock
    if one.job.name != "flows.sync_lake":  # a lake that was never written is always behind
        assert not look(one, NOW)


def test_a_refresh_that_is_queued_is_one_that_its_job_takes(trait: Trait) -> None:
    del trait
    with acting(SYSTEM):
        queue_refresh()

    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'flows.refresh_traits' AND status = 'todo'"
        )
        [(args,)] = cursor.fetchall()
    given = args if isinstance(args, dict) else from_json(args)
    inspect.signature(refresh_traits_job.func).bind(**given)
