import os
import stat
from pathlib import Path

import psycopg
import pytest

from kehu.platform.installation.home import is_root
from kehu.platform.postgres import postmaster, server
from kehu.platform.postgres.account import server_account
from kehu.platform.postgres.address import connection_parameters
from kehu.platform.postgres.cluster import ClusterNotUsable
from kehu.platform.postgres.external import ServerAddress
from kehu.platform.postgres.server import EmbeddedServer, ServerNotStarted, StartCancelled, ensure, release

CANARY = "13900001111"


def connect(address: ServerAddress, user: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=address.host, port=address.port, user=user, dbname="postgres", autocommit=True
    )


def setting(address: ServerAddress, name: str) -> object:
    with connect(address) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        return row[0] if row else None


def test_a_first_start_makes_a_server_that_answers_on_a_socket_alone(empty_home: Path) -> None:
    with EmbeddedServer(empty_home) as running:
        address = running.address()
        assert setting(address, "listen_addresses") == ""
        assert setting(address, "jit") == "off"
        assert address.is_embedded
        assert running.alive()
    assert not running.alive()


def test_the_data_can_be_entered_by_the_servers_user_alone(home: Path) -> None:
    with EmbeddedServer(home) as running:
        for path in (running.data, running.logs):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
            assert path.stat().st_uid == server_account().uid


def test_root_never_runs_the_server(home: Path) -> None:
    with EmbeddedServer(home) as running:
        process = postmaster.find(running.data)
        assert process is not None
        assert process.uids().real == server_account().uid != 0


def test_only_roles_of_kehu_may_be_taken(home: Path) -> None:
    with EmbeddedServer(home) as running, connect(running.address()) as connection:
        connection.execute("DROP ROLE IF EXISTS stranger")
        connection.execute("CREATE ROLE stranger LOGIN")
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            connect(running.address(), user="stranger")


def test_two_users_share_one_server_and_the_last_one_stops_it(home: Path) -> None:
    first, second = EmbeddedServer(home), EmbeddedServer(home)
    first.start()
    second.start()
    process = postmaster.find(first.data)
    first.stop()
    assert second.alive()
    assert postmaster.find(first.data) == process
    second.stop()
    assert postmaster.find(first.data) is None


def test_data_outlives_a_stop(home: Path) -> None:
    with EmbeddedServer(home) as running, connect(running.address()) as connection:
        connection.execute("CREATE TABLE kept_on_stop AS SELECT 7 AS value")
    with EmbeddedServer(home) as running, connect(running.address()) as connection:
        assert connection.execute("SELECT value FROM kept_on_stop").fetchone() == (7,)


def test_a_cancelled_start_leaves_nothing_running(home: Path) -> None:
    running = EmbeddedServer(home)
    with pytest.raises(StartCancelled):
        running.start(is_cancelled=lambda: True)
    assert postmaster.find(running.data) is None


def test_a_server_that_cannot_start_says_so_instead_of_waiting(home: Path) -> None:
    with EmbeddedServer(home) as running:
        pass
    control = running.data / "global" / "pg_control"
    saved = control.rename(home / "pg_control")
    with pytest.raises(ServerNotStarted, match="pg_control"):
        running.start()
    saved.rename(control)


def test_data_of_another_version_is_refused_with_the_remedy(home: Path) -> None:
    with EmbeddedServer(home) as running:
        pass
    (running.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(ClusterNotUsable, match="PostgreSQL 15, and this is 18"):
        running.start()
    (running.data / "PG_VERSION").write_text("18\n")


def test_data_that_came_from_another_machine_is_given_to_the_servers_user(home: Path) -> None:
    with EmbeddedServer(home) as running:
        pass
    number = 4999 if is_root() else os.geteuid()
    for path in (running.data, *running.data.rglob("*")):
        os.chown(path, number, -1)
    with running:
        assert setting(running.address(), "fsync") == "on"


def test_a_long_path_gets_a_short_folder_for_its_socket(folder: Path) -> None:
    home = folder / ("a-long-name-" * 8)
    home.mkdir(mode=0o711)
    with EmbeddedServer(home) as running:
        address = running.address()
        sockets = Path(address.host)
        assert len(address.host) < 85
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    sockets.rmdir()


def test_the_servers_log_takes_no_value_of_a_customer(home: Path) -> None:
    refused = (
        f"SELECT '{CANARY}x'::int",
        f"INSERT INTO phones VALUES ('{CANARY}')",
        f"DO $$ BEGIN RAISE EXCEPTION '{CANARY}'; END $$",
        f"SELECT pg_terminate_backend(pg_backend_pid()), '{CANARY}'",
    )
    with EmbeddedServer(home) as running:
        with connect(running.address()) as connection:
            connection.execute("CREATE TABLE phones (phone text UNIQUE)")
            connection.execute("INSERT INTO phones VALUES (%s)", [CANARY])
            connection.execute(f"DO $$ BEGIN RAISE WARNING '{CANARY}'; END $$")
        for statement in refused:
            with connect(running.address()) as connection, pytest.raises(psycopg.Error):
                connection.execute(statement)
    written = "".join(path.read_text() for path in running.logs.iterdir())
    assert "terminating connection" in written
    assert CANARY not in written


def test_ensure_joins_once_and_release_stops_the_server(home: Path) -> None:
    address = ensure()
    assert ensure() == address
    assert connection_parameters("kehu_app")["host"] == address.host
    assert EmbeddedServer(home).alive()
    release(home)
    assert not EmbeddedServer(home).alive()


def test_ensure_starts_nothing_when_a_database_is_named(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHU_DATABASE_URL", "postgresql://admin@127.0.0.1:5999/crm")
    address = server.ensure()
    assert (address.host, address.port, address.dbname, address.is_embedded) == (
        "127.0.0.1",
        5999,
        "crm",
        False,
    )
    assert not (empty_home / "postgres").exists()
