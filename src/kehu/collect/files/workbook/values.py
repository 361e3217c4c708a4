"""What Excel stores, as the text that a person would have typed.

Numbers that Excel has rounded or shows as 1.38E+10 stay in that notation, so that the standard of the field refuses
them; a phone number or identity number is never restored from digits that are lost.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kehu.collect.files.faults import FileDamaged
from kehu.collect.files.workbook.parts import Parts, Shown, Style
from kehu.collect.files.workbook.stream import SheetCell

_EXACT_DIGITS = 15
_ROUNDED_FROM = 10**_EXACT_DIGITS
_PLAIN = Style()
_OUT_OF_CALENDAR = "#VALUE!"


class CellTexts:
    """Turns stored cells of one workbook into text."""

    def __init__(self, parts: Parts, shared: Sequence[str]) -> None:
        self._shared = shared
        self._styles = parts.styles
        self._epoch = CALENDAR_MAC_1904 if parts.starts_in_1904 else CALENDAR_WINDOWS_1900

    def text(self, cell: SheetCell) -> str:
        """Return dates as ISO 8601, whole numbers without a fraction, true as TRUE, formulas with their sign."""
        _, kind, style, value, formula = cell
        if formula is not None:
            return f"={formula}"
        if kind == "n":
            shown = self._styles[style] if style < len(self._styles) else _PLAIN
            return self._number(value, shown)
        if kind == "s":
            index = int(value)
            if not 0 <= index < len(self._shared):
                raise FileDamaged
            return self._shared[index]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return value

    def _number(self, value: str, style: Style) -> str:
        if style.shown is Shown.PLAIN:
            if value.isdecimal() and len(value) <= _EXACT_DIGITS:
                return value
            return _plain_number(float(value))
        number = float(value)
        if style.shown is Shown.SCIENTIFIC:
            return f"{number:.{style.decimals}E}" if abs(number) < _ROUNDED_FROM else f"{number:.14E}"
        return self._date(number, style.shown)

    def _date(self, number: float, shown: Shown) -> str:
        try:
            moment = from_excel(number, self._epoch, timedelta=shown is Shown.DURATION)
        except (OverflowError, ValueError):
            return _OUT_OF_CALENDAR
        if isinstance(moment, dt.datetime):
            has_time = shown is Shown.TIME or moment.time() != dt.time()
            return moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()
        return moment.isoformat() if isinstance(moment, dt.date | dt.time) else str(moment)


def is_error(cell: SheetCell, text: str) -> bool:
    """Tell whether a cell shows an error of Excel, or a date that no calendar has."""
    return cell.kind == "e" or (cell.kind == "n" and text == _OUT_OF_CALENDAR)


def _plain_number(number: float) -> str:
    if abs(number) >= _ROUNDED_FROM:
        return f"{number:.14E}"
    text = f"{number:.15g}"
    return format(Decimal(text), "f") if "e" in text else text
