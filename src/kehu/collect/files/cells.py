"""The check of the cells of one row: their number, damaged characters, formulas and the marks that escape them."""

import re
from collections.abc import Sequence

from kehu.collect.files.form import RowFault
from kehu.platform.text import Text
from kehu.standardize.values.cells import starts_formula

_ESCAPED_BYTE = re.compile(r"[\ud800-\udfff]")
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"[=＝][^(（]*[(（]")
_NUL = Text(
    "这一行含有空字符，多半是导出没有写完。重新导出后上传。",
    "This row contains NUL characters; the export was probably cut off. Export it again.",
)
_DAMAGED = Text(
    "这一行有无法解码的字符。在原系统里重新导出，或手工补正。",
    "This row has characters that cannot be decoded. Export it again or correct it by hand.",
)


class CellCheck:
    """Checks the rows of one file; `look_at` each block first, so that clean blocks cost nothing."""

    def __init__(self, width: int, delimiter: str, quote: str) -> None:
        self.width = width
        self.is_careful = False
        self._sign = re.compile(rf"(?:^|[{re.escape(delimiter + quote)}])[ \u3000]*['=＝]", re.MULTILINE)

    def look_at(self, text: str, *, is_careful: bool) -> None:
        """Decide whether the rows of a block need a look at each cell."""
        has_sign = "'" in text or "=" in text or "＝" in text
        self.is_careful = is_careful or "\0" in text or (has_sign and self._sign.search(text) is not None)

    def has_width(self, cells: Sequence[str]) -> bool:
        """Tell whether a row is as wide as the header, blank cells at its end not counted."""
        return len(cells) == self.width or (len(cells) > self.width and not any(cells[self.width :]))

    def checked(self, cells: tuple[str, ...]) -> tuple[str, ...] | RowFault | None:
        """Return the cells in the width of the header, the fault, or nothing for a blank row."""
        if not any(cells) or not any(cell.strip() for cell in cells):
            return None
        if self.is_careful and (fault := self._damage(cells)):
            return fault
        if not self.has_width(cells):
            return wrong_width(cells, self.width)
        cells = cells[: self.width]
        if self.is_careful:
            return without_marks(cells)
        return cells

    def printable(self, cell: str) -> str:
        """Return a cell with its undecodable bytes shown as the replacement character."""
        return _ESCAPED_BYTE.sub("\ufffd", cell)

    def _damage(self, cells: tuple[str, ...]) -> RowFault | None:
        for cell in cells:
            if "\0" in cell:
                return RowFault("nul", _NUL, tuple(self.printable(each.replace("\0", "")) for each in cells))
            if _ESCAPED_BYTE.search(cell):
                return RowFault("undecodable", _DAMAGED, tuple(map(self.printable, cells)))
        return None


def wrong_width(cells: tuple[str, ...], width: int) -> RowFault:
    """Return the fault of a row with more or fewer cells than the header."""
    count = len(cells)
    reason = Text(
        f"这一行有 {count} 格，表头是 {width} 格。多半是内容里有分隔符却没有加引号，或少了一格。",
        f"This row has {count} cells, the header {width}. Usually a separator inside a cell is not quoted, "
        "or a cell is missing.",
    )
    return RowFault("wrong_width", reason, cells)


def formula_fault(cells: tuple[str, ...], position: int) -> RowFault:
    """Return the fault of a row whose cell at `position`, from 0, is a formula."""
    reason = Text(
        f"第 {position + 1} 列是公式。在 Excel 里复制该列，选择性粘贴为“值”后重存。",
        f"Column {position + 1} is a formula. Copy the column in Excel, paste it as values and save again.",
    )
    return RowFault("formula", reason, cells)


def without_marks(cells: tuple[str, ...]) -> tuple[str, ...] | RowFault:
    """Return the cells without the marks that force text (`'=…` and `="…"`), or the fault of a formula."""
    plain = tuple(map(_without_mark, cells))
    for position, cell in enumerate(plain):
        if _FORMULA.match(cell.lstrip()):
            return formula_fault(cells, position)
    return plain


def _without_mark(cell: str) -> str:
    if cell[:1] == "'" and starts_formula(cell[1:]):
        return cell[1:]
    forced = _FORCED_TEXT.fullmatch(cell)
    return forced[1] if forced else cell
