"""The file of refused rows: the columns as they came and the reason behind them, to be mended and uploaded again."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from kehu.standardize.values.cells import MARK, safe_cell

REASON_COLUMN = "原因"


def write_error_rows(out: BinaryIO, columns: Sequence[str], rows: Iterable[tuple[Sequence[str], str]]) -> int:
    """Write refused rows as CSV, UTF-8 with mark, and return their number.

    Cells beyond the columns, as broken rows have them, go into the last column, so that the file stays a table.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    text.write(MARK)
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
