"""Engines that read the lake, behind one protocol. What they are asked is SQL of their dialect, written by `dialects`."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from kehu.platform.errors import Invalid
from kehu.platform.lake.tables import LakeBroken, Table
from kehu.platform.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Engine", "EngineUnknown", "LakeBroken", "Rows", "Table", "engine"]

Rows = list[tuple[Any, ...]]


class EngineUnknown(Invalid):
    """KEHU_ENGINE names no engine."""

    code = "engine_unknown"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"不认识的引擎“{name}”。KEHU_ENGINE 可写：duckdb、spark-local、spark://主机:端口。",
                f"There is no engine “{name}”. KEHU_ENGINE is duckdb, spark-local or spark://host:port.",
            )
        )


class Engine(Protocol):
    """What reads the lake. Tables that are kept in memory are replaced in part, by a column of whole numbers."""

    dialect: str

    def rows(self, query: str, tables: Mapping[str, Table]) -> Rows:
        """Return the rows of a query over datasets and tables that are kept. Raises LakeBroken."""

    def keep(self, name: str, rows: "pa.Table", key: str, gone: Sequence[int], *, is_first: bool) -> None:
        """Put rows into a table that is kept in memory, in the place of those with the same key; take others out."""


@cache
def engine() -> Engine:
    """Return the engine of this installation, which KEHU_ENGINE names. Raises EngineUnknown or SparkMissing."""
    return made(os.environ.get("KEHU_ENGINE", "") or "duckdb")


def made(name: str) -> Engine:
    """Make an engine by its name."""
    if name == "duckdb":
        from kehu.platform.lake.duck import Duck

        return Duck()
    if name == "spark-local" or name.startswith("spark://"):
        from kehu.platform.lake.spark import Spark

        return Spark("local[*]" if name == "spark-local" else name)
    raise EngineUnknown(name)
