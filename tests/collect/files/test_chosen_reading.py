"""How a person says that a file is read: taken where it can be, refused with a sentence where it would be gibberish."""

import io

import pytest
from openpyxl import Workbook

from kehu.collect.files.faults import (
    DelimiterMissing,
    FileRefused,
    HeaderMissing,
    ReadingMisplaced,
    SheetMissing,
    WrongEncoding,
)
from kehu.collect.files.form import NO_HEADER, FileForm, Reading
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import sniff

TITLES = ["衡川银行;客户名单;内部资料;请勿外传", "制表;王敏;复核;李强", "机构;杭州分行;日期;2026-11-23"]
ROWS = [
    "客户号;姓名;管理资产;存款余额",
    "6155401604;沈静仪;1,234,567.00;2,345,678.00",
    "6155401605;顾长林;3,234,567.00;4,345,678.00",
]
FILE = "\n".join([*TITLES, *ROWS]) + "\n"
TRADITIONAL = (
    "客戶編號,姓名,地址\n"
    + "A001,陳美玲,臺北市信義區市府路四十五號\nA002,林志偉,臺中市西屯區臺灣大道三段\n" * 4
)


def form_of(data: bytes, reading: Reading, name: str = "客户.csv") -> FileForm:
    return sniff(io.BytesIO(data), name, reading)


def cells_of(data: bytes, form: FileForm) -> list[object]:
    return [row.cells for row in read_rows(io.BytesIO(data), form)]


def test_what_is_said_is_taken_and_the_rest_is_recognized() -> None:
    data = FILE.encode("gb18030")
    guessed = form_of(data, Reading())

    form = form_of(data, Reading(delimiter=";", header_row=3))

    assert guessed.header_row != 3
    assert (form.encoding, form.header_row, form.columns) == ("gb18030", 3, tuple(ROWS[0].split(";")))
    assert cells_of(data, form)[0] == tuple(ROWS[1].split(";"))


def test_a_file_may_be_said_to_have_no_header() -> None:
    form = form_of("姓名,城市\n沈静仪,杭州\n".encode(), Reading(header_row=NO_HEADER))

    assert (form.header_row, form.columns, form.row_estimate) == (NO_HEADER, ("第 1 列", "第 2 列"), 2)


@pytest.mark.parametrize(
    ("written", "said"),
    [("utf-8", "gb18030"), ("utf-8", "big5"), ("utf-8", "utf-16"), ("gb18030", "utf-8"), ("gb18030", "utf-16"),
     ("utf-16", "utf-8"), ("utf-8-sig", "gb18030"), ("utf-16-le", "gb18030")],
)  # fmt: skip
def test_an_encoding_that_makes_gibberish_is_refused_in_words(written: str, said: str) -> None:
    data = (
        "客户号,姓名,地址\n" + "1,沈静仪,杭州市西湖区文三路一号\n2,顾长林,宁波市海曙区中山路二号\n" * 5
    ).encode(written)

    with pytest.raises(WrongEncoding) as caught:
        form_of(data, Reading(encoding=said))

    assert "乱码" in caught.value.text.zh
    assert "编码" in caught.value.text.zh


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf16_is_read_with_and_without_its_mark(written: str) -> None:
    data = "客户号,姓名\n1,沈静仪\n".encode(written)

    form = form_of(data, Reading(encoding="utf-16"))

    assert form_of(data, Reading()) == form
    assert (form.columns, cells_of(data, form)) == (("客户号", "姓名"), [("1", "沈静仪")])


def test_traditional_characters_in_big5_are_told_from_gb18030() -> None:
    data = TRADITIONAL.encode("big5")

    form = form_of(data, Reading())

    assert form.columns == ("客戶編號", "姓名", "地址")
    assert cells_of(data, form)[0] == ("A001", "陳美玲", "臺北市信義區市府路四十五號")
    assert form_of(data, Reading(encoding="big5")) == form
    with pytest.raises(WrongEncoding, match="Big5"):
        form_of(data, Reading(encoding="gb18030"))


@pytest.mark.parametrize("text", [FILE, TRADITIONAL])
def test_chinese_in_gb18030_is_not_taken_for_big5(text: str) -> None:
    data = text.encode("gb18030")

    assert form_of(data, Reading()).encoding == "gb18030"
    with pytest.raises(WrongEncoding, match="GB18030"):
        form_of(data, Reading(encoding="big5"))


@pytest.mark.parametrize(
    ("reading", "refusal"),
    [
        (Reading(delimiter="|"), DelimiterMissing),
        (Reading(header_row=6), HeaderMissing),
        (Reading(header_row=900), HeaderMissing),
        (Reading(sheet="客户"), ReadingMisplaced),
    ],
)
def test_what_the_file_does_not_have_is_refused(reading: Reading, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        form_of(FILE.encode(), reading)


def workbook() -> bytes:
    book = Workbook()
    first, second, hidden = book.worksheets[0], book.create_sheet("客户"), book.create_sheet("底稿")
    first.title = "说明"
    first.append(["这是说明", "请看下一页"])
    second.append(["姓名", "手机"])
    second.append(["沈静仪", "13857101234"])
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_is_chosen_among_the_visible_ones() -> None:
    form = form_of(workbook(), Reading(sheet="客户"), "a.xlsx")

    assert (form.sheet, form.sheets, form.columns) == ("客户", ("说明", "客户"), ("姓名", "手机"))
    assert cells_of(workbook(), form) == [("沈静仪", "13857101234")]


@pytest.mark.parametrize(
    ("reading", "refusal"),
    [
        (Reading(sheet="底稿"), SheetMissing),
        (Reading(sheet="没有"), SheetMissing),
        (Reading(encoding="utf-8"), ReadingMisplaced),
        (Reading(header_row=5), HeaderMissing),
    ],
)
def test_what_a_workbook_does_not_have_is_refused(reading: Reading, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        form_of(workbook(), reading, "a.xlsx")
