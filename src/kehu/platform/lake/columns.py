"""From rows of PostgreSQL to columns of Arrow: COPY as CSV, taken in blocks, typed by the lake's schema.

An id is its last 64 bits, random but for two: engines join whole numbers fastest, and nobody is named by one.
"""

import io
import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK_ROWS = 250_000


class Column(NamedTuple):
    """A column of a dataset: its name, its type (`id`, `text`, `number`, `whole`, `wholes`, `date`, `time`, `yes_no`), its SQL."""

    name: str
    kind: str
    sql: str


def key_of(one: UUID) -> int:
    """Return the number by which the lake knows an id."""
    return int.from_bytes(one.bytes[8:], "big", signed=True)


def copied(
    columns: Sequence[Column], source: str, values: Sequence[Any] = (), *, block: int = BLOCK_ROWS
) -> Iterator["pa.Table"]:
    """Yield what `SELECT columns FROM source` gives, in tables of at most `block` rows; none where there is no row."""
    select = ", ".join(f"{c.sql} AS {_quoted(c.name)}" for c in columns)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY (SELECT {select} FROM {source}) TO STDOUT (FORMAT csv)", values) as copy,
    ):
        text, rows = bytearray(), 0
        for row in copy:
            text += row
            rows += 1
            if rows == block:
                yield parsed(columns, bytes(text))
                text, rows = bytearray(), 0
        if rows:
            yield parsed(columns, bytes(text))


def parsed(columns: Sequence[Column], text: bytes) -> "pa.Table":
    """Return the rows of a CSV without a head."""
    import pyarrow as pa
    from pyarrow import csv

    found = csv.read_csv(
        io.BytesIO(text),
        read_options=csv.ReadOptions(column_names=[c.name for c in columns], use_threads=False),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types={c.name: _arrow(c.kind) for c in columns},
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    return pa.table({c.name: _finished(found.column(c.name), c.kind) for c in columns})


def empty(columns: Sequence[Column]) -> "pa.Table":
    """Return a table of these columns with no row."""
    import pyarrow as pa

    kept = {"id": pa.int64(), "wholes": pa.list_(pa.int64())}
    return pa.table({c.name: pa.array([], kept.get(c.kind) or _arrow(c.kind)) for c in columns})


def _arrow(kind: str) -> "pa.DataType":
    import pyarrow as pa

    return {
        "id": pa.string(), "wholes": pa.string(), "text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "date": pa.date32(),
        "time": pa.timestamp("us", "UTC"), "yes_no": pa.bool_(),
    }[kind]  # fmt: skip


def _finished(column: "pa.ChunkedArray", kind: str) -> "pa.Array | pa.ChunkedArray":
    """Return a column as it is kept: ids as numbers, an array of PostgreSQL as a list."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if kind == "wholes":
        return pc.split_pattern(pc.utf8_trim(column, "{}"), ",").cast(pa.list_(pa.int64()))
    if kind != "id":
        return column
    halves = array("q", bytes.fromhex("".join(column.to_pylist()).replace("-", "")))
    if sys.byteorder == "little":
        halves.byteswap()
    return pa.array(halves[1::2], pa.int64())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
