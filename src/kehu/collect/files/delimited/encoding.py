"""The encoding of a text file: byte order mark, then UTF-8, GB18030 or Big5, judged by lines from all over the file.

Judged by lines, because one damaged row must not turn a UTF-8 file of a million rows into mojibake.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from kehu.collect.files.faults import EncodingUnknown

HEAD_BYTES = 512 * 1024
WIDE_HEAD = 64 * 1024
_WIDE_SHARE = 0.1
_PROBES = 15
_PROBE_BYTES = 64 * 1024
_SCAN_BYTES = 4 * 1024 * 1024
_UTF8_SHARE = 0.8
_GB_SHARE = 0.5
_FIRST_THREE_BYTE = "\u0800"
BIG5 = "big5hkscs"
_BIG5_LINES = 500
_BIG5_SHARE = 0.95
_MIN_HAN = 20
_COMMON_BIG5_SHARE = 0.9
_COMMON_GB_SHARE = 0.75
_LAST_COMMON_BIG5 = 0xC6


def encoding_by_mark(head: bytes) -> str | None:
    """Return the codec that a byte order mark announces."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def wide_encoding(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: ASCII has one beside each character."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(1, _WIDE_SHARE * len(head) / 2) or min(even, odd) > max(even, odd) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def detect_encoding(stream: BinaryIO, size: int) -> str:
    """Return `utf-8-sig`, `utf-16` (`-le` or `-be` without its mark), `utf-8`, `gb18030` or `BIG5`.

    Raises `EncodingUnknown` where most lines with other than ASCII are valid in none of them.
    """
    stream.seek(0)
    head = stream.read(WIDE_HEAD)
    return encoding_by_mark(head) or wide_encoding(head) or judge(telling_lines(stream, size))


def telling_lines(stream: BinaryIO, size: int) -> list[bytes]:
    """Return lines with other than ASCII from all over the file, else the first ones that there are."""
    lines = [line for sample in samples(stream, size) for line in sample.split(b"\n") if not line.isascii()]
    return lines or _first_lines_beyond_ascii(stream)


def samples(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the head and evenly spread pieces of the file, each cut to whole lines."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES:
        yield head
        return
    yield head[: head.rfind(b"\n") + 1] or head
    step = (size - HEAD_BYTES) // _PROBES
    for probe in range(_PROBES):
        stream.seek(HEAD_BYTES + probe * step)
        piece = stream.read(_PROBE_BYTES)
        yield piece[piece.find(b"\n") + 1 : piece.rfind(b"\n") + 1]


def _first_lines_beyond_ascii(stream: BinaryIO) -> list[bytes]:
    stream.seek(0)
    while block := stream.read(_SCAN_BYTES):
        if not block.isascii():
            block += stream.readline(_PROBE_BYTES)
            return [line for line in block.split(b"\n") if not line.isascii()]
    return []


def judge(lines: list[bytes]) -> str:
    """Return the encoding that lines with other than ASCII are in. Raises EncodingUnknown."""
    if not lines:
        return "utf-8"
    as_utf8 = [text for line in lines if (text := decoded(line, "utf-8")) is not None]
    if len(as_utf8) >= _UTF8_SHARE * len(lines) and not _is_gbk_in_disguise(as_utf8, lines):
        return "utf-8"
    if _is_big5(lines[:_BIG5_LINES]):
        return BIG5
    if sum(decoded(line, "gb18030") is not None for line in lines) >= _GB_SHARE * len(lines):
        return "gb18030"
    raise EncodingUnknown


def _is_big5(lines: list[bytes]) -> bool:
    """Tell Big5 from GB18030, which takes nearly any bytes: as Big5 the characters are common ones, as GB they are rare."""
    read = [text for line in lines if (text := decoded(line, "big5")) is not None]
    if len(read) < _BIG5_SHARE * len(lines):
        return False
    big5 = [char for text in read for char in text if not char.isascii()]
    common = sum(char.encode("big5")[0] <= _LAST_COMMON_BIG5 for char in big5)
    if len(big5) < _MIN_HAN or common < _COMMON_BIG5_SHARE * len(big5):
        return False
    gb = [char for line in lines for char in line.decode("gb18030", "replace") if not char.isascii()]
    return sum(_is_in_gb2312(char) for char in gb) < _COMMON_GB_SHARE * len(gb)


def _is_in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def decoded(line: bytes, encoding: str) -> str | None:
    """Return a line as text, None where it is not valid."""
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_gbk_in_disguise(as_utf8: list[str], lines: list[bytes]) -> bool:
    """Tell short GBK words such as 联通, which happen to be valid UTF-8 of Latin and Greek letters."""
    if any(char >= _FIRST_THREE_BYTE for text in as_utf8 for char in text):
        return False
    other = [text for line in lines if (text := decoded(line, "gb18030")) is not None]
    beyond = [char for text in other for char in text if not char.isascii()]
    return len(other) == len(lines) and all("\u4e00" <= char <= "\u9fff" for char in beyond)
