"""The part of SurveyJS expressions that a questionnaire may use: comparing answers, joined by and, or and parentheses.

`{q}` is an answer, `{m.row}` one row of a matrix. What was not answered equals nothing and is neither more nor less.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kehu.platform.text import Text

_TOKEN = re.compile(
    r"\s*(?:(?P<name>\{[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)?\})|(?P<text>'[^']*')|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign><>|>=|<=|=|>|<|\(|\))|(?P<word>[a-z]+))"
)
SIGNS = frozenset({"=", "<>", ">", ">=", "<", "<=", "contains", "notcontains"})
ALONE = frozenset({"empty", "notempty"})


class LogicBroken(ValueError):
    """An expression that cannot be read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of an answer; `empty` and `notempty` compare with nothing."""

    name: str
    row: str
    sign: str
    value: str | float | None

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers pass."""
        found = answers.get(self.name)
        if self.row:
            found = found.get(self.row) if isinstance(found, Mapping) else None
        is_empty = found is None or found in ("", [], {})
        if self.sign in ALONE:
            return is_empty is (self.sign == "empty")
        if is_empty:
            return self.sign in {"<>", "notcontains"}
        return _compare(found, self.sign, self.value)

    def names(self) -> set[str]:
        """Return the questions that are asked about."""
        return {self.name}


@dataclass(frozen=True, slots=True)
class Joined:
    """Several parts of which all must hold, or any."""

    parts: tuple["Logic", ...]
    needs_all: bool

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers pass."""
        return (all if self.needs_all else any)(part.holds(answers) for part in self.parts)

    def names(self) -> set[str]:
        """Return the questions that are asked about."""
        return set().union(*(part.names() for part in self.parts))


Logic = Test | Joined


def _compare(found: Any, sign: str, value: str | float | None) -> bool:
    if sign in {"contains", "notcontains"}:
        has = value in found if isinstance(found, (list, str)) and isinstance(value, str) else False
        return has is (sign == "contains")
    if sign in {"=", "<>"}:
        return _is_same(found, value) is (sign == "=")
    try:
        left, right = float(found), float(value or 0)
    except (TypeError, ValueError):
        return False
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[sign]


def _is_same(found: Any, value: str | float | None) -> bool:
    if isinstance(found, bool):
        return value == ("true" if found else "false")
    if isinstance(found, (int, float)) and isinstance(value, (int, float)):
        return float(found) == float(value)
    return str(found) == str(value)


def read_logic(text: str) -> Logic:
    """Read an expression. Raises LogicBroken."""
    reader = _Reader(_tokens(text))
    found = reader.any_of()
    if reader.rest:
        raise LogicBroken(
            Text(
                f"看不懂“{reader.rest[0]}”之后的部分。", f"What begins at “{reader.rest[0]}” cannot be read."
            )
        )
    return found


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None:
            raise LogicBroken(
                Text(
                    f"第 {at + 1} 个字起看不懂。写成 {{题目}} = '值'，用 and、or 连接。",
                    f"Cannot be read from character {at + 1}. Write {{question}} = 'value', joined by and, or.",
                )
            )
        found.append(match.group(0).strip())
        at = match.end()
    return found


class _Reader:
    """Takes tokens from the left; `and` binds closer than `or`."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens

    def any_of(self) -> Logic:
        parts = [self.all_of()]
        while self._takes("or"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), needs_all=False)

    def all_of(self) -> Logic:
        parts = [self.one()]
        while self._takes("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), needs_all=True)

    def one(self) -> Logic:
        if self._takes("("):
            inner = self.any_of()
            if not self._takes(")"):
                raise LogicBroken(Text("少一个右括号。", "A closing parenthesis is missing."))
            return inner
        return self._test()

    def _test(self) -> Logic:
        subject = self._next()
        if not subject.startswith("{"):
            raise LogicBroken(
                Text(f"“{subject}”前面要先写 {{题目}}。", f"A {{question}} must stand before “{subject}”.")
            )
        name, _, row = subject.strip("{}").partition(".")
        sign = self._next()
        if sign in ALONE:
            return Test(name, row, sign, None)
        if sign not in SIGNS:
            raise LogicBroken(
                Text(
                    f"没有比较“{sign}”。可用：{' '.join(sorted(SIGNS | ALONE))}。",
                    f"There is no comparison “{sign}”. There are: {' '.join(sorted(SIGNS | ALONE))}.",
                )
            )
        return Test(name, row, sign, _value(self._next()))

    def _next(self) -> str:
        if not self.rest:
            raise LogicBroken(Text("条件没有写完。", "The condition is not complete."))
        return self.rest.pop(0)

    def _takes(self, token: str) -> bool:
        if self.rest and self.rest[0] == token:
            self.rest.pop(0)
            return True
        return False


def _value(token: str) -> str | float:
    if token.startswith("'"):
        return token.strip("'")
    if token in {"true", "false"}:
        return token
    try:
        return float(token)
    except ValueError:
        raise LogicBroken(
            Text(f"“{token}”要加引号：'{token}'。", f"Put quotes around “{token}”: '{token}'.")
        ) from None
