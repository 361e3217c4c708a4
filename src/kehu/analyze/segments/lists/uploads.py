"""A column of a table file as the values of a list: read from the sealed file, never written anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kehu.analyze.segments.lists.matching import MOST_VALUES, OWN_ID, ListTooLong, list_ways
from kehu.collect.files.form import Row, RowFault
from kehu.collect.files.rows import read_rows
from kehu.collect.files.sniff import sniff
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.sealing.files import open_sealed
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.standardize.invalid import InvalidValue

LOOKED_AT = 500
"""Rows by which a column's kind of number is guessed."""
BROKEN = "?"
"""What stands for a row that is cut off before the column: no number, so that it is counted as refused."""
_TELLING = ("resident_id", "uscc", "mobile", "email")
"""Kinds of numbers that are known by their looks; others would take nearly every text."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: how many of the first rows say something, and the kind of number that at least half of them are."""

    name: str
    filled: int
    by: str | None


def columns_of(path: Path, file_id: UUID, key: bytes, name: str, actor: Actor) -> list[ListColumn]:
    """Return the columns of a file with a guess at each. Raises FileRefused."""
    names, rows = _read(path, file_id, key, name)
    looked = [cells for _, cells in zip(range(LOOKED_AT), rows, strict=False)]
    found = []
    for place, column in enumerate(names):
        values = [text for cells in looked if (text := "".join(cells[place : place + 1]).strip())]
        found.append(ListColumn(column, len(values), _guess(column, values, actor)))
    return found


def values_of(path: Path, file_id: UUID, key: bytes, name: str, column: str) -> list[str]:
    """Return the values of a column. Raises FileRefused, ListTooLong, or Invalid for a column that is not there."""
    names, rows = _read(path, file_id, key, name)
    if column not in names:
        raise Invalid(Text(f"文件里没有“{column[:60]}”这一列。", f"The file has no column “{column[:60]}”."))
    place, found = names.index(column), []
    for cells in rows:
        if len(cells) <= place:
            found.append(BROKEN)
        elif cells[place].strip():
            found.append(cells[place])
        if len(found) > MOST_VALUES:
            raise ListTooLong(len(found))
    return found


def _read(
    path: Path, file_id: UUID, key: bytes, name: str
) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    stream = open_sealed(path, file_id=file_id, key=key)
    form = sniff(stream, name)
    return form.columns, (_cells(row) for row in read_rows(stream, form))


def _cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row, of a broken one those that are known."""
    return row.cells.raw if isinstance(row.cells, RowFault) else row.cells


def _guess(column: str, filled: list[str], actor: Actor) -> str | None:
    """Return the kind of number that a column holds: by its name, else by what at least half of its values are."""
    ways = dict(list_ways(actor))
    for key, label in ways.items():
        if column.strip().lower() in (label.zh.lower(), label.en.lower(), key):
            return key
    for kind in _TELLING:
        spec = next((one for one in registry().values() if one.identifier == kind and kind in ways), None)
        if spec and filled and sum(1 for one in filled if _is(spec.standard.parse, one)) * 2 >= len(filled):
            return kind
    return OWN_ID if filled and all(_is(UUID, one) for one in filled) else None


def _is(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (InvalidValue, ValueError):
        return False
    return True
