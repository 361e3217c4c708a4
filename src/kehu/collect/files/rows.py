"""Rows of a file, streamed in constant memory, with the numbers that Excel shows; a bad row never stops the file.

The reader is deterministic: started anew at any row it gives the same rows, so that a broken import can resume.
"""

from collections.abc import Iterator
from typing import BinaryIO

from kehu.collect.files.delimited.reading import TextRows
from kehu.collect.files.faults import TooManyRows
from kehu.collect.files.form import MAX_ROWS, FileForm, Row
from kehu.collect.files.workbook.reading import read_sheet


def read_rows(stream: BinaryIO, form: FileForm, start_row: int = 0) -> Iterator[Row]:
    """Yield the rows under the header from number `start_row` on; blank rows count but are not given.

    Raises `TooManyRows` beyond ten million, and other kinds of `FileRefused` where the file breaks off.
    """
    first = max(start_row, form.first_data_row)
    rows = read_sheet(stream, form, first) if form.kind == "xlsx" else TextRows(form, first).read(stream)
    last = form.first_data_row + MAX_ROWS - 1
    for row in rows:
        if row.number > last:
            raise TooManyRows
        yield row
