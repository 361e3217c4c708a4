"""Rows of workbooks: what Excel stores becomes what a person would have typed."""

import datetime as dt
import io
import re
import time
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from kehu.collect.files.faults import EmptyFile
from kehu.collect.files.form import Row, RowFault
from kehu.collect.files.sniff import sniff

Read = Callable[..., list[Row]]
Make = Callable[..., bytes]
Faults = Callable[[list[Row]], dict[int, str]]


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_form_of_a_workbook_is_told(workbook: Make) -> None:
    data = workbook(["客户清单"], [], ["姓名", "手机", "城市"], ["沈静仪", "13812341234", "杭州"])

    form = sniff(io.BytesIO(data), "客户.xlsx")

    assert (form.kind, form.sheet, form.header_row) == ("xlsx", "Sheet", 2)
    assert (form.columns, form.row_estimate) == (("姓名", "手机", "城市"), 1)


def test_dates_numbers_and_truth_become_plain_text(read: Read, workbook: Make) -> None:
    values = [
        13812341234,
        3.0,
        0.1 + 0.2,
        0.00001,
        True,
        dt.date(1985, 8, 14),
        dt.datetime.fromisoformat("2026-01-02T03:04:05"),
    ]
    header = ["a", "b", "c", "d", "e", "f", "g"]

    rows = read(workbook(header, values))

    expected = ("13812341234", "3", "0.3", "0.00001", "TRUE", "1985-08-14", "2026-01-02T03:04:05")
    assert rows == [Row(2, expected)]


def test_numbers_that_lost_digits_stay_in_scientific_notation(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["证件号", "手机"])
    sheet.append([110101198508140000, 13800000000])
    sheet["B2"].number_format = "0.00E+00"

    assert read(saved(book)) == [Row(2, ("1.10101198508140E+17", "1.38E+10"))]


def test_formulas_and_error_cells_are_faults_of_their_rows(
    read: Read, workbook: Make, faults: Faults
) -> None:
    data = workbook(["姓名", "额度"], ["沈静仪", "=1+1"], ["欧阳澄", "#N/A"], ["单沈月", 5])

    rows = read(data)

    assert faults(rows) == {2: "formula", 3: "error_cell"}
    assert isinstance(rows[0].cells, RowFault)
    assert rows[0].cells.raw == ("沈静仪", "=1+1")
    assert "第 2 列" in rows[0].cells.reason.zh


def test_hidden_rows_are_read_and_merged_cells_are_tolerated(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["姓名", "城市"], ["沈静仪", "杭州"], ["欧阳澄", "杭州"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True

    assert read(saved(book)) == [Row(2, ("沈静仪", "杭州")), Row(3, ("欧阳澄", ""))]


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["秘密", "x"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("客户").append(["姓名", "城市"])

    assert sniff(io.BytesIO(saved(book)), "a.xlsx").sheet == "客户"


def test_a_workbook_without_content_is_empty(workbook: Make) -> None:
    with pytest.raises(EmptyFile):
        sniff(io.BytesIO(workbook()), "a.xlsx")


def test_cells_beyond_the_header_are_a_fault_and_missing_ones_are_blank(
    read: Read, workbook: Make, faults: Faults
) -> None:
    rows = read(workbook(["姓名", "城市"], ["a"], [], ["b", "c"], ["d", "e", "f"]))

    assert faults(rows) == {5: "wrong_width"}
    assert rows[:2] == [Row(2, ("a", "")), Row(4, ("b", "c"))]


def test_a_wrong_declared_range_cuts_nothing_off(read: Read, workbook: Make, repacked: Make) -> None:
    data = workbook(["姓名", "城市"], ["沈静仪", "杭州"])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").replace(b'"A1:B2"', b'"A1"')

    assert read(repacked(data, **{"xl/worksheets/sheet1.xml": sheet})) == [Row(2, ("沈静仪", "杭州"))]


def test_reading_resumes_at_a_row_and_is_not_slow(read: Read, workbook: Make) -> None:
    data = workbook(["姓名", "城市"], *[[f"客户{n}", "杭州"] for n in range(20_000)])
    started = time.process_time()

    rows = read(data, start_row=19_000)

    assert rows[0] == Row(19_000, ("客户18998", "杭州"))
    assert time.process_time() - started < 4


def test_a_workbook_as_excel_writes_it_is_read(read: Read, excel_workbook: bytes, faults: Faults) -> None:
    rows = read(excel_workbook)

    assert rows[0] == Row(2, ("沈静仪", "1.10101198508141E+17"))
    assert faults(rows) == {5: "formula"}


def test_chinese_dates_and_the_calendar_of_1904_and_durations_are_text(
    excel_workbook: bytes, repacked: Make, read: Read
) -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 31, 22, 46, 11))
    cells = "".join(
        f'<c r="{letter}2" s="{style}"><v>31272.5</v></c>' for style, letter in enumerate("ABCDE")
    )
    head = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>{letter}列</t></is></c>' for letter in "ABCDE")
    data = repacked(
        excel_workbook,
        **{
            "xl/styles.xml": f"<styleSheet {main}><cellXfs>{formats}</cellXfs></styleSheet>".encode(),
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData><row>{head}</row><row>{cells}</row>"
            "</sheetData></worksheet>".encode(),
        },
    )

    expected = ("31272.5", "1985-08-13T12:00:00", "1985-08-13T12:00:00", "31272 days, 12:00:00", "3.13E+04")
    assert read(data) == [Row(2, expected)]


def test_prefixed_xml_reads_the_same(excel_workbook: bytes, repacked: Make, read: Read) -> None:
    with zipfile.ZipFile(io.BytesIO(excel_workbook)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    prefixed = re.sub(rb"<(/?)(\w+)(?=[\s>/])", rb"<\1x:\2", sheet).replace(b"xmlns=", b"xmlns:x=")

    assert read(repacked(excel_workbook, **{"xl/worksheets/sheet1.xml": prefixed})) == read(excel_workbook)


def test_a_sheet_without_declared_range_is_estimated(workbook: Make) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    for number in range(3_001):
        sheet.append(["姓名", "城市"] if not number else [f"客户{number}", "杭州"])

    assert 2_700 < sniff(io.BytesIO(saved(book)), "a.xlsx").row_estimate < 3_300


def test_empty_cells_without_a_place_of_their_own_keep_the_columns_apart(
    read: Read, workbook: Make, repacked: Make
) -> None:
    data = workbook(["姓名", "邮箱", "等级"], ["沈静仪", "s@example.com", "C3"])
    cells = "".join(
        f'<c t="inlineStr"><is><t>{text}</t></is></c>' if text else "<c/>" for text in ("顾长林", "", "C2")
    )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    sheet = sheet.replace("</sheetData>", f"<row>{cells}</row></sheetData>")

    rows = read(repacked(data, **{"xl/worksheets/sheet1.xml": sheet.encode()}))

    assert rows[-1].cells == ("顾长林", "", "C2")
