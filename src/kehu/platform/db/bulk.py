"""Bulk writing under row security: COPY refuses such tables, so rows go through a temporary twin and one INSERT … SELECT."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from django.db import connection

_TYPES = """
SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
"""
COLLECT_EVERY = 50
Item = TypeVar("Item")
# The frame of a binary COPY: signature, flags and extension before the rows, -1 fields behind them.
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TAIL = b"\xff\xff"
_ALIASES = {"timestamp with time zone": "timestamptz", "character varying": "varchar"}


def uncollected(batches: Iterable[Item]) -> Iterator[Item]:
    """Yield batches while the collector of cycles rests: it would walk their objects again and again, a quarter of the time.

    It looks through once after every `COLLECT_EVERY` batches, when one of them lives.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        for count, batch in enumerate(batches, 1):
            yield batch
            if not count % COLLECT_EVERY:
                gc.collect()
    finally:
        if was_on:
            gc.enable()


@cache
def _types(table: str, database: str) -> dict[str, str]:
    del database  # part of the cache's key only
    with connection.cursor() as cursor:
        cursor.execute(_TYPES, [table])
        return {name: _ALIASES.get(kind, kind) for name, kind in cursor.fetchall()}


def stage(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> tuple[str, int]:
    """COPY rows into a temporary twin of `columns`; returns its name and the number of rows. It empties at commit."""
    twin, statement = _twin(table, columns)
    types = _types(table, str(connection.settings_dict["NAME"]))
    count = 0
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        copy.set_types([types[c] for c in columns])
        for row in rows:
            copy.write_row(row)
            count += 1
    return twin, count


@cache
def _twin_name(table: str, columns: tuple[str, ...]) -> str:
    """Return a name of at most 63 bytes for rows of these columns alone: PostgreSQL cuts what is longer, and two would be one."""
    return f"stage_{table[:40]}_{sha256(repr(columns).encode()).hexdigest()[:16]}"


def _twin(table: str, columns: Sequence[str]) -> tuple[str, str]:
    """Make or empty the temporary twin of a table; returns its name and the COPY into it."""
    twin = _twin_name(table, tuple(columns))
    names = ", ".join(f'"{c}"' for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_regclass('pg_temp.{twin}') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute(
                f"CREATE TEMP TABLE {twin} ON COMMIT DELETE ROWS AS SELECT {names} FROM {table} LIMIT 0"
            )
        else:
            cursor.execute(f"DELETE FROM {twin}")
    return twin, f"COPY {twin} ({names}) FROM STDIN (FORMAT BINARY)"


def insert_packed(table: str, columns: Sequence[str], rows: Iterable[bytes]) -> int:
    """Insert rows that are bytes already, each as `pack` makes it: for a table of many small rows, ten a customer."""
    twin, statement = _twin(table, columns)
    with connection.cursor() as cursor:
        with connection.wrap_database_errors, cursor.copy(statement) as copy:
            copy.write(_HEAD + b"".join(rows) + _TAIL)
        names = ", ".join(f'"{c}"' for c in columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {twin}")
        return int(cursor.rowcount)


def pack(*values: bytes) -> bytes:
    """Return values, in the binary form of their types, as they stand one behind another in a row of COPY."""
    return b"".join([part for value in values for part in (len(value).to_bytes(4, "big"), value)])


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, conflict: str = "") -> int:
    """Insert rows in bulk; `conflict` is an ON CONFLICT clause. Returns how many rows were inserted."""
    twin, count = stage(table, columns, rows)
    if not count:
        return 0
    names = ", ".join(f'"{c}"' for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {twin} {conflict}")
        return int(cursor.rowcount)


@contextmanager
def whole_sets() -> Iterator[None]:
    """Let statements of this block compare whole sets by hashing or sorting, within a transaction.

    What was written a moment ago is not in the planner's statistics: it expects one row, and walks a staged table for each.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def update(table: str, key: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Update rows in bulk by `key`, which comes first in each row. Returns how many rows were changed."""
    twin, count = stage(table, (key, *columns), rows)
    if not count:
        return 0
    changes = ", ".join(f'"{c}" = s."{c}"' for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table} t SET {changes} FROM {twin} s WHERE t."{key}" = s."{key}"')
        return int(cursor.rowcount)
