"""Pieces of a definition: operators, values, numbers. A mistake is told with its place."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn, cast

from kehu.analyze.segments.operators import MOST_VALUES, OPERATORS
from kehu.analyze.segments.tree import Kind, Operator, Value
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MOST_TEXT = 200
MOST_DAYS = 36_500
LARGEST = 1e18
PAIR = 2
Raw = Mapping[str, Any]


class DefinitionInvalid(Invalid):
    """A definition that cannot be read; `path` is the place of the mistake, `said` what is wrong there."""

    code = "segment_invalid"

    def __init__(self, path: str, text: Text) -> None:
        place = path or "$"
        super().__init__(Text(f"{place}：{text.zh}", f"{place}: {text.en}"))
        self.path, self.said = path, text


def refuse(path: str, zh: str, en: str) -> NoReturn:
    """Raise DefinitionInvalid at a place."""
    raise DefinitionInvalid(path, Text(zh, en))


def at(path: str, key: str) -> str:
    """Return the place of a part."""
    return f"{path}.{key}" if path else key


def only(raw: Raw, path: str, *keys: str) -> None:
    """Refuse any key but these: a mistyped one must not pass for a condition that is not there."""
    if strange := [key for key in raw if key not in keys]:
        refuse(
            at(path, str(strange[0])),
            f"这里没有这一项。可用：{'、'.join(keys)}。",
            f"This does not belong here. There are: {', '.join(keys)}.",
        )


def read_text(raw: Any, path: str) -> str:
    """Return a text that is not blank."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > MOST_TEXT:
        refuse(
            path, f"要是文字，最多 {MOST_TEXT} 个字。", f"This is a text of at most {MOST_TEXT} characters."
        )
    return raw


def read_yes(raw: Any, path: str) -> bool:
    """Return true or false."""
    if not isinstance(raw, bool):
        refuse(path, "要是 true 或 false。", "This is true or false.")
    return raw


def read_whole(raw: Any, path: str, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        refuse(path, f"要是 {least} 到 {most} 的整数。", f"This is a whole number from {least} to {most}.")
    return int(raw)


def read_day(raw: Any, path: str) -> date:
    """Return a day written as ISO 8601 has it."""
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        refuse(path, "日期写成 2026-11-22。", "A day is written 2026-11-22.")


def read_operator(raw: Raw, path: str, kind: Kind | None) -> Operator:
    """Return the operator; of a property no kind is known, so that any will do."""
    op = raw.get("op")
    form = OPERATORS.get(cast("Operator", op)) if isinstance(op, str) else None
    if form is None or (kind is not None and kind not in form.kinds):
        fitting = ", ".join(key for key, one in OPERATORS.items() if kind is None or kind in one.kinds)
        refuse(
            at(path, "op"),
            f"不能这样比较。可用：{fitting}。",
            f"This cannot be asked. There are: {fitting}.",
        )
    return cast("Operator", op)


def read_values(raw: Raw, path: str, operator: Operator, kind: Kind | None) -> tuple[Value, ...]:
    """Return the values that an operator takes, of the kind of the field; of a property, of the kind that the operator means."""
    takes, place = OPERATORS[operator].takes, at(path, "value")
    if takes == "none":
        if "value" in raw:
            refuse(place, "这里不填值。", "This takes no value.")
        return ()
    given = raw.get("value")
    if takes == "days":
        return (read_whole(given, place, 1, MOST_DAYS),)
    kind = kind or kind_of(operator)
    if takes == "one":
        return (read_value(given, place, kind),)
    most = PAIR if takes == "two" else MOST_VALUES
    if not isinstance(given, list) or not (PAIR if takes == "two" else 1) <= len(given) <= most:
        refuse(
            place,
            "要填两个值。" if takes == "two" else f"要是 1 到 {most} 个值的列表。",
            "This takes two values." if takes == "two" else f"This is a list of 1 to {most} values.",
        )
    values = tuple(read_value(one, f"{place}[{number}]", kind) for number, one in enumerate(given))
    if takes == "two" and values[0] > values[1]:  # type: ignore[operator]  # both were read as the same kind
        refuse(place, "前一个不能大于后一个。", "The first is not after the second.")
    return values


def kind_of(operator: Operator) -> Kind:
    """Return the kind that an operator means where the property's own is not known."""
    return OPERATORS[operator].kinds[0]


def read_value(raw: Any, path: str, kind: Kind) -> Value:
    """Return one value; a day as its ISO text."""
    if kind == "number":
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= LARGEST:
            refuse(path, "要是数字。", "This is a number.")
        return float(raw)
    if kind == "yes_no":
        return read_yes(raw, path)
    if kind == "date":
        return read_day(raw, path).isoformat()
    return read_text(raw, path)
