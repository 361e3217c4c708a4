"""Traits and models follow what happens; by night all of them are computed anew, since windows slide."""

import subprocess
import sys

from procrastinate.contrib.django import app


@app.task(name="flows.refresh_traits", queueing_lock="refresh_traits", lock="refresh_traits")
def refresh_traits_job() -> None:
    """Compute what was touched, in a process of its own: what computes would stay in the worker's memory."""
    _run()


@app.periodic(cron="0 18 * * *")
@app.task(name="flows.refresh_all_traits", queueing_lock="refresh_all_traits", lock="refresh_traits")
def refresh_all_traits_job(timestamp: int) -> None:
    """Compute all anew in the night of China's working day."""
    del timestamp
    _run("--full")


def _run(*options: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "kehu.cli.main", "traits", "refresh", *options],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
