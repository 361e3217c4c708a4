"""The database of the tests: one server for the run, one migrated template, one clone for each process.

Loaded before Django's settings are read. `KEHU_TEST_DATABASE_URL` runs the suite on a server of one's own.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from tests.leftovers import mark, sweep_now
from xdist.scheduler.loadscope import LoadScopeScheduling

TEMPLATE = "kehu_test_template"


def _new_home() -> str:
    home = tempfile.mkdtemp(prefix="kehu-tests-", dir="/var/tmp" if os.geteuid() == 0 else None)
    Path(home).chmod(0o711 if os.geteuid() == 0 else 0o700)
    mark(Path(home))
    return home


if "KEHU_TEST_HOME" not in os.environ:
    sweep_now()
    os.environ["KEHU_TEST_HOME"] = _new_home()
    os.environ["KEHU_TEST_OWNER"] = str(os.getpid())
os.environ["KEHU_HOME"] = os.environ["KEHU_TEST_HOME"]
os.environ["KEHU_DATABASE_NAME"] = TEMPLATE
os.environ["DJANGO_SETTINGS_MODULE"] = "kehu.config.settings"
if url := os.environ.get("KEHU_TEST_DATABASE_URL"):
    os.environ["KEHU_DATABASE_URL"] = url.rsplit("/", 1)[0] + "/" + TEMPLATE
else:
    os.environ.pop("KEHU_DATABASE_URL", None)

hypothesis_settings.register_profile("kehu", deadline=None)
hypothesis_settings.load_profile("kehu")


def administrator() -> dict[str, Any]:
    from kehu.platform.postgres.address import connection_parameters

    return {**connection_parameters("postgres"), "dbname": "postgres"}


def run_as_administrator(statement: str) -> None:
    with psycopg.connect(**administrator(), autocommit=True) as connection:
        connection.execute(statement.encode())


def make_template() -> None:
    """Migrate the template once a run; the first process to come does it, the others wait."""
    from django.db import connections
    from django.utils import timezone

    from kehu.flows.upkeep.prepare import prepare
    from kehu.platform.postgres.bootstrap import bootstrap

    done = Path(os.environ["KEHU_TEST_HOME"], "template-is-made")
    with Path(os.environ["KEHU_TEST_HOME"], "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            run_as_administrator(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
            bootstrap(administrator(), TEMPLATE)
            prepare(now=timezone.now())
            connections.close_all()
            done.touch()


def pytest_unconfigure() -> None:
    """Stop the server and remove its home, in the process that made it."""
    from kehu.platform.postgres.server import release

    release()
    if os.environ.get("KEHU_TEST_OWNER") == str(os.getpid()):
        shutil.rmtree(os.environ["KEHU_TEST_HOME"], ignore_errors=True)


HEAVY = (
    "tests/stories/",
    "tests/faults/",
    "tests/tracking/test_kills",
    "tests/tracking/test_database_crashes",
)


class OneAtATime(LoadScopeScheduling):  # type: ignore[misc]  # xdist carries no types
    """Keeps stories on one worker and what kills on one worker: their installations would starve each other."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test is scheduled with: its heavy group, or itself alone."""
        if nodeid.startswith(HEAVY[0]):
            return HEAVY[0]
        return "kills" if nodeid.startswith(HEAVY[1:]) else nodeid


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell the stories in the order they are written: they share one bank, and each finds it as the last one left it."""
    places = [i for i, item in enumerate(items) if item.nodeid.startswith(HEAVY[0])]
    stories = sorted((items[i] for i in places), key=lambda item: (item.location[0], item.location[1] or 0))
    for place, story in zip(places, stories, strict=True):
        items[place] = story


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneAtATime:
    """Have xdist schedule as above; its own groups are lost on the way to the scheduler."""
    return OneAtATime(config, log)
