"""What a file is, told from its content; its name is a hint only."""

import re
from typing import BinaryIO, NoReturn

from kehu.collect.files.delimited.choosing import chosen_encoding
from kehu.collect.files.delimited.encoding import HEAD_BYTES, detect_encoding
from kehu.collect.files.delimited.layout import find_delimiter, find_quote, split_records
from kehu.collect.files.delimited.lines import byte_encoding, read_blocks
from kehu.collect.files.faults import (
    DelimiterMissing,
    EmptyFile,
    FileTooBig,
    HasMacros,
    IsEncrypted,
    NotATable,
    OldWorkbook,
    PlainArchive,
    ReadingMisplaced,
    TooManyRows,
    WebPageTable,
)
from kehu.collect.files.form import MAX_FILE_BYTES, MAX_ROWS, FileForm, Kind, Reading
from kehu.collect.files.header import column_names, header_of
from kehu.collect.files.workbook.sniffing import sniff_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3", b"PAR1", b"{\\rtf", b"\x7fELF")
_WEB_PAGE = re.compile(rb"\s*<(\?xml|!doctype|html|table|head|meta|workbook)", re.IGNORECASE)
_JSON = re.compile(r'\s*(\{\s*"|\[\s*[\[{"])')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_CONTROL_SHARE = 0.02
_MAX_LIST_LINE = 200
_SURELY_TOO_MANY = MAX_ROWS * 5 // 4


AS_RECOGNIZED = Reading()


def sniff(stream: BinaryIO, filename: str, reading: Reading = AS_RECOGNIZED) -> FileForm:
    """Return the form of a table file; the stream must be seekable and is left at any place.

    What `reading` says is taken, the rest is recognized. Raises the kind of `FileRefused` that tells the user what
    the file is and how to mend it, or why it cannot be read as he says.
    """
    size = stream.seek(0, 2)
    if not size:
        raise EmptyFile
    if size > MAX_FILE_BYTES:
        raise FileTooBig
    stream.seek(0)
    head = stream.read(4_096)
    suffix = filename.lower().rpartition(".")[2]
    if head.startswith(b"PK\3\4"):
        if suffix in ("xlsm", "xltm", "xlam"):
            raise HasMacros
        if reading.encoding or reading.delimiter:
            raise ReadingMisplaced
        return sniff_workbook(stream, reading)
    _refuse_other_kinds(stream, head)
    if reading.sheet is not None:
        raise ReadingMisplaced
    return _sniff_text(stream, size, suffix, reading)


def _refuse_other_kinds(stream: BinaryIO, head: bytes) -> None:
    if head.startswith(_OLE):
        _refuse_ole(stream)
    if head.startswith((b"PK\5\6", b"PK\7\x08", *_ARCHIVES)):
        raise PlainArchive
    if head.startswith(_OTHERS):
        raise NotATable
    if _WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise WebPageTable


def _refuse_ole(stream: BinaryIO) -> NoReturn:
    stream.seek(0)
    tail = b""
    while block := stream.read(1024 * 1024):
        if _ENCRYPTED_STREAM in tail + block:
            raise IsEncrypted
        tail = block[-len(_ENCRYPTED_STREAM) :]
    raise OldWorkbook


def _sniff_text(stream: BinaryIO, size: int, suffix: str, reading: Reading) -> FileForm:
    wanted = reading.encoding
    encoding = chosen_encoding(stream, size, wanted) if wanted else detect_encoding(stream, size)
    text, is_whole = _head_text(stream, encoding)
    if not text.strip():
        raise EmptyFile
    if _JSON.match(text) or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise NotATable
    delimiter = _delimiter(text, suffix, reading.delimiter)
    quote = find_quote(text, delimiter)
    records = split_records(text, delimiter, quote)
    header_row = header_of(records, reading.header_row)
    columns = column_names(records, header_row)
    body = sum(any(cell.strip() for cell in record) for record in records[header_row + 1 :])
    estimate = body if is_whole else round(size / _bytes_of(text, encoding) * len(records)) - header_row - 1
    if estimate > _SURELY_TOO_MANY:
        raise TooManyRows
    kind: Kind = "tsv" if delimiter == "\t" else "csv"
    return FileForm(kind, encoding, delimiter, quote, header_row, columns, None, estimate)


def _delimiter(text: str, suffix: str, wanted: str | None) -> str:
    if wanted is not None:
        if wanted not in text:
            raise DelimiterMissing
        return wanted
    delimiter = find_delimiter(text, "\t" if suffix in ("tsv", "tab", "xls") else "")
    if not delimiter and max(map(len, text.split("\n"))) > _MAX_LIST_LINE:
        raise NotATable
    return delimiter or ","


def _head_text(stream: BinaryIO, encoding: str) -> tuple[str, bool]:
    parts: list[str] = []
    length = 0
    for data, is_oversize in read_blocks(stream, encoding):
        if length >= HEAD_BYTES:
            return "".join(parts), False
        # An oversize line keeps its place among the rows, with its beginning alone.
        piece = data[:_MAX_LIST_LINE] + b"\n" if is_oversize else data
        parts.append(piece.decode(byte_encoding(encoding), "replace"))
        length += len(data)
    return "".join(parts), True


def _bytes_of(text: str, encoding: str) -> int:
    return len(text.encode(encoding, "replace"))
