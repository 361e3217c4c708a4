"""The lake follows the database."""

import subprocess
import sys
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from kehu.analyze.mirror.behind import is_behind
from kehu.analyze.segments.saved.following import wants_refresh


@app.periodic(cron="* * * * * */30")
@app.task(name="flows.sync_lake", queueing_lock="sync_lake", lock="sync_lake")
def sync_lake_job(timestamp: int) -> None:
    """Have the lake follow the database, in a process of its own: what writes it would stay in the worker's memory."""
    if is_behind(now=datetime.fromtimestamp(timestamp, UTC)) or wants_refresh(
        now=datetime.fromtimestamp(timestamp, UTC)
    ):
        subprocess.run(
            [sys.executable, "-m", "kehu.cli.main", "lake", "sync"], check=True, stdout=subprocess.DEVNULL
        )
