"""The form of a workbook: its first visible sheet with content or a chosen one, the header, and how many rows there may be."""

from typing import BinaryIO

from kehu.collect.files.faults import EmptyFile, SheetMissing
from kehu.collect.files.form import FileForm, Reading
from kehu.collect.files.header import column_names, header_of
from kehu.collect.files.workbook.package import check_contents, open_package
from kehu.collect.files.workbook.reading import head_rows, open_workbook

_HEAD_ROWS = 100


def sniff_workbook(stream: BinaryIO, reading: Reading) -> FileForm:
    """Return the form of an xlsx file; raises `EmptyFile` or `SheetMissing` where no such sheet has a filled cell."""
    with open_package(stream) as package:
        check_contents(stream, package)
    with open_workbook(stream) as workbook:
        visible = [sheet for sheet in workbook.parts.sheets if sheet.is_visible]
        titles = tuple(sheet.title for sheet in visible)
        for sheet in visible:
            if reading.sheet not in (None, sheet.title):
                continue
            records, rows = head_rows(workbook, sheet, _HEAD_ROWS)
            if any(cell.strip() for record in records for cell in record):
                return _form(sheet.title, titles, records, rows, reading.header_row)
    raise EmptyFile if reading.sheet is None else SheetMissing


def _form(
    title: str, titles: tuple[str, ...], records: list[tuple[str, ...]], rows: int, wanted: int | None
) -> FileForm:
    header_row = header_of(records, wanted)
    return FileForm(
        kind="xlsx",
        encoding="",
        delimiter="",
        quote="",
        header_row=header_row,
        columns=column_names(records, header_row),
        sheet=title,
        row_estimate=rows - header_row - 1,
        sheets=titles,
    )
