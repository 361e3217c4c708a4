"""What a file looks like and what one row of it is. Row numbers are those that Excel shows, from 1."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kehu.platform.text import Text

Kind = Literal["csv", "tsv", "xlsx"]

NO_HEADER = -1
MAX_FILE_BYTES = 2 * 1024**3
MAX_ROWS = 10_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person says that a file is read; what is None is recognized. `header_row` as in `FileForm`."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None

    @property
    def is_given(self) -> bool:
        """Whether a person said anything."""
        return any(part is not None for part in (self.encoding, self.delimiter, self.header_row, self.sheet))


@dataclass(frozen=True, slots=True)
class FileForm:
    """The form of a table file, found by `sniff` and open to correction by the user.

    `encoding` is a Python codec name and empty for xlsx; `quote` is empty where the file knows no quotes;
    `header_row` counts from 0 and is `NO_HEADER` where the first row is data already; `sheets` are those that may be read.
    """

    kind: Kind
    encoding: str
    delimiter: str
    quote: str
    header_row: int
    columns: tuple[str, ...]
    sheet: str | None
    row_estimate: int
    sheets: tuple[str, ...] = ()

    @property
    def first_data_row(self) -> int:
        """The number, as Excel shows it, of the first row under the header."""
        return self.header_row + 2


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be read; `raw` keeps its cells, as far as they are known, for the file of errors."""

    code: str
    reason: Text
    raw: tuple[str, ...]


class Row(NamedTuple):
    """One row under the header; `cells` has exactly the width of the header, or says what is wrong."""

    number: int
    cells: tuple[str, ...] | RowFault
