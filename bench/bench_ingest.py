"""How fast live events are acknowledged and applied, beside bare COPY of the same events; and what the idle tree costs."""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psutil
import psycopg
from bench.figures import Figure

from kehu.cli.boot import boot

BATCHES, SUBJECTS, CLIENTS = 1_000, 5_000, 8
ACKNOWLEDGED, APPLIED, SHARE_OF_COPY = 20_000, 5_000, 0.3
IDLE_CORE, IDLE_MEGABYTES = 2.0, 400
SETTLE_SECONDS, WATCH_SECONDS, START_SECONDS = 20, 25, 60
EVENT_TABLES = ("collect_event",)
_WEB = (
    "-m", "granian", "--interface", "wsgi", "kehu.config.wsgi:application", "--host", "127.0.0.1", "--no-ws", "--workers", "1",
    "--blocking-threads", "4", "--no-access-log", "--log-level", "error", "--port",
)  # fmt: skip


def database(options: argparse.Namespace) -> str:
    """Name a database that no other benchmark has."""
    del options
    return "kehu_bench_ingest"


def run(options: argparse.Namespace) -> list[Figure]:
    """Send events to a web process while nothing applies them, then apply them, then watch a served installation rest."""
    boot(is_migrated=False)
    from bench import bank

    bank.drop_database()
    try:
        key = _make()
        return [*_events(key, options.customers or SUBJECTS), *_idle()]
    finally:
        bank.drop_database()


def _make() -> str:
    """Make the database with one source, and return its write key."""
    from django.db import transaction
    from django.utils import timezone

    from kehu.collect.sources import create_source
    from kehu.flows.upkeep.prepare import prepare
    from kehu.govern import operations
    from kehu.platform.postgres.address import connection_parameters
    from kehu.platform.postgres.bootstrap import bootstrap
    from kehu.platform.postgres.server import ensure
    from kehu.platform.scope import SYSTEM, acting

    bootstrap(connection_parameters("postgres"), ensure().dbname)
    prepare(now=timezone.now())
    with acting(SYSTEM), transaction.atomic():
        unit, now = operations.get_unit(None), timezone.now()
        return create_source(key="app", name="app", kind="app", trust=50, unit=unit, actor_id=None, now=now)[
            1
        ]


def _events(key: str, subjects: int) -> list[Figure]:
    from bench.copying import copy_again
    from bench.traffic import BATCH, bodies, copy_events, send

    from kehu.flows.events.apply_inbox import apply_all
    from kehu.platform.postgres.address import connection_parameters

    given, events = bodies(BATCHES, subjects, key), BATCHES * BATCH
    with _process(*_WEB) as port:
        send(port, bodies(20, subjects, key), CLIENTS)
        acknowledged = events / send(port, given, CLIENTS)
    with psycopg.connect(**connection_parameters("kehu_owner"), autocommit=True) as owner:
        copied = events / copy_events(owner, given)
    inbox = events / copy_again(("collect_inbox",))
    begin = time.perf_counter()
    apply_all()
    applied = (events + 20 * BATCH) / (time.perf_counter() - begin)
    stored = events / copy_again(EVENT_TABLES)
    beside = "COPY of the events, a row each"
    return [
        Figure("events acknowledged", acknowledged, "events/s", beside, copied, ACKNOWLEDGED, is_floor=True),
        Figure("share of that COPY", acknowledged / copied, "", budget=SHARE_OF_COPY, is_floor=True),
        Figure("events acknowledged, beside the inbox", acknowledged, "events/s", "COPY of the inbox rows", inbox),
        Figure("events applied, new subjects", applied, "events/s", "COPY of the event rows", stored, APPLIED, is_floor=True),
    ]  # fmt: skip


def _idle() -> list[Figure]:
    """Serve the installation, let it come to rest, and watch all its processes, the database server among them."""
    from django.db import connections

    connections.close_all()
    with _process("-m", "kehu.cli.main", "serve", "--port"):
        time.sleep(SETTLE_SECONDS)
        tree = _tree()
        begin, before = time.monotonic(), sum(_seconds(p) for p in tree)
        time.sleep(WATCH_SECONDS)
        core = 100 * (sum(_seconds(p) for p in tree) - before) / (time.monotonic() - begin)
        memory = sum(_proportional(p) for p in tree)
    return [
        Figure("idle", core, "% of a core", budget=IDLE_CORE),
        Figure("idle memory, proportional set size", memory, "MB", budget=IDLE_MEGABYTES),
    ]


def _tree() -> list[psutil.Process]:
    """Return the processes of the served installation: below the supervisor, and below the database server."""
    from kehu.platform.installation.home import home

    noted = Path(home(), "postgres", "data", "postmaster.pid")
    roots = [p for p in psutil.Process().children() if "serve" in p.cmdline()]
    if noted.exists():
        roots.append(psutil.Process(int(noted.read_text().split()[0])))
    found = {p.pid: p for root in roots for p in (root, *root.children(recursive=True))}
    return list(found.values())


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _proportional(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


@contextmanager
def _process(*command: str) -> Iterator[int]:
    """Run a web process of this database on a free port, from its first answer to its end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "KEHU_IS_WEB": "1"} if "granian" in command else dict(os.environ)
    process = subprocess.Popen(
        [sys.executable, *command, str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/api/v1/health")
            connection.getresponse().read()
            connection.close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
