"""The XML of sheets and shared texts as a stream: rows one by one in constant memory, entities refused."""

import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from kehu.collect.files.faults import FileDamaged, HasEntities

MAX_SHEET_ROWS = 1_048_576
MAX_SHEET_COLUMNS = 16_384
_CHUNK = 128 * 1024
_MAX_TEXT = 1024 * 1024
_DIGITS = "0123456789"


class SheetCell(NamedTuple):
    """A cell as stored: its column from 1, type, style, value, and its formula where it has one."""

    column: int
    kind: str
    style: int
    value: str
    formula: str | None


class SheetRow(NamedTuple):
    """The stored cells of one row, by their order in the file."""

    number: int
    cells: list[SheetCell]


class SheetStream:
    """One pass over the XML of a sheet."""

    def __init__(self) -> None:
        self.dimension = ""
        self.bytes_read = 0
        self.rows_read = 0
        self._rows: list[SheetRow] = []
        self._row = SheetRow(0, [])
        self._last = 0
        self._prefix = ""
        self._columns: dict[str, int] = {}
        self._cell: dict[str, str] = {}
        self._texts: list[str] | None = None
        self._length = 0
        self._is_phonetic = False
        self._value = ""
        self._formula: str | None = None

    def rows(self, package: zipfile.ZipFile, member: str) -> Iterator[SheetRow]:
        """Yield the stored rows in order; raises `FileDamaged` for numbers that no sheet has."""
        parser = _parser(self._start, self._end, self._characters)
        with package.open(member) as source:
            while chunk := source.read(_CHUNK):
                self.bytes_read += len(chunk)
                parser.Parse(chunk, False)
                rows, self._rows = self._rows, []
                self.rows_read += len(rows)
                yield from rows
            parser.Parse(b"", True)
        yield from self._rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "c":
            self._cell = attributes
            self._value, self._formula = "", None
        elif name in ("v", "f", "t"):
            self._texts, self._length = [], 0
        elif name == "row":
            number = int(attributes["r"]) if "r" in attributes else self._row.number + 1
            if not self._row.number < number <= MAX_SHEET_ROWS:
                raise FileDamaged
            self._row, self._last = SheetRow(number, []), 0
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "dimension":
            self.dimension = attributes.get("ref", "")
        elif name.endswith(":worksheet"):
            self._prefix = name.removesuffix("worksheet")

    def _characters(self, text: str) -> None:
        if self._texts is not None:
            self._length += len(text)
            if self._length > _MAX_TEXT:
                raise FileDamaged
            self._texts.append(text)

    def _end(self, name: str) -> None:
        if self._prefix:
            name = name.removeprefix(self._prefix)
        if name == "v":
            self._value = self._taken()
        elif name == "c":
            self._add_cell()
        elif name == "t":
            text = self._taken()
            # Readings beside the characters are no part of the text.
            self._value += "" if self._is_phonetic else text
        elif name == "f":
            self._formula = self._taken()
        elif name == "row":
            self._rows.append(self._row)
        elif name == "rPh":
            self._is_phonetic = False

    def _taken(self) -> str:
        texts, self._texts = self._texts or [], None
        return texts[0] if len(texts) == 1 else "".join(texts)

    def _add_cell(self) -> None:
        cell, cells = self._cell, self._row.cells
        reference = cell.get("r")
        if reference:
            letters = reference.rstrip(_DIGITS)
            column = self._columns.get(letters) or self._column(letters)
        else:
            column = self._last + 1
        self._last = column
        if self._value or self._formula is not None:
            style = cell.get("s")
            cells.append(
                SheetCell(column, cell.get("t", "n"), int(style) if style else 0, self._value, self._formula)
            )

    def _column(self, letters: str) -> int:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        if not (letters.isascii() and letters.isupper() and 0 < column <= MAX_SHEET_COLUMNS):
            raise FileDamaged
        self._columns[letters] = column
        return column


def read_shared_texts(package: zipfile.ZipFile, member: str) -> list[str]:
    """Return the shared texts of a workbook by their number, runs joined and readings left out."""
    texts: list[str] = []
    runs: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def _start(name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in depth:
            depth[local] += 1
        elif local == "si":
            runs.clear()

    def _end(name: str) -> None:
        local = name.rpartition(":")[2]
        if local in depth:
            depth[local] -= 1
        elif local == "si":
            texts.append("".join(runs))

    def _characters(text: str) -> None:
        if depth["t"] and not depth["rPh"]:
            runs.append(text)

    parser = _parser(_start, _end, _characters)
    with package.open(member) as source:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return texts


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = _refuse_entities
    parser.ExternalEntityRefHandler = _refuse_entities
    return parser


def _refuse_entities(*_declaration: object) -> int:
    raise HasEntities
