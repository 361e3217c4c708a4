"""DuckDB, in this process: the engine that needs nothing else."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kehu.platform.installation.home import lake_dir
from kehu.platform.lake import store
from kehu.platform.lake.tables import LakeBroken, Table, view

if TYPE_CHECKING:
    import pyarrow as pa


QUOTE = '"'


class Duck:
    """One database in memory, a connection of its own a query. Its extensions are never fetched."""

    dialect = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.database: duckdb.DuckDBPyConnection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": str(lake_dir() / "spill"),
            },
        )
        self.lock = Lock()

    def rows(self, query: str, tables: Mapping[str, Table]) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        import duckdb

        with self.database.cursor() as own:
            try:
                for name, table in tables.items():
                    own.execute(f"CREATE TEMP VIEW {name} AS {view(table, _read, QUOTE)}")
                return own.execute(query).fetchall()
            except duckdb.IOException as error:
                raise LakeBroken from error

    def keep(self, name: str, rows: "pa.Table", key: str, gone: Sequence[int], *, is_first: bool) -> None:
        """Put rows into a table, and take some out, at once."""
        with self.lock, self.database.cursor() as own:
            own.register("kept_rows", rows)
            if is_first:
                own.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM kept_rows")
                return
            own.execute("BEGIN")
            own.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT {key} FROM kept_rows)")
            if gone:
                own.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT unnest(?::BIGINT[]))", [list(gone)])
            own.execute(f"INSERT INTO {name} SELECT * FROM kept_rows")
            own.execute("COMMIT")

    def kept(self, name: str) -> "pa.Table":
        """Return a table that is kept."""
        with self.database.cursor() as own:
            return own.execute(f"SELECT * FROM {name}").to_arrow_table()


def joined(
    table: Table, gone: "pa.Array", into: Path, *, order: Sequence[str] = (), memory: str = "512MB"
) -> int:
    """Write a dataset, as its files make it up, to one file without the rows that are gone; returns the rows.

    In bounded memory: what does not fit is spilled beside the lake.
    """
    import duckdb
    import pyarrow as pa

    names = [*table.columns]
    if any(file.is_delta for file in table.files):
        source = view(table, _read, QUOTE)
    else:
        source = f"SELECT {', '.join(_name(name) for name in names)} FROM {_read([file.name for file in table.files])}"
    sorted_by = f" ORDER BY {', '.join(map(_name, order))}" if order else ""
    spill: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(lake_dir() / "spill"),
        "memory_limit": memory,
        "threads": "2",
    }
    try:
        with duckdb.connect(":memory:", config=spill) as own:
            own.register("gone", pa.table({"id": gone}))
            rows = own.execute(
                f"COPY (SELECT * FROM ({source}) AS f WHERE {_name(table.key)} NOT IN (SELECT id FROM gone){sorted_by}) "
                f"TO {_quoted(str(into))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {store.GROUP_ROWS})"
            ).fetchall()
    except duckdb.IOException as error:
        raise LakeBroken from error
    return int(rows[0][0])


def sum_of(table: Table) -> tuple[int, int]:
    """Return how many rows a dataset has, and the sum of their keys."""
    import duckdb

    with duckdb.connect(":memory:") as own:
        query = view(table, _read, QUOTE)
        found = own.execute(
            f"SELECT count(*), coalesce(sum({_name(table.key)}::HUGEINT), 0) FROM ({query}) AS f"
        ).fetchall()
    return int(found[0][0]), int(found[0][1])


def _name(text: str) -> str:
    return QUOTE + text + QUOTE


def _read(names: Sequence[str]) -> str:
    return f"read_parquet([{', '.join(_quoted(str(path)) for path in store.local(names))}])"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
