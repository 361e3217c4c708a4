"""The delimiter and the quote of a text file, found by how evenly they divide its lines."""

import csv
import io
import re
from collections import Counter
from itertools import islice

DELIMITERS = (",", "\t", ";", "|", "^")
_LOOK_AT = 300
_MIN_SCORE = 0.2
_HINT = 0.05
_QUOTED_SHARE = 0.5


def find_delimiter(text: str, hint: str = "") -> str:
    """Return the delimiter of the first lines, or an empty text where no candidate divides them evenly."""
    score, delimiter = max((_score(text, each) + (_HINT if each == hint else 0), each) for each in DELIMITERS)
    return delimiter if score >= _MIN_SCORE else ""


def find_quote(text: str, delimiter: str) -> str:
    """Return the quote in use; empty for `|` and `^` files without any quoted cell, where a quote is a letter."""
    lines = text.split("\n")[:_LOOK_AT]
    if _quoted_lines(lines, delimiter, '"'):
        return '"'
    if _quoted_lines(lines, delimiter, "'") >= _QUOTED_SHARE * sum(bool(line.strip()) for line in lines):
        return "'"
    return "" if delimiter in "|^" else '"'


def split_records(text: str, delimiter: str, quote: str, limit: int | None = None) -> list[list[str]]:
    """Return the records of a text, blank ones as empty lists, so that their index tells the row in Excel."""
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="\n")
    reader = (
        csv.reader(lines, delimiter=delimiter, quotechar=quote)
        if quote
        else csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    records: list[list[str]] = []
    try:
        records.extend(islice(reader, limit))
    except csv.Error:
        # A cell beyond any measure; the records before it are enough to know the layout.
        return records
    return records


def _score(text: str, delimiter: str) -> float:
    records = split_records(text, delimiter, '"', _LOOK_AT)
    widths = Counter(len(record) for record in records if any(cell.strip() for cell in record))
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.0
    width, count = wide.most_common(1)[0]
    return count / widths.total() * (1 - 1 / width)


def _quoted_lines(lines: list[str], delimiter: str, quote: str) -> int:
    edge = re.escape(delimiter)
    quoted = re.compile(rf"(?:^|{edge}){quote}(?:[^{quote}]|{quote}{quote})*{quote}(?:\r?$|{edge})")
    return sum(quoted.search(line) is not None for line in lines)
