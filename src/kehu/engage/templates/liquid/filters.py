"""The filters of templates. Each makes little of little: none lengthens a text by more than its argument, none reads a clock."""

import re
from collections.abc import Callable
from datetime import date as day_type
from decimal import Decimal, InvalidOperation
from typing import Any

from liquid.builtin.filters.misc import default
from liquid.builtin.filters.string import append, capitalize, downcase, prepend, strip, upcase
from liquid.exceptions import FilterArgumentError
from liquid.filter import liquid_filter

_FORMAT = re.compile(r"(?:[^%]|%[YmdyBbj]){1,40}")
MOST_KEPT = 500
MOST_PLACES = 6


@liquid_filter
def money(value: object, places: object = 2) -> object:
    """Return an amount with thousands separators; what is no amount as it is."""
    digits = min(max(_whole(places), 0), MOST_PLACES)
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return value
    return f"{amount:,.{digits}f}" if amount.is_finite() else value


@liquid_filter
def round_(value: object, places: object = 0) -> object:
    """Return a number rounded to some places; what is no number as it is."""
    digits = min(max(_whole(places), 0), MOST_PLACES)
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return value
    return f"{amount:.{digits}f}" if amount.is_finite() else value


@liquid_filter
def date(value: object, form: object = "%Y-%m-%d") -> object:
    """Return a day in another form (%Y %m %d %y %B %b %j only); what is no day as it is."""
    if not isinstance(form, str) or not _FORMAT.fullmatch(form):
        raise FilterArgumentError("date takes %Y, %m, %d, %y, %B, %b and %j", token=None)
    try:
        day = day_type.fromisoformat(str(value)[:10])
    except ValueError:
        return value
    return day.strftime(str(form))


@liquid_filter
def truncate(value: object, length: object = 50, end: object = "…") -> object:
    """Return a text cut to a number of characters, the end included."""
    text, tail, most = str(value or ""), str(end), min(max(_whole(length), 1), MOST_KEPT)
    return text if len(text) <= most else text[: max(most - len(tail), 0)] + tail


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise FilterArgumentError("a whole number is wanted", token=None) from error


FILTERS: dict[str, Callable[..., Any]] = {
    "append": append,
    "capitalize": capitalize,
    "date": date,
    "default": default,
    "downcase": downcase,
    "money": money,
    "prepend": prepend,
    "round": round_,
    "strip": strip,
    "truncate": truncate,
    "upcase": upcase,
}
