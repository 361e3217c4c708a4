"""The file of refused rows: safe in a spreadsheet, and fit to be uploaded again."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.collect.files.errors_file import REASON_COLUMN, write_error_rows
from kehu.collect.files.form import FileForm, Row
from kehu.collect.files.rows import read_rows
from kehu.standardize.values.cells import safe_cell


def test_the_file_opens_in_excel_with_the_reason_last() -> None:
    out = io.BytesIO()

    count = write_error_rows(out, ["姓名", "手机"], [(("沈静仪", "1.38E+10"), "手机号是科学计数法")])

    assert count == 1
    assert out.getvalue() == "\ufeff姓名,手机,原因\r\n沈静仪,1.38E+10,手机号是科学计数法\r\n".encode()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|x", "-x", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＋x", "－x", "＠x"]
)
def test_cells_that_a_spreadsheet_would_run_are_marked(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-5.20", "+8613812341234", "沈静仪", "1.38E+10", "a=b", "-12%"])
def test_plain_numbers_and_text_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


def test_rows_of_the_wrong_width_keep_the_reason_in_its_column(read: Callable[..., list[Row]]) -> None:
    out = io.BytesIO()
    write_error_rows(out, ["姓名", "城市"], [(("a", "b", "c"), "多一格"), (("d",), "少一格")])

    assert [row.cells for row in read(out.getvalue())] == [("a", "b c", "多一格"), ("d", "", "少一格")]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).filter(
    lambda text: "(" not in text and "（" not in text and not text.startswith(("'", '="'))
)


@given(cells=st.lists(TEXT, min_size=3, max_size=3))
def test_what_is_written_reads_back_equal(cells: list[str]) -> None:
    out = io.BytesIO()
    form = FileForm("csv", "utf-8-sig", ",", '"', 0, ("a", "b", "c", REASON_COLUMN), None, 1)

    write_error_rows(out, ["a", "b", "c"], [(cells, "核对")])

    assert list(read_rows(out, form)) == [Row(2, (*cells, "核对"))]
