"""Engines that read the lake, behind one protocol: DuckDB in this process. What they are asked is SQL of their dialect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from kehu.platform.errors import Unavailable
from kehu.platform.installation.home import lake_dir
from kehu.platform.lake import store
from kehu.platform.lake.manifest import File
from kehu.platform.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset as a query sees it. Rows of a delta stand for those of a base with the same key, the last for the earlier."""

    columns: Mapping[str, str]
    key: str
    files: tuple[File, ...]


class LakeBroken(Unavailable):
    """A file of the lake is missing or cannot be read; the next sync makes it anew."""

    code = "lake_broken"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "分析数据缺了一个文件，正在重新生成，稍后再试。",
                "A file of the data for analysis is missing and is being made anew; try again in a while.",
            )
        )


class Engine(Protocol):
    """What reads the lake. Tables that are kept in memory are replaced in part, by a column of whole numbers."""

    dialect: str

    def rows(self, query: str, tables: Mapping[str, Table]) -> Rows:
        """Return the rows of a query over datasets and tables that are kept. Raises LakeBroken."""

    def keep(self, name: str, rows: "pa.Table", key: str, gone: Sequence[int], *, is_first: bool) -> None:
        """Put rows into a table that is kept in memory, in the place of those with the same key; take others out."""


class Duck:
    """DuckDB, in this process: one database in memory, a connection of its own a query."""

    dialect = "duckdb"

    def __init__(self) -> None:
        import duckdb

        spill = lake_dir() / "spill"
        self.database: duckdb.DuckDBPyConnection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": str(spill),
            },
        )
        self.lock = Lock()

    def rows(self, query: str, tables: Mapping[str, Table]) -> Rows:
        """Return the rows of a query."""
        import duckdb

        with self.database.cursor() as own:
            try:
                for name, table in tables.items():
                    own.execute(f"CREATE TEMP VIEW {name} AS {_view(table)}")
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


def _view(table: Table) -> str:
    base = [f.name for f in table.files if not f.is_delta]
    deltas = [f.name for f in table.files if f.is_delta]
    names = ", ".join(f'"{name}"' for name in table.columns)
    rows = _read(base, names) if base else _nothing(table)
    if not deltas:
        return rows
    latest = " UNION ALL ".join(
        f"SELECT {names}, is_gone, {place} AS place FROM ({_read([name], f'{names}, is_gone')})"
        for place, name in enumerate(deltas)
    )
    key = f'"{table.key}"'
    return (
        f"WITH delta AS (SELECT * FROM ({latest}) QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY place DESC) = 1) "
        f"SELECT {names} FROM ({rows}) AS base WHERE {key} NOT IN (SELECT {key} FROM delta) "
        f"UNION ALL SELECT {names} FROM delta WHERE NOT is_gone"
    )


def _read(names: Sequence[str], columns: str) -> str:
    files = ", ".join("'" + str(store.place(name)).replace("'", "''") + "'" for name in names)
    return f"SELECT {columns} FROM read_parquet([{files}])"


def _nothing(table: Table) -> str:
    kinds = {
        "number": "DOUBLE",
        "date": "DATE",
        "time": "TIMESTAMPTZ",
        "yes_no": "BOOLEAN",
        "text": "VARCHAR",
    }
    columns = ", ".join(
        f'CAST(NULL AS {kinds.get(kind, "BIGINT")}) AS "{name}"' for name, kind in table.columns.items()
    )
    return f"SELECT {columns} LIMIT 0"


@cache
def engine() -> Engine:
    """Return the engine of this installation."""
    return Duck()
