"""A text file as blocks of whole lines in constant memory, whatever its encoding and line ends.

Newline bytes never occur inside a character of UTF-8, GB18030 or Big5, so blocks are cut before they are decoded;
UTF-16 is turned into UTF-8 first.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from kehu.collect.files.delimited.encoding import BIG5

MAX_LINE_BYTES = 131_072
_DOS_END = b"\x1a"


class Block(NamedTuple):
    """Whole lines as bytes; an oversize block is one line, cut off at `MAX_LINE_BYTES`."""

    data: bytes
    is_oversize: bool


def byte_encoding(encoding: str) -> str:
    """Return the codec of the blocks for the encoding of a file."""
    return encoding if encoding in ("gb18030", BIG5) else "utf-8"


def read_blocks(stream: BinaryIO, encoding: str) -> Iterator[Block]:
    """Yield the file from its start as blocks that end with a newline, without mark and carriage-return files."""
    tail = b""
    for piece in _pieces(stream, encoding):
        cut = piece.rfind(b"\n") + 1
        if not cut:
            # Only one byte beyond the limit has to be remembered to know that the line is too long.
            tail = (tail + piece)[: MAX_LINE_BYTES + 1]
            continue
        first = piece.find(b"\n") + 1
        if len(tail) + first > MAX_LINE_BYTES:
            yield Block((tail + piece[:first])[:MAX_LINE_BYTES], is_oversize=True)
            if first < cut:
                yield Block(piece[first:cut], is_oversize=False)
        else:
            yield Block(tail + piece[:cut], is_oversize=False)
        tail = piece[cut:]
    tail = tail.rstrip(_DOS_END)
    if tail:
        yield Block(tail[:MAX_LINE_BYTES], is_oversize=len(tail) > MAX_LINE_BYTES)


def _pieces(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield pieces no longer than a line may be, with newlines as the only line ends that matter."""
    stream.seek(0)
    is_first = True
    is_old_mac = False
    is_wide = encoding.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass") if is_wide else None
    while piece := stream.read(MAX_LINE_BYTES):
        if decoder:
            piece = decoder.decode(piece).encode("utf-8", "surrogatepass")
        if is_first:
            is_first = False
            piece = piece.removeprefix(codecs.BOM_UTF8)
            is_old_mac = b"\r" in piece and b"\n" not in piece
        if is_old_mac:
            piece = piece.replace(b"\r", b"\n")
        for start in range(0, len(piece), MAX_LINE_BYTES):
            yield piece[start : start + MAX_LINE_BYTES]
