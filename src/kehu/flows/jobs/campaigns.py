"""Campaigns go out: a process of its own sends while there is something to send."""

import subprocess
import sys

from procrastinate.contrib.django import app


@app.task(name="flows.send_due", queue="sends", queueing_lock="send_due", lock="send_due")
def send_due_job() -> None:
    """Have what is due sent. What it loads to do so would stay in the worker's memory."""
    subprocess.run([sys.executable, "-m", "kehu.cli.main", "send"], check=True, stdout=subprocess.DEVNULL)
