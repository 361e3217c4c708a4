"""A streaming XLSX writer for one plain table, the same bytes for the same rows.

openpyxl stamps the hour into the file and takes twenty times as long for a row; an export of a
million customers needs neither.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from html import escape
from pathlib import Path
from types import TracebackType
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = date(1899, 12, 30).toordinal()
_MOST_ROWS = 1_000_000
_BUFFER = 500
_OLDEST_STAMP = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Cell = str | int | float | date | None


class Workbook(AbstractContextManager["Workbook"]):
    """An XLSX file being written row by row; a full sheet (a million rows) is followed by another."""

    def __init__(self, path: Path, title: str, headers: Sequence[str]) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1)
        self._title = title
        self._headers = headers
        self._sheets = 0
        self._rows = 0
        self._pending: list[str] = []
        self._sheet = self._open_sheet()

    def append(self, cells: Sequence[Cell]) -> None:
        """Add a row; dates become date cells, numbers numbers, None an empty cell."""
        if self._rows > _MOST_ROWS:
            self._close_sheet()
            self._sheet = self._open_sheet()
        self._rows += 1
        self._pending.append(f'<row r="{self._rows}">{"".join(map(_cell, cells))}</row>')
        if len(self._pending) >= _BUFFER:
            self._flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close_sheet()
        self._write_frame()
        self._zip.close()

    def _open_sheet(self) -> IO[bytes]:
        self._sheets += 1
        self._rows = 0
        sheet = self._zip.open(_entry(f"xl/worksheets/sheet{self._sheets}.xml"), "w", force_zip64=True)
        self._pending.append(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>')
        self._rows += 1
        self._pending.append(f'<row r="1">{"".join(map(_cell, self._headers))}</row>')
        return sheet

    def _flush(self) -> None:
        self._sheet.write("".join(self._pending).encode())
        self._pending.clear()

    def _close_sheet(self) -> None:
        self._pending.append("</sheetData></worksheet>")
        self._flush()
        self._sheet.close()

    def _write_frame(self) -> None:
        numbers = range(1, self._sheets + 1)
        sheets = "".join(
            f'<sheet name="{self._title}{number if number > 1 else ""}" sheetId="{number}" r:id="rId{number}"/>'
            for number in numbers
        )
        links = "".join(
            _link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers
        )
        parts = "".join(_part(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers)
        book = f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        defaults = (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
        )
        overrides = _part("/xl/workbook.xml", "sheet.main") + _part("/xl/styles.xml", "styles") + parts
        types = f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'
        frame = {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _links(links + _link("rId0", "styles", "styles.xml")),
            "xl/styles.xml": _STYLES,
            "_rels/.rels": _links(_link("rId1", "officeDocument", "xl/workbook.xml")),
            "[Content_Types].xml": types,
        }
        for name, text in frame.items():
            self._zip.writestr(_entry(name), text)


def _entry(name: str) -> ZipInfo:
    """Name a part of the file, stamped with the oldest date that ZIP knows."""
    entry = ZipInfo(name, _OLDEST_STAMP)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value, quote=False)}</t></is></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{value.toordinal() - _EPOCH}</v></c>'
    return f"<c><v>{value}</v></c>"


def _part(name: str, kind: str) -> str:
    return f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'


def _link(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
