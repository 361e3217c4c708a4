"""Campaigns go out: a process of its own sends while there is something to send."""

import subprocess
import sys
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kehu.flows.engage.campaigns.due import is_due


@app.periodic(cron="* * * * * */5")
@app.task(name="flows.send_due", queue="sends", queueing_lock="send_due", lock="send_due")
def send_due_job(timestamp: int) -> None:
    """Have what is due sent. What it loads to do so would stay in the worker's memory."""
    if is_due(now=datetime.fromtimestamp(timestamp, UTC)):
        subprocess.run([sys.executable, "-m", "kehu.cli.main", "send"], check=True, stdout=subprocess.DEVNULL)
