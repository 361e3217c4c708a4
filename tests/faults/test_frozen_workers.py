"""F-05, F-06: workers that are killed or frozen over a job; another takes it within a lease, and nothing late is written."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import Installation, until

from kehu.platform import jobs
from kehu.platform.db import locks
from kehu.platform.postgres.server import EmbeddedServer

ROWS = 8_000
QUEUE = """
from pathlib import Path
from django.utils import timezone
from kehu.collect.sources import get_source
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
job = start_import(upload=upload_file(Path(sys.argv[1])), source=get_source("core"), mapping=None, actor_id=None,
    now=timezone.now())
print(json.dumps(str(job.pk)))
"""
STATE = "SELECT state, rows_read, rows_accepted, position FROM collect_import"
EFFECTS = """
SELECT (SELECT count(*) FROM collect_record), (SELECT count(*) FROM collect_record_version),
  (SELECT count(*) FROM profile_customer), (SELECT count(*) FROM resolve_link WHERE ended_at IS NULL),
  (SELECT count(*) FROM profile_change WHERE kind = 'created'),
  (SELECT sum(row_count) FROM govern_audit_event WHERE action = 'import.batch')
"""
WRITING = """
SELECT count(DISTINCT a.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND a.xact_start IS NOT NULL AND a.backend_xid IS NOT NULL
  AND a.query NOT LIKE 'COMMIT%' AND a.usename = 'kehu_app'
"""
OLD = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name <> 'flows.run_import'"


@pytest.fixture
def queued(installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with an import that waits for a worker, and a server that outlives every worker."""
    path = tmp_path / "customers.csv"
    lines = [f"{number},客户{number},139{number:08d}" for number in range(ROWS)]
    path.write_text("客户号,姓名,手机\n" + "\n".join(lines) + "\n", encoding="utf-8")
    with EmbeddedServer(installation.home):
        installation.do(QUEUE, str(path))
        yield installation


def has_begun(installation: Installation) -> bool:
    return bool(installation.query(STATE)[0][3] > 0)


def assert_whole(installation: Installation, seconds: float) -> None:
    until(lambda: installation.query(STATE)[0][0] == "succeeded", seconds)
    assert installation.query(STATE)[0][1:3] == (ROWS, ROWS)
    assert installation.query(EFFECTS) == [(ROWS,) * 6]


def freeze_while_it_writes(installation: Installation, worker: subprocess.Popen[bytes]) -> None:
    """Stop a worker at an instant at which its batch is written in part and not committed."""
    with installation.connect() as watching:
        for _ in range(400):
            os.kill(worker.pid, signal.SIGSTOP)
            time.sleep(0.02)
            if watching.execute(WRITING).fetchone() != (0,):
                return
            os.kill(worker.pid, signal.SIGCONT)
            time.sleep(0.01)
    pytest.fail("the worker was never caught in a batch")


def test_a_frozen_worker_is_replaced_and_writes_nothing_late(queued: Installation) -> None:
    frozen = queued.start("worker")
    until(lambda: has_begun(queued))
    freeze_while_it_writes(queued, frozen)
    assert queued.query(STATE)[0][0] == "running"

    queued.start("worker")
    assert_whole(queued, locks.LEASE_SECONDS + 30)
    os.kill(frozen.pid, signal.SIGCONT)
    time.sleep(5)

    assert_whole(queued, 1)
    until(
        lambda: queued.query("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == [(0,)], 20
    )


def test_when_the_rescuer_is_killed_another_rescues_the_job_and_the_rescue(queued: Installation) -> None:
    first = queued.start("worker")
    until(lambda: has_begun(queued))
    os.kill(first.pid, signal.SIGKILL)
    with queued.connect() as brake:
        brake.autocommit = False
        brake.execute("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'flows.run_import' FOR UPDATE")
        rescuer = queued.start("worker")
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'kehu_app'"
        )
        until(lambda: queued.query(waiting)[0][0] > 0, 40)
        os.kill(rescuer.pid, signal.SIGKILL)
        brake.rollback()
    killed = time.monotonic()

    queued.start("worker")

    assert_whole(queued, 2 * jobs.STALLED_SECONDS + 30)
    until(lambda: queued.query(OLD) == [(0,)], 2 * jobs.STALLED_SECONDS)
    assert time.monotonic() - killed < 4 * jobs.STALLED_SECONDS + 30
