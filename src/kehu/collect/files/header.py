"""Which row is the header, told by its content, and the names of the columns."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from kehu.collect.files.faults import HeaderMissing
from kehu.collect.files.form import NO_HEADER

_LOOK_AT = 40
_FILLED_SHARE = 0.6
_DATA_SHARE = 0.2
_UNIQUE_SHARE = 0.6
_MAX_NAME = 64
_BLANKS = re.compile(r"\s+")
_DATA = re.compile(
    r"""[¥$€]?[+-]?[\d,]*\d(\.\d*)?(e[+-]?\d+)?%?   # a number or an amount
    | \d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([\sT].*)?   # a date
    | \+?\d[\d\s()-]{6,}\d   # a phone number
    | (?=(.*\d){8})[0-9a-z]{10,32}   # an identity number or a code
    | \S+@\S+\.\S+   # an address of e-mail
    | .*\*{3,}.*   # a masked value""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(r"[^:：]+[:：]\s*\S.*")


def find_header(records: Sequence[Sequence[str]]) -> int:
    """Return the index of the header among the first records, or `NO_HEADER` where data begins at once.

    Titles and notes above a table fill few cells, or read `label: value`.
    """
    head = records[:_LOOK_AT]
    widest = max((_filled(record) for record in head), default=0)
    for index, record in enumerate(head):
        cells = [cell for each in record if (cell := _name(each))]
        if not cells or len(cells) < _FILLED_SHARE * widest:
            continue
        if sum(_DATA.fullmatch(cell) is not None for cell in cells) > _DATA_SHARE * len(cells):
            return NO_HEADER
        if _can_be_header(cells):
            return index
    return NO_HEADER


def header_of(records: Sequence[Sequence[str]], wanted: int | None) -> int:
    """Return the header that is wanted, else the one that is found. Raises HeaderMissing where that row is blank."""
    if wanted is None:
        return find_header(records)
    if wanted != NO_HEADER and not (wanted < len(records) and _filled(records[wanted])):
        raise HeaderMissing(wanted + 1)
    return wanted


def column_names(records: Sequence[Sequence[str]], header_row: int) -> tuple[str, ...]:
    """Return unique names for all columns that hold a name or a value; blank names become their position."""
    header = [_name(cell) for cell in records[header_row]] if header_row != NO_HEADER else []
    while header and not header[-1]:
        header.pop()
    width = max(len(header), _usual_width(records[header_row + 1 :]))
    header += [""] * (width - len(header))
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(header, start=1):
        wanted = cell or f"第 {position} 列"
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def _filled(record: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in record)


def _name(cell: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", cell).replace("\0", "")).strip()


def _can_be_header(cells: list[str]) -> bool:
    is_short = all(len(cell) <= _MAX_NAME for cell in cells)
    is_unique = len(set(cells)) >= _UNIQUE_SHARE * len(cells)
    labelled = sum(_LABELLED.fullmatch(cell) is not None for cell in cells)
    return is_short and is_unique and labelled <= len(cells) / 2


def _usual_width(body: Sequence[Sequence[str]]) -> int:
    widths = Counter(extent for record in body if (extent := _extent(record)))
    if not widths:
        return 0
    # A header that names fewer columns than most rows have is completed; a single long row is a fault of that row.
    total = widths.total()
    return max(
        (width for width in widths if sum(n for w, n in widths.items() if w >= width) > total / 2), default=0
    )


def _extent(record: Sequence[str]) -> int:
    return max((position for position, cell in enumerate(record, start=1) if cell.strip()), default=0)
