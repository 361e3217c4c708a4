"""How many customers of the open scope a purpose may take and a definition describes: exact, with the time it is of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.naming import check_names
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.query import Compiler, people
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and the time that fields and events are of; scope and consent are of now."""

    count: int
    as_of: datetime


def count(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Count:
    """Count whom a definition describes. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    book = book_of(actor)
    definition = read(raw, book.kinds)
    check_names(raw, book)
    condition = Compiler(book.names(), now).condition(definition)
    query = people(actor.scope, gate, condition).select(exp.Count(this=exp.Star()))
    rows, as_of = ask(query)
    return Count(int(rows[0][0]), as_of)
