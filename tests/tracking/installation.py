"""A real installation for a test: its own database, web processes that can be killed, the applier in a process."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from typing import Any

import psycopg
from tests.plugin import TEMPLATE, run_as_administrator

from kehu.platform.postgres.address import connection_parameters

WRITE_KEY = "wk_of_the_test"
APPLY = """
import os, sys
from kehu.cli.boot import boot
boot(is_migrated=False)
from kehu.flows.events.apply_inbox import apply_all, applying
if sys.argv[1] == "once":
    apply_all()
else:
    import threading
    with applying():
        threading.Event().wait()
"""
SOURCE = """
INSERT INTO collect_source (key, name, kind, trust, unit_id, write_key_digest, write_key_hint, mapping, is_active, created_at)
SELECT 'app', 'app', 'events', 50, min(id), %s, 'test', '{}', true, now() FROM govern_unit
"""


class Installation:
    """One database with a source, and the processes that work on it."""

    def __init__(self) -> None:
        self.name = f"kehu_test_live_{os.getpid()}_{time.monotonic_ns()}"
        self.processes: list[subprocess.Popen[bytes]] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def make(self) -> None:
        """Clone the template and add the source."""
        run_as_administrator(f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE}")
        self.add_source()

    def add_source(self) -> None:
        """Add the source whose key is `WRITE_KEY`."""
        with self.connect() as connection:
            connection.execute(SOURCE, [hashlib.sha256(WRITE_KEY.encode()).digest()])

    def remove(self) -> None:
        """Stop every process and drop the database."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        run_as_administrator(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def connect(self) -> psycopg.Connection[Any]:
        """Connect as the administrator, past row security."""
        return psycopg.connect(**{**connection_parameters("postgres"), "dbname": self.name}, autocommit=True)

    def query(self, statement: str, *values: object) -> list[Any]:
        """Ask the database as its administrator, past row security."""
        with self.connect() as connection:
            return connection.execute(statement.encode(), values).fetchall()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        values = {**os.environ, "KEHU_DATABASE_NAME": self.name}
        if url := os.environ.get("KEHU_DATABASE_URL"):
            values["KEHU_DATABASE_URL"] = url.rsplit("/", 1)[0] + "/" + self.name
        return values

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a process of this installation."""
        process = subprocess.Popen([sys.executable, *command], env=self.environment | more)
        self.processes.append(process)
        return process

    def start_web(self) -> subprocess.Popen[bytes]:
        """Start the web server and wait until it answers."""
        process = self.start(
            "-m", "granian", "--interface", "wsgi", "kehu.config.wsgi:application", "--host", "127.0.0.1",
            "--port", str(self.port), "--no-ws", "--workers", "1", "--blocking-threads", "4", "--no-access-log",
            "--log-level", "error", KEHU_IS_WEB="1",
        )  # fmt: skip
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                if self.post("/v1/m", b"{}") == 200:
                    return process
            except OSError:
                time.sleep(0.05)
        raise TimeoutError

    def apply(self, how: str = "once") -> subprocess.Popen[bytes]:
        """Apply the inbox in a process of its own: `once` until it is empty, `always` until killed."""
        process = self.start("-c", APPLY, how)
        if how == "once":
            assert process.wait(timeout=120) == 0
        return process

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> int:
        """POST and return the status."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, headers or {})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    @property
    def url(self) -> str:
        """The address of the web server."""
        return f"http://127.0.0.1:{self.port}"


def kill_family(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all below it, with SIGKILL, as a crash of the machine would."""
    import psutil

    family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    for member in family:
        try:
            member.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    process.wait()
