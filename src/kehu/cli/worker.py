"""The background worker: Procrastinate in this process, three jobs at a time."""

import asyncio

CONCURRENCY = 3


def work() -> int:
    """Run jobs until SIGTERM; beside them seal the audit trail, apply the inbox, have segments follow and look for work; returns the exit status."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from kehu.flows.analyze.segments.follow import following
    from kehu.flows.engage.channels.mail_sink import sinking
    from kehu.flows.events.apply_inbox import applying
    from kehu.flows.jobs.looking import looking
    from kehu.flows.upkeep.seal_audit import sealing

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(type(connector))

    async def run() -> None:
        worker_app = app.with_connector(connector.get_worker_connector())
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=CONCURRENCY,
                update_heartbeat_interval=2,
                stalled_worker_timeout=6,
                fetch_job_polling_interval=5,
                shutdown_graceful_timeout=5,
                delete_jobs="successful",
            )

    with sealing(), applying(), following(), looking(), sinking():
        asyncio.run(run())
    return 0
