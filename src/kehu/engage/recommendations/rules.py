"""The rule of an offer, read: whom it suits, who is left out, and for which purpose. Mistakes are told with their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlglot import exp

from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.query import Compiler, allowed
from kehu.analyze.segments.tree import Definition
from kehu.analyze.segments.values import DefinitionInvalid, at
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.text import Text

ELIGIBILITY, SUPPRESSION = "eligibility", "suppression"


@dataclass(frozen=True, slots=True)
class RawRule:
    """A rule as it is written: a purpose, and two definitions of segments of which the second may be missing."""

    purpose: str
    eligibility: Mapping[str, Any]
    suppression: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read, with the gate of its purpose open."""

    eligibility: Definition
    suppression: Definition | None
    gate: Gate

    def condition(self, book: Book, now: datetime) -> exp.Condition:
        """Return whether a customer (`p` and `c`) may be offered it, by consent and by rule.

        Choosing by rule is an automated decision whatever its purpose: who objected to those is left out of every offer.
        """
        compiler = Compiler(book.names(), now)
        parts: list[exp.Condition] = [
            allowed(self.gate),
            exp.not_(exp.column("is_automation_objected", "p")),
            compiler.condition(self.eligibility),
        ]
        if self.suppression is not None:
            parts.append(exp.not_(exp.paren(compiler.condition(self.suppression))))
        return exp.and_(*parts)


def read_rule(raw: RawRule, book: Book) -> Rule:
    """Return a rule. Raises DefinitionInvalid with a place such as `suppression.all[0].value`, PurposeMissing or PurposeIsOff."""
    gate = open_gate(raw.purpose)
    eligibility = _read(raw.eligibility, ELIGIBILITY, book)
    suppression = _read(raw.suppression, SUPPRESSION, book) if raw.suppression else None
    return Rule(eligibility, suppression, gate)


def check_rule(raw: RawRule, book: Book, now: datetime) -> Rule:
    """Read a rule, and see that everything it names is there. Raises as `read_rule`."""
    rule = read_rule(raw, book)
    compiler = Compiler(book.names(), now)
    for place, definition in ((ELIGIBILITY, rule.eligibility), (SUPPRESSION, rule.suppression)):
        if definition is not None:
            try:
                compiler.condition(definition)
            except DefinitionInvalid as error:
                raise _placed(error, place) from error
    return rule


def _read(raw: Any, place: str, book: Book) -> Definition:
    try:
        return read(raw, book.kinds)
    except DefinitionInvalid as error:
        raise _placed(error, place) from error


def _placed(error: DefinitionInvalid, place: str) -> DefinitionInvalid:
    """Return the error with the place of its definition before its own."""
    inner = error.path or "$"
    said = Text(error.text.zh.removeprefix(f"{inner}："), error.text.en.removeprefix(f"{inner}: "))
    return DefinitionInvalid(at(place, error.path) if error.path else place, said)
