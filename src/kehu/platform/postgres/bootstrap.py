"""Make Kehu's roles and its database, once and again. Roles belong to the whole server, so no migration makes them.

Where the user of KEHU_DATABASE_URL may not, the same SQL is printed for the administrator of the database.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors, sql

from kehu.platform.errors import KehuError
from kehu.platform.postgres.passwords import role_password, verifier
from kehu.platform.text import Text

SQL = Path(__file__).with_name("sql")
LOGIN_ROLES = ("kehu_owner", "kehu_app", "kehu_sealer")
OLDEST = 150000
BUILTIN = 170000

COMPLETE = """
SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY (%(roles)s) AND rolcanlogin) = cardinality(%(roles)s::text[])
   AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'kehu_system' AND NOT rolcanlogin)
   AND EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles s ON s.oid = m.roleid JOIN pg_roles a ON a.oid = m.member
               WHERE s.rolname = 'kehu_system' AND a.rolname = 'kehu_app')
   AND EXISTS (SELECT FROM pg_database d JOIN pg_roles o ON o.oid = d.datdba
               WHERE d.datname = %(dbname)s AND o.rolname = 'kehu_owner'
                 AND NOT has_database_privilege('public', d.oid, 'CONNECT'))
"""

TOO_POWERFUL = """
SELECT rolname FROM pg_roles
WHERE rolname = ANY (%(roles)s) AND (rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole OR rolcreatedb)
   OR rolname = 'kehu_app' AND (rolinherit OR pg_has_role(oid, 'kehu_owner', 'MEMBER'))
ORDER BY rolname
"""


class ServerTooOld(KehuError):
    """Kehu needs PostgreSQL 15 or newer."""

    code = "server_too_old"


class NeedsAdministrator(KehuError):
    """Something that only the administrator of the database can do; `sql` is what he runs with psql."""

    code = "needs_administrator"

    def __init__(self, text: Text, script: str) -> None:
        super().__init__(text)
        self.sql = script


class BootstrapNotAllowed(NeedsAdministrator):
    """The user of KEHU_DATABASE_URL may not make roles or databases."""

    code = "bootstrap_not_allowed"


class RoleNotSafe(KehuError):
    """A role of Kehu's exists with rights that would let it pass by the row policies."""

    code = "role_not_safe"


class RoleCannotSignIn(NeedsAdministrator):
    """Roles and database are there, and the application's role is refused by the server."""

    code = "role_cannot_sign_in"


def bootstrap(administrator: Mapping[str, Any], dbname: str) -> None:
    """Make what is missing of Kehu's roles and its database; does nothing when all is there.

    `administrator` are psycopg's parameters of a superuser, or of a user with CREATEROLE and CREATEDB. Raises
    ServerTooOld, BootstrapNotAllowed, RoleNotSafe and RoleCannotSignIn.
    """
    parameters = {**administrator, "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**parameters) as connection:
        _check_version(connection)
        script = bootstrap_sql(dbname, connection.info.server_version)
        wanted = {"roles": list(LOGIN_ROLES), "dbname": dbname}
        if not _answer(connection, COMPLETE, wanted):
            try:
                _make_roles(connection)
                _make_database(connection, dbname)
                _open_database({**parameters, "dbname": dbname})
            except errors.InsufficientPrivilege as error:
                raise _not_allowed(script) from error
        if found := _answer(connection, TOO_POWERFUL, {"roles": [*LOGIN_ROLES, "kehu_system"]}):
            raise RoleNotSafe(
                Text(
                    f"数据库角色 {found} 的权限过大，会绕过行级控制。请由数据库管理员收回其多余权限。",
                    f"The database role {found} has rights that pass by the row policies. Have the administrator take them away.",
                )
            )
    _try_to_sign_in({**parameters, "dbname": dbname}, script)


def bootstrap_sql(dbname: str, server_version: int = OLDEST) -> str:
    """Return the script that an administrator runs with psql, connected to the database `postgres`.

    It sets the roles' passwords anew, as verifiers: it holds no password.
    """
    literal, name = sql.Literal(dbname).as_string(None), sql.Identifier(dbname).as_string(None)
    create = sql.Literal(_create_database(dbname, server_version).as_string(None)).as_string(None)
    return "\n".join(
        (
            "\\set ON_ERROR_STOP on",
            "BEGIN;",
            "SELECT set_config('kehu.reset_passwords', 'on', true);",
            *(f"{statement.as_string(None)};" for statement in _verifiers()),
            (SQL / "bootstrap.sql").read_text(),
            "COMMIT;",
            f"SELECT {create} WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {literal}) \\gexec",
            f"\\connect {name}",
            (SQL / "database.sql").read_text(),
        )
    )


def _check_version(connection: psycopg.Connection[Any]) -> None:
    version = connection.info.server_version
    if version < OLDEST:
        raise ServerTooOld(
            Text(
                f"数据库版本是 PostgreSQL {version // 10000}，需要 15 或更高版本。",
                f"The database is PostgreSQL {version // 10000}; Kehu needs 15 or newer.",
            )
        )


def _answer(connection: psycopg.Connection[Any], query: str, values: Mapping[str, Any]) -> Any:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None


def _verifiers() -> list[sql.Composed]:
    found = {role: verifier(role) for role in LOGIN_ROLES}
    return [
        sql.SQL("SELECT set_config({}, {}, true)").format(f"kehu.verifier_{role}", text)
        for role, text in found.items()
        if text
    ]


def _make_roles(connection: psycopg.Connection[Any]) -> None:
    with connection.transaction():
        for statement in _verifiers():
            connection.execute(statement)
        connection.execute((SQL / "bootstrap.sql").read_bytes())


def _make_database(connection: psycopg.Connection[Any], dbname: str) -> None:
    if _answer(connection, "SELECT true FROM pg_database WHERE datname = %(name)s", {"name": dbname}):
        return
    try:
        connection.execute(_create_database(dbname, connection.info.server_version))
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        return  # another process was faster


def _create_database(dbname: str, server_version: int) -> sql.Composed:
    """Sort by code point everywhere, and know Chinese characters as letters (`lc_ctype`): trigrams need it."""
    provider = "builtin BUILTIN_LOCALE 'C.UTF-8'" if server_version >= BUILTIN else "libc"
    return sql.SQL(
        "CREATE DATABASE {} OWNER kehu_owner TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER {} LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    ).format(sql.Identifier(dbname), sql.SQL(provider))


def _open_database(parameters: Mapping[str, Any]) -> None:
    with psycopg.connect(**parameters) as connection:
        connection.execute((SQL / "database.sql").read_bytes())


def _try_to_sign_in(parameters: Mapping[str, Any], script: str) -> None:
    """Connect once as the application's role: a password of another installation shows here, with its remedy."""
    password = role_password("kehu_app")
    try:
        psycopg.connect(**{**parameters, "user": "kehu_app", "password": password, "options": None}).close()
    except psycopg.OperationalError as error:
        raise RoleCannotSignIn(
            Text(
                "数据库拒绝角色 kehu_app 登录。若已有另一台 Kehu，请复制其 secrets/database.key；否则请由数据库管理员检查 pg_hba.conf，并执行下列 SQL 重设密码。",
                "The database refuses the role kehu_app. Copy secrets/database.key from the first Kehu machine, if there is one; "
                "otherwise have the administrator check pg_hba.conf and run this SQL, which sets the passwords anew.",
            ),
            script,
        ) from error


def _not_allowed(script: str) -> BootstrapNotAllowed:
    return BootstrapNotAllowed(
        Text(
            "KEHU_DATABASE_URL 的用户无权创建角色和数据库。请由数据库管理员执行一次下列 SQL。",
            "The user of KEHU_DATABASE_URL may not make roles and databases. Have the database administrator run this SQL once.",
        ),
        script,
    )
