"""A whole installation, as `kehu serve` runs it, whose database backends are killed while events come in."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from tests.tracking.installation import Installation
from tests.tracking.test_kills import assert_stored_once, send_all

from kehu.platform.postgres.server import EmbeddedServer

BACKEND = """
SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = 'kehu' AND pid <> pg_backend_pid()
ORDER BY random() LIMIT 1
"""


class WholeInstallation(Installation):
    """An installation with a database server of its own, all in one process tree."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.name, self.home = "kehu", home

    @property
    def environment(self) -> dict[str, str]:
        """The environment of `kehu serve` in the home of its own."""
        foreign = {"KEHU_DATABASE_URL", "KEHU_DATABASE_NAME", "KEHU_TEST_HOME"}
        return {k: v for k, v in os.environ.items() if k not in foreign} | {"KEHU_HOME": str(self.home)}

    def connect(self) -> psycopg.Connection[Any]:
        """Connect as the administrator of the server of its own."""
        address = EmbeddedServer(self.home).address()
        return psycopg.connect(
            host=address.host, port=address.port, user="postgres", dbname=self.name, autocommit=True
        )

    def serve(self) -> None:
        """Start everything and wait until events would be taken."""
        self.start("-m", "kehu.cli.main", "serve", "--port", str(self.port))
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                if self.post("/v1/m", b"{}") == 200:
                    return self.add_source()
            except OSError:
                time.sleep(0.2)
        raise TimeoutError

    def apply(self, how: str = "once") -> subprocess.Popen[bytes]:
        """Wait until the worker, which runs already, has emptied the inbox."""
        del how
        end = time.monotonic() + 60
        while self.query("SELECT count(*) FROM collect_inbox") != [(0,)] and time.monotonic() < end:
            time.sleep(0.2)
        return self.processes[0]

    def stop(self) -> None:
        """End the tree; the database ends with it."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture
def whole() -> Iterator[WholeInstallation]:
    """A running installation in a folder of its own."""
    with _folder() as folder:
        made = WholeInstallation(folder)
        try:
            made.serve()
            yield made
        finally:
            made.stop()


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kehu-test-"))
    path.chmod(0o711)
    home = path / "home"
    home.mkdir(mode=0o711)
    yield home
    shutil.rmtree(path)


def kill_a_backend(whole: WholeInstallation) -> bool:
    """Kill one backend with SIGKILL: the server ends all others and recovers from its log."""
    try:
        found = whole.query(BACKEND)
    except psycopg.OperationalError:
        return False
    if not found:
        return False
    psutil.Process(found[0][0]).kill()
    return True


@pytest.mark.slow
def test_crashes_of_the_database_lose_nothing_and_double_nothing(whole: WholeInstallation) -> None:
    clients = send_all(whole)
    kills = 0

    while kills < 6 and any(client.is_alive() for client in clients):
        time.sleep(0.25)
        kills += kill_a_backend(whole)
    for client in clients:
        client.join(timeout=90)

    assert kills >= 3
    assert_stored_once(whole)
