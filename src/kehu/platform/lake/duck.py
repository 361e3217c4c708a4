"""DuckDB, in this process: the engine that needs nothing else."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from kehu.platform.installation.home import lake_dir
from kehu.platform.lake import store
from kehu.platform.lake.tables import LakeBroken, Table, view

if TYPE_CHECKING:
    import pyarrow as pa


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
                    own.execute(f"CREATE TEMP VIEW {name} AS {view(table, _read, '"')}")
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


def _read(names: Sequence[str]) -> str:
    return f"read_parquet([{', '.join(_quoted(str(path)) for path in store.local(names))}])"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
