"""Tables given out as CSV: no cell is one that a spreadsheet would run, whoever wrote what is in it."""

import csv
import io
import re
from collections.abc import Iterable
from unicodedata import category, normalize

_SIGNS = "=+-@"
_CONTROLS = "\t\r\n\0"
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?([eE][+-]?\d+)?%?")
MARK = "\ufeff"


def starts_formula(cell: str) -> bool:
    """Tell whether a spreadsheet could take a cell for a formula: by a sign of any width, before it whatever nobody sees."""
    if not cell or cell[0].isalnum():
        return False
    if cell[0] in _CONTROLS:
        return True
    seen = next((c for c in cell if category(c) not in {"Cf", "Cc", "Zs"}), "")
    return bool(seen) and normalize("NFKC", seen)[0] in _SIGNS


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; the mark in front is removed on reading."""
    if starts_formula(cell) and not _PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def write_table(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows, the header first, as CSV: UTF-8 with the mark by which Excel knows it. `None` is an empty cell."""
    out = io.StringIO(newline="")
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode()
