"""Rows of CSV and TSV. Blocks without a quote are split at once; only the others pay for a CSV parser.

A quote without its partner would swallow the rows that follow it. So a record over several lines with the wrong
number of cells, or over too many lines, costs its first line only, and reading goes on with the next.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from kehu.collect.files.cells import CellCheck
from kehu.collect.files.delimited.lines import MAX_LINE_BYTES, byte_encoding, read_blocks
from kehu.collect.files.faults import QuotesBroken
from kehu.collect.files.form import FileForm, Row, RowFault
from kehu.platform.text import Text

MAX_RECORD_LINES = 200
MAX_BROKEN_QUOTES = 1_000

_END = "\ue000end\ue000\n"
_STRAY_RETURN = re.compile(r"\r+(?=\n|\Z)")
_TOO_LONG = Text(
    "这一行超过 128 KB。核对内容里的引号是否成对，过长的备注分开存放。",
    "This row is longer than 128 KB. Check that quotes come in pairs, and shorten very long notes.",
)
_BROKEN_QUOTE = Text(
    "这一行的引号没有成对。内容里的引号写成两个，或去掉。",
    "A quote in this row has no partner. Double the quotes inside a cell, or remove them.",
)


class TextRows:
    """One pass over a text file; `first` is the number of the first row that is wanted."""

    def __init__(self, form: FileForm, first: int) -> None:
        self._form = form
        self._first = first
        self._encoding = byte_encoding(form.encoding)
        self._quote = form.quote.encode()
        self._number = 0
        self._broken = 0
        self._pending: list[str] = []
        self._check = CellCheck(len(form.columns), form.delimiter, form.quote)

    def read(self, stream: BinaryIO) -> Iterator[Row]:
        """Yield the wanted rows that are not blank."""
        for data, is_oversize in read_blocks(stream, self._form.encoding):
            if is_oversize:
                yield from self._quoted([], is_end=True)
                yield from self._fault(
                    "row_too_long", _TOO_LONG, data.decode(self._encoding, "replace")[:200]
                )
            elif self._pending or (self._quote and self._quote in data):
                yield from self._quoted(self._lines(data), is_end=False)
            else:
                count = data.count(b"\n") + (not data.endswith(b"\n"))
                if self._number + count < self._first:
                    self._number += count
                else:
                    yield from self._plain(self._lines(data))
        yield from self._quoted([], is_end=True)

    @property
    def _is_data(self) -> bool:
        return self._number + 1 >= self._form.first_data_row

    def _lines(self, data: bytes) -> list[str]:
        is_damaged = False
        try:
            text = data.decode(self._encoding)
        except UnicodeDecodeError:
            text = data.decode(self._encoding, "surrogateescape")
            is_damaged = True
        if "\r" in text:
            # What is left is a carriage return inside a cell; it reads as a space.
            text = _STRAY_RETURN.sub("", text).replace("\r", " ")
        self._check.look_at(text, is_careful=is_damaged or (bool(self._pending) and self._check.is_careful))
        return io.StringIO(text, newline="\n").readlines()

    def _plain(self, lines: list[str]) -> list[Row]:
        rows: list[Row] = []
        number, first = self._number, self._first
        delimiter, check = self._form.delimiter, self._check
        width, is_careful = check.width, check.is_careful
        for line in lines:
            number += 1
            if number < first or line == "\n":
                continue
            cells = tuple(line.removesuffix("\n").split(delimiter))
            if not is_careful and len(cells) == width and cells[0]:
                rows.append(Row(number, cells))
            elif (checked := check.checked(cells)) is not None:
                rows.append(Row(number, checked))
        self._number = number
        return rows

    def _quoted(self, lines: list[str], *, is_end: bool) -> Iterator[Row]:
        lines = [*self._pending, *lines]
        self._pending = []
        start = 0
        while start < len(lines):
            window = lines[start : start + MAX_RECORD_LINES]
            records, used = self._records(window)
            yield from records
            if not used:
                may_go_on = len(window) < MAX_RECORD_LINES and sum(map(len, window)) < 2 * MAX_LINE_BYTES
                if may_go_on and not is_end:
                    self._pending = window
                    return
                yield from self._broken_quote(window[0])
                used = 1
            start += used

    def _records(self, window: list[str]) -> tuple[list[Row], int]:
        """Parse the records that begin and end within the window; return them and the number of lines used.

        The mark after the last line tells whether the last record is open: an open one swallows the mark.
        """
        rows: list[Row] = []
        used = 0
        reader = csv.reader([*window, _END], delimiter=self._form.delimiter, quotechar=self._form.quote)
        try:
            for cells in reader:
                until = reader.line_num
                if until > len(window):
                    break
                if until - used > 1 and self._is_data and not self._is_sound(cells, window[used:until]):
                    rows.extend(self._broken_quote(window[used]))
                    return rows, used + 1
                used = until
                rows.extend(self._record(tuple(cells)))
        except csv.Error:
            rows.extend(self._broken_quote(window[used]))
            used += 1
        return rows, used

    def _is_sound(self, cells: list[str], lines: list[str]) -> bool:
        """Tell whether a record over several lines is one, by its width and by strict rules of quoting."""
        if not self._check.has_width(cells):
            return False
        try:
            list(csv.reader(lines, delimiter=self._form.delimiter, quotechar=self._form.quote, strict=True))
        except csv.Error:
            return False
        return True

    def _record(self, cells: tuple[str, ...]) -> list[Row]:
        self._number += 1
        if self._number < self._first or (checked := self._check.checked(cells)) is None:
            return []
        return [Row(self._number, checked)]

    def _broken_quote(self, line: str) -> list[Row]:
        self._broken += 1
        if self._broken > MAX_BROKEN_QUOTES:
            raise QuotesBroken
        return self._fault("broken_quote", _BROKEN_QUOTE, line)

    def _fault(self, code: str, reason: Text, line: str) -> list[Row]:
        self._number += 1
        if self._number < self._first:
            return []
        raw = tuple(self._check.printable(cell) for cell in line.rstrip("\n").split(self._form.delimiter))
        return [Row(self._number, RowFault(code, reason, raw))]
