"""Whether a steward's pattern may be used: it is simple, it ends soon on every value, and it leaves ordinary values alone.

The pattern is read by a small grammar of its own, and all that is not in it is refused: look-around, back-references, flags.
While it is read, the ways in which it can take one value are counted. Matching never does more work than all of them, so
nested quantifiers, whose ways multiply beyond measure, fall out by the same count.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

LONGEST = 200
LONGEST_VALUE = 100
MOST_WAYS = 20_000
MOST_DEPTH = 10
SHARE = 4
_META = frozenset(r".^$*+?{}[]()|\\")
_CLASSES = frozenset("dDsSwW")
_TWICE = ("--", "&&", "||", "~~")
_COUNT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{0,3}))?\}")


class PatternRefused(Invalid):
    """A pattern that cannot be used; the text says why."""

    code = "pattern_refused"


def _refuse(zh: str, en: str) -> NoReturn:
    raise PatternRefused(Text(zh, en))


def is_literal(text: str) -> bool:
    """Whether a pattern can match one value only: itself."""
    return not _META & set(text)


def check_pattern(text: str, kind: str) -> None:
    """Pass, or raise PatternRefused: too long, not readable, too costly, or matching ordinary values of its kind."""
    if not text or len(text) > LONGEST:
        _refuse(f"规则要有 1 至 {LONGEST} 个字符。", f"A pattern has 1 to {LONGEST} characters.")
    if not text.isprintable() or text != text.strip():
        _refuse(
            "规则里有看不见的字符，或首尾有空格。",
            "The pattern has invisible characters, or spaces around it.",
        )
    if count_ways(text) > MOST_WAYS:
        _refuse(
            "规则太费时：重复里套着重复，或重复太多。写成具体的位数，如 [0-9]{8}。",
            "The pattern is too costly: repeats within repeats, or too many. Give a number of digits, such as [0-9]{8}.",
        )
    try:
        compiled = re.compile(text, re.IGNORECASE)
    except re.error:
        _unreadable()
    for family in ordinary(kind):
        if sum(compiled.fullmatch(value) is not None for value in family) * SHARE > len(family):
            _refuse(
                "规则太宽：正常的号码也会被屏蔽。写得再具体一些。",
                "The pattern is too wide: it blocks ordinary values. Make it narrower.",
            )


def count_ways(text: str) -> int:
    """Return in how many ways a pattern can take a value, MOST_WAYS + 1 for more. Raises PatternRefused for other syntax."""
    reader = _Reader(text)
    ways = reader.alternatives(0)
    if reader.at < len(text):
        _unreadable()
    return ways


def _unreadable() -> NoReturn:
    _refuse(
        "规则读不懂。可以用：普通字符、. [0-9] \\d ( | ) 和 * + ? {2,5}；其他符号前加 \\。",
        "The pattern cannot be read. There are: plain characters, . [0-9] \\d ( | ) and * + ? {2,5}; put \\ before others.",
    )


class _Reader:
    """Reads a pattern from left to right, counting ways."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def peek(self) -> str:
        """Return the next character; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        """Return the next character and go past it."""
        found = self.peek()
        self.at += 1
        return found

    def alternatives(self, depth: int) -> int:
        """Read branches: their ways add up."""
        if depth > MOST_DEPTH:
            _unreadable()
        ways = self.branch(depth)
        while self.peek() == "|":
            self.take()
            ways += self.branch(depth)
        return min(ways, MOST_WAYS + 1)

    def branch(self, depth: int) -> int:
        """Read pieces one behind the other: their ways multiply."""
        ways = 1
        while self.peek() not in {"", "|", ")"}:
            ways = min(ways * self.piece(depth), MOST_WAYS + 1)
        return ways

    def piece(self, depth: int) -> int:
        """Read an atom with its quantifier."""
        ways = self.atom(depth)
        low, high = self.quantifier()
        return repeated(ways, low, high)

    def atom(self, depth: int) -> int:
        """Read one character, class or group."""
        char = self.take()
        if char == "(":
            return self.group(depth)
        if char == "[":
            self.set()
        elif char == "\\":
            self.escape()
        elif char != "." and char in _META:
            _unreadable()
        return 1

    def group(self, depth: int) -> int:
        """Read a group; the only one with a mark is `(?:`."""
        if self.peek() == "?":
            self.at += 1
            if self.take() != ":":
                _unreadable()
        ways = self.alternatives(depth + 1)
        if self.take() != ")":
            _unreadable()
        return ways

    def set(self) -> None:
        """Read a set of characters."""
        if self.peek() == "^":
            self.take()
        first = self.at
        while (char := self.take()) != "]" or self.at - 1 == first:
            if char in {"", "[", "]"} or self.text[self.at - 1 : self.at + 1] in _TWICE:
                _unreadable()
            if char == "\\":
                self.escape()

    def escape(self) -> None:
        """Read what follows a backslash: a class, or a sign that is to be plain."""
        char = self.take()
        if char not in _CLASSES and (not char.isascii() or char.isalnum() or not char):
            _unreadable()

    def quantifier(self) -> tuple[int, int]:
        """Read how often an atom may come: least and most."""
        char = self.peek()
        if char in {"*", "+", "?"} and char:
            self.take()
            low, high = {"*": (0, LONGEST_VALUE), "+": (1, LONGEST_VALUE), "?": (0, 1)}[char]
        elif char == "{":
            found = _COUNT.match(self.text, self.at)
            if found is None:
                _unreadable()
            self.at = found.end()
            low = int(found[1])
            high = low if found[2] is None else int(found[3] or max(low, LONGEST_VALUE))
            if high < low:
                _unreadable()
        else:
            return 1, 1
        if self.peek() == "?":
            self.take()
        return low, high


def repeated(ways: int, low: int, high: int) -> int:
    """Return the ways of a repeat, from least to most times; each time multiplies the ways within."""
    total = 0
    for times in range(low, high + 1):
        total += ways**times if ways == 1 or times < MOST_WAYS.bit_length() else MOST_WAYS + 1
        if total > MOST_WAYS:
            return MOST_WAYS + 1
    return total


def ordinary(kind: str) -> Iterator[tuple[str, ...]]:
    """Yield families of ordinary, invented values of a kind (`*`: of every kind), each spread over its whole range."""
    seeds = [(n * 7_919 + 12_345) * 104_729 for n in range(40)]
    codes = (
        tuple(f"{seed % 10**8:08d}" for seed in seeds),
        tuple(f"{seed % 10**10:010d}" for seed in seeds),
        tuple(f"KH{seed % 10**8:08d}" for seed in seeds),
        tuple(f"u_{seed % 16**6:06x}" for seed in seeds),
        tuple(f"{seed % 16**8:08x}-6b1f-4c0e-9d27-{seed * 31 % 16**12:012x}" for seed in seeds),
    )
    known: dict[str, tuple[tuple[str, ...], ...]] = {
        "mobile": (tuple(f"1{'3456789'[seed % 7]}{seed % 10**9:09d}" for seed in seeds),),
        "email": tuple(
            tuple(f"{name}{seed % 10**4}@{host}" for seed in seeds)
            for name, host in (
                ("shen.jy", "example.com"),
                ("wang", "hengchuan.example"),
                ("li_na", "mail.example.cn"),
            )
        ),
        "resident_id": (tuple(_resident_id(seed) for seed in seeds),),
        "bank_card": (tuple(f"62{seed % 10**14:014d}{seed % 10**3:03d}" for seed in seeds),),
        "passport": (tuple(f"{'EGPD'[seed % 4]}{seed % 10**8:08d}" for seed in seeds),),
    }
    if kind == "*":
        yield from (family for families in known.values() for family in families)
    yield from known.get(kind, codes)


def _resident_id(seed: int) -> str:
    district = (110105, 310104, 330106, 420111, 440305, 510107)[seed % 6]
    return f"{district}{1950 + seed % 60}{1 + seed % 12:02d}{1 + seed % 28:02d}{seed % 1000:03d}{seed % 10}"
