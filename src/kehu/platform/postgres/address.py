"""What psycopg needs to connect as one of Kehu's roles."""

from typing import Any

from kehu.platform.postgres.cluster import ROLES
from kehu.platform.postgres.external import ServerAddress
from kehu.platform.postgres.passwords import role_password
from kehu.platform.postgres.server import ensure

ADMINISTRATOR = "postgres"


def connection_parameters(role: str) -> dict[str, Any]:
    """Return host, port, dbname, user, password and TLS settings for a role, with the server started if need be.

    `postgres` stands for the administrator: on an external server that is the user of KEHU_DATABASE_URL.
    """
    address = ensure()
    user = address.administrator if role == ADMINISTRATOR else role
    return {
        "host": address.host,
        "port": address.port,
        "dbname": address.dbname,
        "user": user,
        "password": _password(address, user),
        "sslmode": address.sslmode,
        **address.options,
    }


def _password(address: ServerAddress, user: str) -> str | None:
    """Return the URL's password for its user; a role of Kehu's has its own, a stranger without one none (`.pgpass`, peer)."""
    if user == address.administrator and (address.password is not None or user not in ROLES):
        return address.password
    return role_password(user)
