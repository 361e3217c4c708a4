"""Background work: Procrastinate on PostgreSQL, enqueued in the request's transaction, with a rescuer for stalled jobs.

A worker that was killed leaves its job in `doing`; the rescuer gives it back after a few seconds, unless another of the
same queueing lock waits already. A job that has ended its worker too often is given up, or it would come back for ever.
"""

import logging
from typing import Any

from procrastinate import App, RetryStrategy, exceptions
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

STALLED_SECONDS = 8
MOST_ATTEMPTS = 5
RETRY = RetryStrategy(max_attempts=3, exponential_wait=2)

log = logging.getLogger(__name__)


def configure(app: App) -> None:
    """Register the rescuer on the application that Django makes."""

    @app.periodic(cron="* * * * * */10")
    @app.task(queueing_lock="rescue", pass_context=True, name="platform.rescue")
    async def rescue(context: Any, timestamp: int) -> None:
        """Give back the jobs of workers that stopped answering."""
        del timestamp
        manager = context.app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            await _give_back(manager, job)


async def _give_back(manager: JobManager, job: Job) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        log.error("job given up after ending its worker too often", extra={"job": job.task_name})
        return
    try:
        await manager.retry_job(job)
    except exceptions.UniqueViolation:  # another with its queueing lock waits to do the same
        await manager.finish_job(job, status=Status.ABORTED, delete_job=True)
        log.warning("stalled job left to the one that waits in its place", extra={"job": job.task_name})
    else:
        log.warning("stalled job given back", extra={"job": job.task_name})
