"""What is told of a text file: encoding, delimiter, quote, header and columns."""

import io

import pytest

from kehu.collect.files.faults import (
    EmptyFile,
    EncodingUnknown,
    FileRefused,
    FileTooBig,
    IsEncrypted,
    NotATable,
    OldWorkbook,
    PlainArchive,
    TooManyRows,
    WebPageTable,
)
from kehu.collect.files.form import MAX_FILE_BYTES, NO_HEADER, FileForm
from kehu.collect.files.sniff import sniff

HEADER = "客户号,客户姓名,移动电话,出生日"
BODY = ["C001,沈静仪,13812341234,1985-08-14", "C002,买买提·艾力,13912341234,1990/1/2"]


def form_of(data: bytes, name: str = "客户.csv") -> FileForm:
    return sniff(io.BytesIO(data), name)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_each_encoding_is_recognized(encoding: str) -> None:
    form = form_of("\r\n".join([HEADER, *BODY]).encode(encoding))

    assert (form.encoding, form.columns) == (encoding, tuple(HEADER.split(",")))
    assert (form.kind, form.delimiter, form.header_row, form.row_estimate) == ("csv", ",", 0, 2)


def test_a_rare_han_character_of_four_bytes_is_gb18030() -> None:
    assert form_of(f"姓名,城市\n{chr(0x20BB7)}野家,杭州\n".encode("gb18030")).encoding == "gb18030"


def test_a_short_gbk_word_that_is_valid_utf8_is_not_taken_for_utf8() -> None:
    assert form_of("id,name\n1,联通\n".encode("gbk")).encoding == "gb18030"


def test_one_damaged_row_does_not_change_the_encoding() -> None:
    lines = [HEADER, *BODY * 20]
    data = "\n".join(lines).encode().replace("沈静仪".encode(), "沈静仪".encode()[:-1], 1)

    assert form_of(data).encoding == "utf-8"


def test_chinese_far_behind_an_english_head_decides_the_encoding() -> None:
    data = b"ID,NAME\n" + b"1,abc\n" * 400_000 + "2,沈静仪\n".encode("gb18030") + b"3,abc\n" * 400_000

    assert form_of(data).encoding == "gb18030"


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(EncodingUnknown):
        form_of(b"ID,NAME\n" + b"1,\xff\xff\xff\n" * 20)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_each_delimiter_is_recognized(delimiter: str, encoding: str) -> None:
    data = "\n".join([HEADER, *BODY]).replace(",", delimiter).encode(encoding)

    form = form_of(data)

    assert (form.delimiter, len(form.columns)) == (delimiter, 4)
    assert form.kind == ("tsv" if delimiter == "\t" else "csv")


def test_commas_in_the_cells_of_a_semicolon_file_do_not_mislead() -> None:
    data = "姓名;地址;备注\n沈静仪;杭州,西湖;a,b\n欧阳澄;宁波,海曙,一号;\n单沈月;温州;c\n"

    assert form_of(data.encode()).columns == ("姓名", "地址", "备注")


def test_titles_and_blank_lines_above_the_header_are_passed_over() -> None:
    lines = ["信用卡客户清单,,,", "机构：杭州分行,日期：2026-11-23,,", "", HEADER, *BODY]

    form = form_of("\n".join(lines).encode())

    assert (form.header_row, form.columns[1], form.row_estimate) == (3, "客户姓名", 2)


def test_a_file_without_header_names_its_columns_by_position() -> None:
    form = form_of("\n".join(BODY).encode())

    assert (form.header_row, form.columns) == (NO_HEADER, ("第 1 列", "第 2 列", "第 3 列", "第 4 列"))


def test_blank_and_repeated_headers_get_names_of_their_own() -> None:
    form = form_of("姓名,,备注,备注\n沈静仪,1,a,b\n".encode())

    assert form.columns == ("姓名", "第 2 列", "备注", "备注 (2)")


def test_a_list_of_one_column_is_a_table() -> None:
    form = form_of("手机号\n13812341234\n13912341234\n".encode())

    assert (form.columns, form.row_estimate) == (("手机号",), 2)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile),
        (b"\n\n \n", EmptyFile),
        (b"%PDF-1.7 abc", NotATable),
        (b'{"a": 1}', NotATable),
        (b'[{"a": 1}]', NotATable),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, NotATable),
        (bytes(range(32)) * 50, NotATable),
        (("很长的一段话。" * 100).encode(), NotATable),
        (b"<html><table><tr><td>1</td></tr></table>", WebPageTable),
        (b'<?xml version="1.0"?><Workbook/>', WebPageTable),
        (b"\x1f\x8b\x08" + b"\0" * 20, PlainArchive),
        (b"Rar!\x1a\x07", PlainArchive),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OldWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), IsEncrypted),
    ],
)
def test_what_is_no_table_is_refused_with_a_way_out(data: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal) as caught:
        form_of(data)

    assert caught.value.text.zh
    assert caught.value.text.en


class Sparse(io.BytesIO):
    """A stream that claims a size without holding it."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return MAX_FILE_BYTES + 1 if whence == 2 else super().seek(offset, whence)


class Long(io.BytesIO):
    """A stream that claims to go on for two gigabytes."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return MAX_FILE_BYTES if whence == 2 else super().seek(offset, whence)


def test_a_file_over_two_gigabytes_is_refused() -> None:
    with pytest.raises(FileTooBig):
        sniff(Sparse(b"a,b\n1,2\n"), "a.csv")


def test_a_file_of_surely_too_many_rows_is_refused_at_once() -> None:
    with pytest.raises(TooManyRows):
        sniff(Long(b"ID,N\n" + b"1,2\n" * 300_000), "a.csv")
