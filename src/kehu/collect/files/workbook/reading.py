"""Rows of a workbook: the first visible sheet or a named one, hidden rows too, merged cells as their first cell."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException

from kehu.collect.files.cells import formula_fault, without_marks, wrong_width
from kehu.collect.files.faults import FileDamaged, FileRefused, HasEntities, NotATable
from kehu.collect.files.form import FileForm, Row, RowFault
from kehu.collect.files.workbook.package import open_package
from kehu.collect.files.workbook.parts import Parts, Sheet, read_parts
from kehu.collect.files.workbook.stream import SheetRow, SheetStream, read_shared_texts
from kehu.collect.files.workbook.values import CellTexts, is_error
from kehu.platform.text import Text

_MAX_SHARED_BYTES = 256 * 1024 * 1024
_TOO_MUCH_TEXT = Text(
    "工作簿里的文字太多，无法稳妥读取。在 Excel 里另存为“CSV UTF-8（逗号分隔）”后上传。",
    "The workbook holds too much text to be read safely. Save it as “CSV UTF-8” in Excel and upload that.",
)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    ExpatError,
    EOFError,
    KeyError,
    ValueError,
    OverflowError,
    RuntimeError,  # zipfile's word for a part that is encrypted, patched or packed in a way it does not know
)


class Workbook:
    """An open workbook; its sheets are read as often as needed, always from the top."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.parts: Parts = read_parts(package)
        self._texts = CellTexts(self.parts, self._shared())

    def sheet(self, title: str | None) -> Sheet:
        """Return a sheet by its title; raises `NotATable` where there is none."""
        for sheet in self.parts.sheets:
            if sheet.title == title:
                return sheet
        raise NotATable

    def texts(self, row: SheetRow) -> tuple[str, ...]:
        """Return a row as text, from column A to its last stored cell."""
        texts = [""] * max((cell.column for cell in row.cells), default=0)
        for cell in row.cells:
            texts[cell.column - 1] = self._texts.text(cell)
        return tuple(texts)

    def checked(self, row: SheetRow, width: int) -> tuple[str, ...] | RowFault | None:
        """Return a row in the width of the header, the fault, or nothing for a blank row."""
        texts = self.texts(row)
        if not any(text.strip() for text in texts):
            return None
        if any(texts[width:]):
            return wrong_width(texts, width)
        texts = (*texts[:width], *[""] * (width - len(texts)))
        for cell in row.cells:
            if cell.formula is not None:
                return formula_fault(texts, cell.column - 1)
            if cell.kind != "s" and is_error(cell, texts[cell.column - 1]):
                return _error_fault(texts, cell.column - 1)
        return without_marks(texts) if any(text[:1] in "'=＝" for text in texts if text) else texts

    def _shared(self) -> list[str]:
        member = self.parts.shared_member
        if member is None:
            return []
        if self.package.getinfo(member).file_size > _MAX_SHARED_BYTES:
            raise FileRefused(_TOO_MUCH_TEXT)
        return read_shared_texts(self.package, member)


@contextmanager
def open_workbook(stream: BinaryIO) -> Iterator[Workbook]:
    """Open a workbook for reading, checked, and turn what its parsers raise into a `FileRefused`."""
    with open_package(stream) as package:
        try:
            yield Workbook(package)
        except DefusedXmlException as fault:
            raise HasEntities from fault
        except _DAMAGE as fault:
            raise FileDamaged from fault


def head_rows(workbook: Workbook, sheet: Sheet, count: int) -> tuple[list[tuple[str, ...]], int]:
    """Return the first rows of a sheet as text, blank ones too, and about how many rows it has."""
    source = SheetStream()
    stored: list[SheetRow] = []
    stored.extend(takewhile(lambda row: row.number <= count, source.rows(workbook.package, sheet.member)))
    records: list[tuple[str, ...]] = [()] * (stored[-1].number if stored else 0)
    for row in stored:
        records[row.number - 1] = workbook.texts(row)
    if len(stored) < count:
        return records, len(records)
    declared = source.dimension.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
    if declared.isdecimal() and int(declared) > count:
        return records, int(declared)
    # Rows of the first piece tell the bytes of a row.
    share = workbook.package.getinfo(sheet.member).file_size / source.bytes_read
    return records, round(share * (source.rows_read or len(records)))


def read_sheet(stream: BinaryIO, form: FileForm, first: int) -> Iterator[Row]:
    """Yield the rows of the sheet named in the form from row number `first` on."""
    with open_workbook(stream) as workbook:
        width = len(form.columns)
        for row in SheetStream().rows(workbook.package, workbook.sheet(form.sheet).member):
            if row.number >= first and (checked := workbook.checked(row, width)) is not None:
                yield Row(row.number, checked)


def _error_fault(texts: tuple[str, ...], position: int) -> RowFault:
    shown = texts[position][:12]
    reason = Text(
        f"第 {position + 1} 列是 Excel 的错误值（{shown}）。在 Excel 里改成正确的内容，或清空。",
        f"Column {position + 1} holds an Excel error ({shown}). Correct the cell in Excel, or clear it.",
    )
    return RowFault("error_cell", reason, texts)
