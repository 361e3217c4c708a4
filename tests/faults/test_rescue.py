"""Jobs of a worker that died are given back; one that is waited for already, or that kills its workers, holds up no other."""

from tests.installation import Installation, until

HOLD = "import time; from kehu.platform.postgres.server import ensure; ensure(); time.sleep(600)"
DEAD = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
STALLED = """
INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock, attempts, worker_id)
VALUES ('flows.seal_fields', 'imports', 'doing', 'twin', 0, %(dead)s), ('flows.seal_fields', 'imports', 'todo', 'twin', 0, NULL),
  ('flows.recompute', 'imports', 'doing', 'killer', 5, %(dead)s), ('flows.seal_fields', 'imports', 'doing', 'last', 0, %(dead)s)
"""
LEFT = """
SELECT queueing_lock, status::text FROM procrastinate_jobs WHERE queueing_lock IN ('twin', 'killer', 'last') ORDER BY 1
"""
BROKEN = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed' AND task_name = 'platform.rescue'"


def test_no_stalled_job_holds_up_another(installation: Installation) -> None:
    installation.start_python("-c", HOLD)
    installation.ask("SELECT 1")
    with installation.connect() as connection:
        row = connection.execute(DEAD).fetchone()
        connection.execute(STALLED.encode(), {"dead": row[0] if row else None})

    installation.start("worker")

    until(lambda: installation.query(LEFT) == [("killer", "failed")], 40)
    assert installation.query(BROKEN) == [(0,)]
