import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from kehu.platform.postgres import postmaster
from kehu.platform.postgres.external import ServerAddress
from kehu.platform.postgres.server import EmbeddedServer

USER = """
import sys, time
from pathlib import Path
from kehu.platform.postgres.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
print("ready", flush=True)
time.sleep(60)
"""


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def connect(address: ServerAddress) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=address.host, port=address.port, user="postgres", dbname="postgres", autocommit=True
    )


def kill_postmaster(server: EmbeddedServer) -> psutil.Process:
    process = postmaster.find(server.data)
    assert process is not None
    process.kill()
    until(lambda: postmaster.find(server.data) is None)
    return process


@contextmanager
def other_user(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server and never looks after it."""
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(home)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_a_server_killed_under_a_busy_backend_comes_back_with_its_data(home: Path) -> None:
    with EmbeddedServer(home) as server, connect(server.address()) as busy:
        busy.execute("CREATE TABLE kept AS SELECT 7 AS value")
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
        backend = psutil.Process(busy.info.backend_pid)
        kill_postmaster(server)
        assert not server.alive()
        assert backend.is_running()

        server.start()

        with connect(server.address()) as connection:
            assert connection.execute("SELECT value FROM kept").fetchone() == (7,)
        assert not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE
        busy.close()


def test_a_zombie_is_not_taken_for_a_server(home: Path) -> None:
    with other_user(home), EmbeddedServer(home) as server:
        killed = kill_postmaster(server)
        until(lambda: killed.status() == psutil.STATUS_ZOMBIE)

        server.start()

        assert server.alive()


def test_a_number_in_a_stale_pid_file_is_not_believed(home: Path) -> None:
    with EmbeddedServer(home) as server:
        for number in (os.getpid(), 1, 2**22 - 1):
            kill_postmaster(server)
            path = server.data / "postmaster.pid"
            _, *rest = path.read_text().splitlines()
            path.write_text("\n".join([str(number), *rest]) + "\n")
            assert not server.alive()
            server.start()
            assert server.alive()


def test_a_broken_pid_file_is_no_server(home: Path) -> None:
    with EmbeddedServer(home) as server:
        for text in ("", "12", "not a number\n" * 9):
            kill_postmaster(server)
            (server.data / "postmaster.pid").write_text(text)
            assert not server.alive()
            server.start()
            assert server.alive()


def test_the_server_outlives_a_killed_starter_and_is_taken_over(home: Path) -> None:
    server = EmbeddedServer(home)
    with other_user(home) as starter:
        process = postmaster.find(server.data)
        starter.kill()
    server.start()
    assert postmaster.find(server.data) == process
    server.stop()
    assert postmaster.find(server.data) is None


def test_a_killed_user_does_not_keep_the_server_up(home: Path) -> None:
    with EmbeddedServer(home) as server, other_user(home) as joined:
        joined.kill()
    assert postmaster.find(server.data) is None


def test_an_immediate_restart_loses_nothing_that_was_committed(home: Path) -> None:
    with EmbeddedServer(home) as server:
        with connect(server.address()) as connection:
            connection.execute("CREATE TABLE acknowledged (id int)")
            connection.execute("INSERT INTO acknowledged SELECT generate_series(1, 1000)")
            process = postmaster.find(server.data)
            assert process is not None
            process.send_signal(signal.SIGQUIT)
            until(lambda: not server.alive())

        server.start()

        with connect(server.address()) as connection:
            assert connection.execute("SELECT count(*) FROM acknowledged").fetchone() == (1000,)


def test_a_crash_within_initdb_leaves_no_half_made_database(empty_home: Path) -> None:
    server = EmbeddedServer(empty_home)
    for name in ("data", "initialising"):
        (empty_home / "postgres" / name / "base").mkdir(parents=True)
    with server:
        assert server.alive()
