"""Parts that questions share: texts in several languages, choices, figures."""

import re
from collections.abc import Mapping
from typing import Any

from kehu.engage.surveys.faults import DefinitionInvalid
from kehu.engage.surveys.form.questions import LANGUAGES, REFUSED, Choice
from kehu.platform.text import Text

MOST_TEXT = 500
MOST_CHOICES = 50
_VALUE = re.compile(r"[A-Za-z0-9_-]{1,32}")


def read_text(raw: Any, place: str, *, is_needed: bool = False) -> dict[str, str]:
    """Return a text by language; a plain one is Chinese. Raises DefinitionInvalid."""
    words = {"default": raw} if isinstance(raw, str) else {} if raw is None else raw
    if not isinstance(words, Mapping) or not all(isinstance(text, str) for text in words.values()):
        raise DefinitionInvalid(place, Text("要写成文字。", "Must be a text."))
    if strange := [key for key in words if key not in LANGUAGES]:
        raise DefinitionInvalid(
            place,
            Text(
                f"没有语言“{str(strange[0])[:16]}”。可用：default（简体中文）、en、zh-tw。",
                f"There is no language “{str(strange[0])[:16]}”. There are: default (zh-CN), en, zh-tw.",
            ),
        )
    if is_needed and not str(words.get("default", "")).strip():
        raise DefinitionInvalid(place, Text("不能空着。", "Must not be empty."))
    if any(len(text) > MOST_TEXT for text in words.values()):
        raise DefinitionInvalid(
            place, Text(f"最多 {MOST_TEXT} 个字。", f"Has {MOST_TEXT} characters at most.")
        )
    return {key: text for key, text in words.items() if text}


def read_choices(raw: Any, place: str) -> tuple[Choice, ...]:
    """Return what can be chosen. Raises DefinitionInvalid."""
    if not isinstance(raw, list) or not raw:
        raise DefinitionInvalid(place, Text("至少要有一个选项。", "There must be at least one choice."))
    if len(raw) > MOST_CHOICES:
        raise DefinitionInvalid(
            place, Text(f"最多 {MOST_CHOICES} 个选项。", f"There may be {MOST_CHOICES} choices at most.")
        )
    found: dict[str, Choice] = {}
    for number, one in enumerate(raw):
        choice = _choice(one, f"{place}/{number}")
        if choice.value in found:
            raise DefinitionInvalid(
                f"{place}/{number}", Text("这个值已经用过了。", "This value is used already.")
            )
        found[choice.value] = choice
    return tuple(found.values())


def _choice(raw: Any, place: str) -> Choice:
    item = {"value": raw} if isinstance(raw, str) else raw
    if not isinstance(item, Mapping) or item.keys() - {"value", "text"}:
        raise DefinitionInvalid(
            place, Text("选项要写成 {value, text}。", "A choice is written as {value, text}.")
        )
    value = item.get("value")
    if not isinstance(value, str) or not _VALUE.fullmatch(value) or value == REFUSED:
        raise DefinitionInvalid(
            f"{place}/value",
            Text(
                "选项的值用字母、数字、横线和下划线，最长 32 位；refused 是保留的。",
                "A choice's value has letters, digits, dashes and underscores, 32 at most; refused is reserved.",
            ),
        )
    return Choice(value, read_text(item.get("text", value), f"{place}/text", is_needed=True))


def read_number(raw: Any, place: str, lowest: float = -1e12, highest: float = 1e12) -> float:
    """Return a figure within its bounds. Raises DefinitionInvalid."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not lowest <= raw <= highest:
        raise DefinitionInvalid(
            place,
            Text(
                f"要写 {lowest:g} 到 {highest:g} 的数字。",
                f"Must be a figure from {lowest:g} to {highest:g}.",
            ),
        )
    return float(raw)
