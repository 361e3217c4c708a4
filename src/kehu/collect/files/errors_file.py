"""The file of refused rows: the columns as they came and the reason behind them, to be mended and uploaded again."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from kehu.collect.files.cells import starts_formula

REASON_COLUMN = "原因"

_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?([eE][+-]?\d+)?%?")
_MARK = "\ufeff"


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; the mark in front is removed on reading."""
    if starts_formula(cell) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_error_rows(out: BinaryIO, columns: Sequence[str], rows: Iterable[tuple[Sequence[str], str]]) -> int:
    """Write refused rows as CSV, UTF-8 with mark, and return their number.

    Cells beyond the columns, as broken rows have them, go into the last column, so that the file stays a table.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    text.write(_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    width = len(columns)
    writer.writerow([safe_cell(column) for column in (*columns, REASON_COLUMN)])
    count = 0
    for cells, reason in rows:
        writer.writerow([safe_cell(cell) for cell in (*_fitted(cells, width), reason)])
        count += 1
    text.flush()
    text.detach()
    return count


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    if len(cells) > width > 0:
        return [*cells[: width - 1], " ".join(cells[width - 1 :])]
    return [*cells, *[""] * (width - len(cells))]
