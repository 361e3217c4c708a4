"""How many customers of the open scope a purpose may take and a definition describes: exact, with the time it is of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.mirror.fields import kinds, open_to
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.sql.query import Compiler, Names, people
from kehu.analyze.segments.tree import Definition
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.govern.queries.people import unit_ids_of
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and the time that fields and events are of; scope and consent are of now."""

    count: int
    as_of: datetime


def count(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Count:
    """Count whom a definition describes. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    known = names(actor)
    condition = Compiler(known, now).condition(read(raw, known.kinds))
    query = people(actor.scope, gate, condition).select(exp.Count(this=exp.Star()))
    rows, as_of = ask(query)
    return Count(int(rows[0][0]), as_of)


def names(actor: Actor) -> Names:
    """Return what an actor's definitions may name now."""

    def of_units(code: str, is_below: bool) -> tuple[int, ...]:  # noqa: FBT001 (the shape of Names.units)
        found = unit_ids_of(code, is_below=is_below)
        if not found:
            raise DefinitionInvalid("", Text(f"没有机构“{code}”。", f"There is no unit “{code}”."))
        return found

    def of_segment(segment_id: UUID) -> Definition:
        raise DefinitionInvalid("", Text(f"没有客群“{segment_id}”。", f"There is no segment “{segment_id}”."))

    return Names(kinds(open_to(actor, registry())), of_units, open_gate, of_segment)
