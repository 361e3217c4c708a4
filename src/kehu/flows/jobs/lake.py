"""The lake follows the database."""

import subprocess
import sys

from procrastinate.contrib.django import app


@app.task(name="flows.sync_lake", queueing_lock="sync_lake", lock="sync_lake")
def sync_lake_job() -> None:
    """Have the lake follow the database, in a process of its own: what writes it would stay in the worker's memory."""
    subprocess.run(
        [sys.executable, "-m", "kehu.cli.main", "lake", "sync"], check=True, stdout=subprocess.DEVNULL
    )
