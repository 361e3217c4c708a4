"""Files made in memory, and short ways to read them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from kehu.collect.files.form import Row, RowFault
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import sniff


@pytest.fixture
def read() -> Callable[..., list[Row]]:
    """Sniff and read bytes, from a row number on when asked."""

    def _read(data: bytes, name: str = "客户.csv", start_row: int = 0) -> list[Row]:
        stream = io.BytesIO(data)
        return list(read_rows(stream, sniff(stream, name), start_row))

    return _read


@pytest.fixture
def faults() -> Callable[[list[Row]], dict[int, str]]:
    """Tell the code of each faulty row by its number."""

    def _faults(rows: list[Row]) -> dict[int, str]:
        return {row.number: row.cells.code for row in rows if isinstance(row.cells, RowFault)}

    return _faults


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Make a workbook with these rows in its only sheet."""

    def _workbook(*rows: list[object]) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return _workbook


@pytest.fixture
def repacked() -> Callable[..., bytes]:
    """Make a workbook again with some members, by name, replaced or added."""

    def _repacked(data: bytes, **changes: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {name: package.read(name) for name in package.namelist()}
        members.update(changes)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in members.items():
                package.writestr(name, content)
        return out.getvalue()

    return _repacked


@pytest.fixture
def excel_workbook() -> bytes:
    """Make a workbook the way Excel writes one: shared strings, long numbers as floats, cached formula results."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="客户" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}><si><t>姓名</t></si><si><t>证件号</t></si>"
        "<si><r><t>沈</t></r><r><t>静仪</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>"
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1.10101198508141E+17</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5"><f>A1+1</f><v>2</v></c></row>'
        "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}')
    return out.getvalue()
