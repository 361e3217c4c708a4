"""Writing answers: `.sav` by pyreadstat, in memory alone, and CSV with words instead of codes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kehu.engage.surveys.files.variables import Variable, cut
from kehu.standardize.values.cells import write_table

Cell = float | str | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """What is written: variables beside which stand `lead` columns (id, day, unit …) by name and label, and the rows."""

    title: str
    lead: Sequence[tuple[str, str]]
    variables: Sequence[Variable]
    rows: Sequence[Sequence[Cell]]


def write_csv(table: Table) -> tuple[bytes, int]:
    """Return a CSV that Excel reads, with words for codes and nothing for what is missing; and 0, for nothing is cut."""
    labels = [label for _, label in table.lead] + [v.label for v in table.variables]
    return write_table([labels, *(_told(table, row) for row in table.rows)]), 0


def _told(table: Table, row: Sequence[Cell]) -> list[str]:
    lead = len(table.lead)
    words = (_word(v, cell) for v, cell in zip(table.variables, row[lead:], strict=True))
    return [*map(_plain, row[:lead]), *words]


def _word(variable: Variable, cell: Cell) -> str:
    if isinstance(cell, float):
        return "" if cell in variable.missing else variable.codes.get(cell, f"{cell:g}")
    return _plain(cell)


def _plain(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def write_sav(table: Table) -> tuple[bytes, int]:
    """Return an SPSS file, and how many texts were cut to what SPSS holds. No clear byte lies on a disk on the way."""
    import pandas as pd
    import pyreadstat

    cuts = 0
    columns: dict[str, list[Any]] = {}
    names = [name for name, _ in table.lead] + [v.name for v in table.variables]
    for place, name in enumerate(names):
        cells = [row[place] for row in table.rows]
        if any(isinstance(cell, str) for cell in cells):
            parted = [cut(cell) if isinstance(cell, str) else ("", False) for cell in cells]
            cuts += sum(was_cut for _, was_cut in parted)
            columns[name] = [text for text, _ in parted]
        else:
            columns[name] = cells
    labels: dict[str, str | None] = {**dict(table.lead), **{v.name: v.label for v in table.variables}}
    handle = os.memfd_create("answers")
    try:
        pyreadstat.write_sav(
            pd.DataFrame(columns, columns=names), f"/proc/self/fd/{handle}", file_label=table.title[:60],
            column_labels=labels,
            variable_value_labels={v.name: dict(v.codes) for v in table.variables if v.codes},
            missing_ranges={
                v.name: [{"lo": code, "hi": code} for code in v.missing] for v in table.variables if v.missing
            },
            variable_measure={v.name: v.measure for v in table.variables},
        )  # fmt: skip
        return _bytes(handle), cuts
    finally:
        os.close(handle)


def _bytes(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    return os.pread(handle, size, 0)
