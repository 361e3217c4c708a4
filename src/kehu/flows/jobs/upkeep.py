"""Housekeeping by night."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kehu.flows.daily import clean_up


@app.periodic(cron="30 19 * * *")
@app.task(name="flows.clean_up", queueing_lock="clean_up")
def clean_up_job(timestamp: int) -> None:
    """Housekeep in the night of China's working day."""
    clean_up(now=datetime.fromtimestamp(timestamp, UTC))
