"""An encoding that a person chose: taken when it reads the file, else refused with what the file seems to be.

The check is strict, because a wrong encoding seldom fails by itself: GB18030 reads nearly any bytes, as gibberish.
"""

from typing import BinaryIO

from kehu.collect.files.delimited.encoding import (
    BIG5,
    WIDE_HEAD,
    decoded,
    encoding_by_mark,
    judge,
    telling_lines,
    wide_encoding,
)
from kehu.collect.files.faults import EncodingUnknown, WrongEncoding

CODECS = {"utf-8": "utf-8", "gb18030": "gb18030", "utf-16": "utf-16", "big5": BIG5}
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", BIG5: "Big5"}
_READABLE_SHARE = 0.8


def chosen_encoding(stream: BinaryIO, size: int, wanted: str) -> str:
    """Return the codec for a key of `CODECS`. Raises WrongEncoding where it would make gibberish of the file."""
    codec = CODECS[wanted]
    stream.seek(0)
    head = stream.read(WIDE_HEAD)
    marked = encoding_by_mark(head)
    if marked:
        return _agreed(marked, codec)
    wide = wide_encoding(head)
    if wide or codec == "utf-16":
        return _agreed(wide, codec)
    lines = telling_lines(stream, size)
    likely = _likely(lines)
    if not lines or likely == codec:
        return codec
    if likely is not None or _readable_share(lines, codec) < _READABLE_SHARE:
        raise WrongEncoding(_NAMES[codec], _NAMES.get(likely or ""))
    return codec


def _agreed(found: str | None, codec: str) -> str:
    if found is None or _NAMES.get(found, "UTF-16") != _NAMES[codec]:
        raise WrongEncoding(_NAMES[codec], None if found is None else _NAMES.get(found, "UTF-16"))
    return found


def _likely(lines: list[bytes]) -> str | None:
    try:
        return judge(lines) if lines else None
    except EncodingUnknown:
        return None


def _readable_share(lines: list[bytes], codec: str) -> float:
    return sum(decoded(line, codec) is not None for line in lines) / len(lines)
