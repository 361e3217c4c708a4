"""Datasets as a query sees them: the SQL that reads a dataset's files, in the words of an engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kehu.platform.errors import Unavailable
from kehu.platform.lake.manifest import File
from kehu.platform.text import Text

KINDS = {
    "number": "DOUBLE", "date": "DATE", "time": "TIMESTAMPTZ", "yes_no": "BOOLEAN", "text": "VARCHAR", "wholes": "BIGINT[]",
}  # fmt: skip


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


def view(
    table: Table, read: Callable[[Sequence[str]], str], quote: str, kinds: Mapping[str, str] = KINDS
) -> str:
    """Return the query of a dataset as it stands. `read` gives what stands in FROM for some files, `quote` marks names."""
    base = [f.name for f in table.files if not f.is_delta]
    deltas = [f.name for f in table.files if f.is_delta]
    names = ", ".join(f"{quote}{name}{quote}" for name in table.columns)
    rows = f"SELECT {names} FROM {read(base)}" if base else _nothing(table, quote, kinds)
    if not deltas:
        return rows
    every = " UNION ALL ".join(
        f"SELECT {names}, is_gone, {place} AS place FROM {read([name])}" for place, name in enumerate(deltas)
    )
    key = f"{quote}{table.key}{quote}"
    return (
        f"WITH delta AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY place DESC) AS turn "
        f"FROM ({every}) AS d) AS r WHERE turn = 1) "
        f"SELECT {names} FROM ({rows}) AS base WHERE {key} NOT IN (SELECT {key} FROM delta) "
        f"UNION ALL SELECT {names} FROM delta WHERE NOT is_gone"
    )


def _nothing(table: Table, quote: str, kinds: Mapping[str, str]) -> str:
    columns = ", ".join(
        f"CAST(NULL AS {kinds.get(kind, 'BIGINT')}) AS {quote}{name}{quote}"
        for name, kind in table.columns.items()
    )
    return f"SELECT {columns} LIMIT 0"
