"""An installation of its own in a temporary home, driven from outside like any: commands, kills, and questions by psycopg."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import psycopg
from tests.leftovers import mark

from kehu.platform.postgres.server import EmbeddedServer

DRIVER = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kehu.config.settings"
from kehu.platform.postgres.server import ensure
ensure()
import django
django.setup()
from django.db import connection, transaction
from kehu.platform.scope import SYSTEM, acting
with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
"""
ASK = """
    cursor.execute(sys.argv[1])
    print(json.dumps(cursor.fetchall(), default=str))
"""
WEB = (
    "-m", "granian", "--interface", "wsgi", "kehu.config.wsgi:application", "--host", "127.0.0.1", "--no-ws",
    "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "error", "--port",
)  # fmt: skip


class Answer(NamedTuple):
    """What came back; the names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


class Installation:
    """A home with its own server; every command runs as a process of its own, and all output goes to one file."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.output, temporary = home.parent / "output.log", home.parent / "tmp"
        temporary.mkdir(exist_ok=True)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("KEHU_")},
            "KEHU_HOME": str(home), "TMPDIR": str(temporary),
        }  # fmt: skip
        self.running: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed."""
        return self._run("-m", "kehu.cli.main", *arguments)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command in a group of its own."""
        return self.start_python("-m", "kehu.cli.main", *arguments)

    def start_python(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Start Python with the installation's environment and more of it, in a group of its own."""
        with self.output.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                env=self.environment | more, start_new_session=True, stdout=out, stderr=out,
            )  # fmt: skip
        self.running.append(process)
        return process

    def do(self, script: str, *arguments: str) -> Any:
        """Run lines of Python inside a transaction that sees everything; returns the JSON that they print."""
        lines = "".join(f"    {line}\n" for line in script.strip().splitlines())
        return json.loads(self._run("-c", DRIVER + lines, *arguments))

    def ask(self, query: str) -> Any:
        """Return the rows of a query that sees everything."""
        return json.loads(self._run("-c", DRIVER + ASK, query))

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        with self.output.open("a") as out:
            out.write(done.stderr)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def connect(self) -> psycopg.Connection[Any]:
        """Connect as the administrator of its server, past row security."""
        address = EmbeddedServer(self.home).address()
        return psycopg.connect(
            host=address.host, port=address.port, user="postgres", dbname="kehu", autocommit=True
        )

    def query(self, statement: str, *values: object) -> list[Any]:
        """Ask the database as its administrator; cheaper than `ask`, and needs a server that runs."""
        with self.connect() as connection:
            return connection.execute(statement.encode(), values or None).fetchall()

    def postmaster(self) -> psutil.Process:
        """Return the database server's first process."""
        noted = (self.home / "postgres" / "data" / "postmaster.pid").read_text()
        return psutil.Process(int(noted.splitlines()[0]))

    def end(self) -> None:
        """End what still runs, the server last."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        pid_file = self.home / "postgres" / "data" / "postmaster.pid"
        if pid_file.exists():
            os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGQUIT)
            until(lambda: not pid_file.exists(), 10)


class Api:
    """Somebody who asks a served installation, by a token."""

    def __init__(self, port: int, token: str = "") -> None:
        self.port, self.token = port, token

    def ask(self, method: str, path: str, body: Any = None, /, **headers: str) -> Answer:
        """Send one request on a connection of its own; bytes go as they are, everything else as JSON."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, content, kind | {"Authorization": f"Bearer {self.token}"} | told)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """GET below /api/v1."""
        return self.ask("GET", f"/api/v1{path}")

    def post(self, path: str, body: Any, /, **headers: str) -> Answer:
        """POST below /api/v1."""
        return self.ask("POST", f"/api/v1{path}", {} if body is None else body, **headers)

    def upload(self, name: str, content: bytes, /, **form: str) -> Answer:
        """Send a file to be imported."""
        return self.send_file("/api/v1/imports", name, content, form)

    def send_file(
        self, path: str, name: str, content: bytes, form: dict[str, str] | None = None, /, **headers: str
    ) -> Answer:
        """Send a file anywhere."""
        mark = "kehu-boundary"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in (form or {}).items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={mark}", **headers)

    def is_there(self) -> bool:
        """Whether web and database answer."""
        try:
            return self.get("/health").status == 200
        except OSError:
            return False


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


@contextmanager
def new_home() -> Iterator[Installation]:
    """A home that is not yet made, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kehu-installed-", dir="/var/tmp"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    mark(folder)
    made = Installation(folder / "home")
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(folder)


@contextmanager
def installed() -> Iterator[Installation]:
    """A migrated home with nothing in it, removed afterwards."""
    with new_home() as made:
        made.run("migrate")
        yield made


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
