"""The baseline of writing: the same rows, as bytes, by bare COPY into bare twins of the same tables with the same indexes."""

import time
from collections.abc import Sequence

from django.db import connections, transaction

from kehu.platform.scope import SYSTEM, acting

SCHEMA = "bare"
IMPORT_TABLES = (
    "govern_data_key", "collect_record", "collect_record_version", "resolve_cluster", "resolve_link",
    "resolve_identifier", "profile_customer", "profile_change", "profile_search_token",
)  # fmt: skip


def copy_again(tables: Sequence[str]) -> float:
    """Read the rows of these tables, COPY them into empty twins without row security, and return the seconds of the writing."""
    seconds = 0.0
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    for table in tables:
        data = _dump(table)
        begin = time.perf_counter()
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
            with cursor.copy(f"COPY {SCHEMA}.{table} FROM STDIN (FORMAT BINARY)") as copy:
                for piece in data:
                    copy.write(piece)
        seconds += time.perf_counter() - begin
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
    return seconds


def _dump(table: str) -> list[bytes]:
    statement = f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT BINARY)"
    with (
        acting(SYSTEM),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        return [bytes(piece) for piece in copy]
