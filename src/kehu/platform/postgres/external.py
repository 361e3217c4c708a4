"""Where the database is, and what KEHU_DATABASE_URL says of it. Beyond this machine only verified TLS is accepted."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from kehu.platform.errors import KehuError
from kehu.platform.text import Text

DEFAULT_NAME = "kehu"
DEFAULT_PORT = 5432
OPTIONS = (
    "sslrootcert",
    "sslcert",
    "sslkey",
    "sslpassword",
    "sslcrl",
    "connect_timeout",
    "target_session_attrs",
)


class BadDatabaseAddress(KehuError):
    """KEHU_DATABASE_URL cannot be read, or would send data over the network unprotected."""

    code = "bad_database_address"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A PostgreSQL server and the database on it; `host` is a folder for a local socket.

    `administrator` is the role that makes roles and database: `postgres` on the embedded server, the URL's user elsewhere.
    """

    host: str
    port: int
    dbname: str
    is_embedded: bool
    administrator: str = "postgres"
    password: str | None = field(default=None, repr=False)
    sslmode: str = "prefer"
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


def database_name() -> str:
    """Return the database's name where no URL says it: KEHU_DATABASE_NAME, or `kehu`."""
    return os.environ.get("KEHU_DATABASE_NAME") or DEFAULT_NAME


def address_of(url: str) -> ServerAddress:
    """Read a PostgreSQL URL. Raises BadDatabaseAddress; its text never repeats the URL, which may hold a password."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
        port = int(parts.get("port", DEFAULT_PORT))
    except (ProgrammingError, ValueError):
        raise BadDatabaseAddress(
            Text(
                "无法识别 KEHU_DATABASE_URL。格式：postgresql://用户:密码@主机:5432/kehu",
                "KEHU_DATABASE_URL cannot be read. Its form: postgresql://user:password@host:5432/kehu",
            )
        ) from None
    host = parts.get("host") or "127.0.0.1"
    options = {key: parts[key] for key in OPTIONS if key in parts}
    sslmode = parts.get("sslmode", "prefer")
    if not is_local(host):
        sslmode = _verified(parts.get("sslmode"))
        if "PGSSLROOTCERT" not in os.environ:
            options.setdefault("sslrootcert", "system")
    return ServerAddress(
        host=host,
        port=port,
        dbname=parts.get("dbname") or database_name(),
        is_embedded=False,
        administrator=parts.get("user") or "kehu_owner",
        password=parts.get("password"),
        sslmode=sslmode,
        options=options,
    )


def is_local(host: str) -> bool:
    """Whether a host (or each of several, by comma) is a socket folder or a loopback address."""
    return all(name.startswith(("/", "@")) or _is_loopback(name) for name in host.split(","))


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"


def _verified(sslmode: str | None) -> str:
    if sslmode not in {None, "verify-full"}:
        raise BadDatabaseAddress(
            Text(
                f"数据库不在本机，sslmode={sslmode} 不够安全。请改为 sslmode=verify-full，并用 sslrootcert 指定 CA 证书。",
                f"The database is on another machine, where sslmode={sslmode} does not protect the data. "
                "Use sslmode=verify-full, and name the CA's certificate in sslrootcert.",
            )
        )
    return "verify-full"
