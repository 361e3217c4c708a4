import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from kehu.platform.postgres.address import connection_parameters
from kehu.platform.postgres.binaries import installed
from kehu.platform.postgres.bootstrap import (
    BootstrapNotAllowed,
    RoleCannotSignIn,
    RoleNotSafe,
    bootstrap,
    bootstrap_sql,
)
from kehu.platform.postgres.passwords import role_password
from kehu.platform.postgres.server import EmbeddedServer

NAME = f"kehu_bootstrap_{os.getpid()}"
DBA = f"dba_{os.getpid()}"
EXTERNAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def available() -> list[str]:
    """The embedded server, and an older one on the usual port where the test run has it."""
    with socket.socket() as probe:
        return ["embedded", *(["external"] if probe.connect_ex(("127.0.0.1", 5432)) == 0 else [])]


@pytest.fixture(params=available())
def administrator(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """How to connect as a superuser; the throwaway database is gone afterwards, and where nobody shares them the roles."""
    if request.param == "external":
        monkeypatch.setenv("KEHU_DATABASE_URL", EXTERNAL)
    parameters = {**connection_parameters("postgres"), "dbname": "postgres"}
    yield parameters
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        if request.param == "embedded":
            connection.execute("DROP ROLE IF EXISTS kehu_owner, kehu_app, kehu_system, kehu_sealer")


@pytest.fixture
def dba(administrator: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An administrator as banks have them: may make roles and databases, and is no superuser."""
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {DBA} LOGIN CREATEROLE CREATEDB")
    yield {**administrator, "options": f"-c role={DBA}"}
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"REASSIGN OWNED BY {DBA} TO CURRENT_USER")
        connection.execute(f"DROP OWNED BY {DBA} CASCADE")
        connection.execute(f"DROP ROLE {DBA}")


def enter(role: str) -> psycopg.Connection[Any]:
    return psycopg.connect(**{**connection_parameters(role), "dbname": NAME}, autocommit=True)


def run_script(script: str, host: str) -> None:
    psql = str(installed() / "pginstall" / "bin" / "psql")
    command = [psql, "-X", "-q", f"--host={host}", "--port=5432", "--username=postgres", "postgres"]
    subprocess.run(command, input=script, text=True, check=True, stdout=subprocess.DEVNULL)


def test_each_role_gets_in_and_may_do_its_work_alone(administrator: dict[str, Any]) -> None:
    bootstrap(administrator, NAME)
    with enter("kehu_owner") as owner:
        owner.execute("CREATE TABLE customer (id int)")
        owner.execute("GRANT SELECT ON customer TO kehu_app")
    with enter("kehu_app") as app:
        app.execute("SELECT * FROM customer")
        app.execute("CREATE TEMP TABLE staged (id int)")
        for refused in ("CREATE TABLE own (id int)", "SET ROLE kehu_owner", "TRUNCATE customer"):
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(refused)
    with enter("kehu_sealer") as sealer, pytest.raises(errors.InsufficientPrivilege):
        sealer.execute("SELECT * FROM customer")


def test_the_app_puts_the_system_role_on_but_never_inherits_it(administrator: dict[str, Any]) -> None:
    bootstrap(administrator, NAME)
    with enter("kehu_owner") as owner:
        owner.execute("CREATE TABLE inner_work AS SELECT 7 AS value")
        owner.execute("GRANT SELECT ON inner_work TO kehu_system")
    with enter("kehu_app") as app:
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("SELECT value FROM inner_work")
        app.execute("SET ROLE kehu_system")
        assert app.execute("SELECT value FROM inner_work").fetchone() == (7,)


def test_a_second_bootstrap_changes_nothing(administrator: dict[str, Any]) -> None:
    state = "SELECT rolname, rolsuper, rolinherit, rolcanlogin FROM pg_roles WHERE rolname LIKE 'kehu%' ORDER BY 1"
    bootstrap(administrator, NAME)
    with psycopg.connect(**administrator) as connection:
        before = connection.execute(state).fetchall()
        bootstrap(administrator, NAME)
        assert connection.execute(state).fetchall() == before


def test_text_sorts_by_code_point_and_chinese_characters_are_letters(administrator: dict[str, Any]) -> None:
    bootstrap(administrator, NAME)
    with psycopg.connect(**{**administrator, "dbname": NAME}) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute(
            "SELECT 'Z' < 'a', 'a' < '张', cardinality(show_trgm('客户资料'))"
        ).fetchone()
        assert row == (True, True, 5)


def test_an_administrator_without_superuser_may_do_it(dba: dict[str, Any]) -> None:
    bootstrap(dba, NAME)
    with enter("kehu_owner") as owner:
        owner.execute("CREATE TABLE customer (id int)")


def test_a_user_without_rights_is_given_the_script_for_the_administrator(
    administrator: dict[str, Any],
) -> None:
    with pytest.raises(BootstrapNotAllowed) as refused:
        bootstrap({**administrator, "options": "-c role=pg_monitor"}, NAME)
    assert refused.value.sql.count("CREATE ROLE") == 1
    assert f'CREATE DATABASE "{NAME}"' in refused.value.sql


def test_the_administrators_script_is_all_that_is_needed(administrator: dict[str, Any]) -> None:
    with psycopg.connect(**administrator) as connection:
        script = bootstrap_sql(NAME, connection.info.server_version)
    run_script(script, administrator["host"])
    run_script(script, administrator["host"])
    bootstrap({**administrator, "options": "-c role=pg_monitor"}, NAME)


def test_a_role_that_could_pass_by_the_policies_is_refused(empty_home: Path) -> None:
    administrator = {**connection_parameters("postgres"), "dbname": "postgres"}
    bootstrap(administrator, NAME)
    with psycopg.connect(**administrator, autocommit=True) as connection:
        for role, right in (("kehu_app", "BYPASSRLS"), ("kehu_app", "INHERIT"), ("kehu_owner", "SUPERUSER")):
            connection.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), sql.SQL(right)))
            with pytest.raises(RoleNotSafe, match=role):
                bootstrap(administrator, NAME)
            connection.execute(sql.SQL("ALTER ROLE {} NO{}").format(sql.Identifier(role), sql.SQL(right)))


@pytest.fixture
def strict(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The socket of a server that asks all but its administrator for a password."""
    with EmbeddedServer(empty_home) as server:
        rules = "local all postgres peer map=kehu\nlocal all all scram-sha-256\n"
        (server.data / "pg_hba.conf").write_text(rules)
        host = server.address().host
        with psycopg.connect(host=host, user="postgres", dbname="postgres") as connection:
            connection.execute("SELECT pg_reload_conf()")
        monkeypatch.setenv("KEHU_DATABASE_URL", f"postgresql://postgres@/{NAME}?host={host}")
        yield host


@pytest.mark.usefixtures("strict")
def test_roles_sign_in_with_passwords_of_the_key_file(empty_home: Path) -> None:
    bootstrap(connection_parameters("postgres"), NAME)
    for role in ("kehu_owner", "kehu_app", "kehu_sealer"):
        enter(role).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**{**connection_parameters("kehu_app"), "password": "guess"})
    assert (empty_home / "secrets" / "database.key").stat().st_mode & 0o777 == 0o600


def test_another_key_file_is_told_and_the_script_sets_the_passwords_anew(
    strict: str, empty_home: Path
) -> None:
    bootstrap(connection_parameters("postgres"), NAME)
    (empty_home / "secrets" / "database.key").unlink()
    with pytest.raises(RoleCannotSignIn, match=r"secrets/database\.key") as refused:
        bootstrap(connection_parameters("postgres"), NAME)
    assert str(role_password("kehu_app")) not in refused.value.sql
    run_script(refused.value.sql, strict)
    bootstrap(connection_parameters("postgres"), NAME)
