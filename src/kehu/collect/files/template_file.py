"""An empty table to be filled in: a row of headers, as CSV or as a workbook whose cells are text."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kehu.standardize.values.cells import write_table

_TEXT = "@"
_WIDTH = 18


def write_csv(headers: Sequence[str]) -> bytes:
    """Return the headers as CSV, UTF-8 with mark, as Excel opens it without asking."""
    return write_table([headers])


def write_workbook(headers: Sequence[str], title: str) -> bytes:
    """Return the headers as a workbook. Its columns hold text, so that no number of a phone or card turns scientific."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(title)
    for place, header in enumerate(headers, start=1):
        cell = sheet.cell(row=1, column=place, value=header)
        cell.font, cell.data_type = Font(bold=True), "s"
        column = sheet.column_dimensions[get_column_letter(place)]
        column.number_format, column.width = _TEXT, _WIDTH
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
