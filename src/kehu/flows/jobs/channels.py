"""Mailboxes of returned mails are read by the clock."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kehu.flows.engage.channels.read_bounces import read_bounces


@app.periodic(cron="* * * * *")
@app.task(name="flows.read_bounces", queueing_lock="read_bounces")
def read_bounces_job(timestamp: int) -> None:
    """Read what came back since the last minute."""
    read_bounces(now=datetime.fromtimestamp(timestamp, UTC))
