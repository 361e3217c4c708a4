"""Engines that read the lake, behind one protocol. What they are asked is SQL of their dialect, written by `dialects`."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from kehu.platform.installation.environment import environment
from kehu.platform.lake.tables import LakeBroken, Table

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Engine", "LakeBroken", "Rows", "Table", "engine"]

Rows = list[tuple[Any, ...]]


class Engine(Protocol):
    """What reads the lake. Tables that are kept in memory are replaced in part, by a column of whole numbers."""

    dialect: str

    def rows(self, query: str, tables: Mapping[str, Table]) -> Rows:
        """Return the rows of a query over datasets and tables that are kept. Raises LakeBroken."""

    def keep(self, name: str, rows: "pa.Table", key: str, gone: Sequence[int], *, is_first: bool) -> None:
        """Put rows into a table that is kept in memory, in the place of those with the same key; take others out."""


@cache
def engine() -> Engine:
    """Return the engine of this installation, which KEHU_ENGINE names. Raises SparkMissing."""
    return made(environment().engine)


def made(name: str) -> Engine:
    """Make an engine by its name: `duckdb`, `spark-local` or the address of a master. Raises SparkMissing."""
    if name.startswith("spark"):
        from kehu.platform.lake.spark import Spark

        return Spark("local[*]" if name == "spark-local" else name)
    from kehu.platform.lake.duck import Duck

    return Duck()
