"""Rows of text files: numbers as in Excel, faults by row, and resumption."""

import io
import resource
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.collect.files.faults import QuotesBroken, TooManyRows
from kehu.collect.files.form import FileForm, Row, RowFault
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import sniff

Read = Callable[..., list[Row]]
Faults = Callable[[list[Row]], dict[int, str]]

PLAIN = FileForm("csv", "utf-8", ",", '"', 0, ("a", "b"), None, 0)


def rows_of(data: bytes, form: FileForm = PLAIN, start_row: int = 0) -> list[Row]:
    return list(read_rows(io.BytesIO(data), form, start_row))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_han_of_every_length_comes_back_equal(encoding: str, read: Read) -> None:
    name = f"{chr(0x20BB7)}田·Ａ{chr(0x3400)}"

    rows = read(f"姓名,城市,备注\n{name},杭州,普通客户\n沈静仪,宁波,普通客户\n".encode(encoding))

    assert rows[0] == Row(2, (name, "杭州", "普通客户"))


def test_numbers_count_title_header_and_blank_lines_as_excel_does(read: Read) -> None:
    data = "清单,,\n\n姓名,城市,备注\n沈静仪,杭州,a\n\n,,\n欧阳澄,宁波,b\n"

    assert [row.number for row in read(data.encode())] == [4, 7]


def test_delimiters_inside_gbk_characters_do_not_cut_them(read: Read) -> None:
    rows = read("姓名|城市|备注\n沈縗|杭州|珅\n澄瀨|宁波|瀈\n".encode("gb18030"))

    assert [row.cells for row in rows] == [("沈縗", "杭州", "珅"), ("澄瀨", "宁波", "瀈")]


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks(read: Read) -> None:
    rows = read('姓名,地址\n沈静仪,"杭州,""西湖""\r\n文三路"\n欧阳澄,宁波\n'.encode())

    assert rows == [Row(2, ("沈静仪", '杭州,"西湖"\n文三路')), Row(3, ("欧阳澄", "宁波"))]


def test_a_quote_without_partner_costs_one_row_only(faults: Faults) -> None:
    data = b'a,b\n1,x\n2,"open\n' + b"3,y\n" * 500 + b'4,"ok"\n'

    rows = rows_of(data)

    assert faults(rows) == {3: "broken_quote"}
    assert (len(rows), rows[-1]) == (503, Row(504, ("4", "ok")))


def test_a_quote_closed_by_a_later_row_swallows_no_row_between(faults: Faults) -> None:
    rows = rows_of(b'a,b\n1,"open\n2,y\n3,"z"\n4,w\n')

    assert faults(rows) == {2: "broken_quote"}
    assert [row.number for row in rows] == [2, 3, 4, 5]


def test_thousands_of_broken_quotes_stop_the_file() -> None:
    with pytest.raises(QuotesBroken):
        rows_of(b"a,b\n" + b'x"y,"z\n' * 5_000)


def test_a_wrong_number_of_cells_is_a_fault_that_keeps_them(faults: Faults) -> None:
    rows = rows_of(b"a,b\n1\n1,2,3\n1,2,,\n")

    assert faults(rows) == {2: "wrong_width", 3: "wrong_width"}
    assert isinstance(rows[1].cells, RowFault)
    assert rows[1].cells.raw == ("1", "2", "3")
    assert rows[2].cells == ("1", "2")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_undecodable_bytes_are_the_fault_of_their_row(encoding: str, faults: Faults) -> None:
    data = "a,b\n沈静仪,1\n".encode(encoding) + b"x\xff,2\n" + "欧阳澄,3\n".encode(encoding)
    form = FileForm("csv", encoding, ",", '"', 0, ("a", "b"), None, 0)

    rows = rows_of(data, form)

    assert faults(rows) == {3: "undecodable"}
    assert isinstance(rows[1].cells, RowFault)
    assert rows[1].cells.raw == ("x\ufffd", "2")
    assert rows[2].cells == ("欧阳澄", "3")


def test_nul_characters_are_the_fault_of_their_row(faults: Faults) -> None:
    assert faults(rows_of(b"a,b\n1,2\nx\0,3\n4,5\n")) == {3: "nul"}


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_a_cell_of_ten_megabytes_is_the_fault_of_its_row(quote: bytes, faults: Faults) -> None:
    huge = quote + b"x" * 10_000_000 + quote

    rows = rows_of(b"a,b\n1,2\n3," + huge + b"\n4,5\n")

    assert faults(rows) == {3: "row_too_long"}
    assert rows[-1] == Row(4, ("4", "5"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_is_read(end: str) -> None:
    data = end.join(["a,b", "1,2", "3,4", ""]).encode()

    assert rows_of(data) == [Row(2, ("1", "2")), Row(3, ("3", "4"))]


def test_the_end_mark_of_dos_is_no_row() -> None:
    assert rows_of(b"a,b\n1,2\n\x1a") == [Row(2, ("1", "2"))]


def test_formulas_are_refused_and_marks_that_force_text_are_taken_off(faults: Faults) -> None:
    rows = rows_of(b'a,b\n=HYPERLINK("http://x"),1\n\'=x,\'+86 138\n"=""00123""",\'tis\n1.38E+10,a=b(c)\n')

    assert faults(rows) == {2: "formula"}
    assert [row.cells for row in rows[1:]] == [("=x", "+86 138"), ("00123", "'tis"), ("1.38E+10", "a=b(c)")]


def test_more_than_ten_million_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehu.collect.files.rows.MAX_ROWS", 3)

    with pytest.raises(TooManyRows):
        rows_of(b"a,b\n" + b"1,2\n" * 4)


CELL = st.text(st.sampled_from("ab,\"\n沈 ='|"), max_size=6)


@given(table=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=40), start=st.integers(0, 45))
def test_reading_from_any_row_gives_the_same_rows(table: list[tuple[str, str]], start: int) -> None:
    data = ("a,b\n" + "\n".join(",".join(row) for row in table)).encode()

    whole = rows_of(data)

    assert rows_of(data, start_row=start) == [row for row in whole if row.number >= start]


def test_memory_stays_flat_and_rows_come_fast() -> None:
    line = "CC-1,沈静仪,110101198508140028,13812341234,1,1985,西湖区,0571,5,,a@b.cn,本科\n".encode("gb18030")
    names = ",".join(f"c{n}" for n in range(12)).encode() + b"\n"
    stream = io.BytesIO(names + line * 400_000)
    form = sniff(stream, "a.csv")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    started = time.process_time()
    count = sum(isinstance(row.cells, tuple) for row in read_rows(stream, form))
    used = time.process_time() - started

    assert count == 400_000
    assert used < 400_000 / 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
