"""How many customers of the open scope a purpose may take and a definition describes: exact, with the time it is of.

Beside the count, while a definition is written: how many remain at each of its parts, and a few of those whom it describes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.naming import check_names
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.query import Compiler, Expression, allowed, people
from kehu.analyze.segments.sql.steps import Steps
from kehu.analyze.segments.tree import Definition
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and the time that fields and events are of; scope and consent are of now."""

    count: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Remaining:
    """How many remain at each place, of how many whom the purpose may take; `left_out` meet it and may not be taken."""

    steps: Mapping[str, int]
    of: int
    left_out: int


def count(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Count:
    """Count whom a definition describes. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    definition, compiler = _opened(raw, actor, now)
    query = people(actor.scope, gate, compiler.condition(definition)).select(exp.Count(this=exp.Star()))
    rows, as_of = ask(query)
    return Count(int(rows[0][0]), as_of)


def count_steps(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Remaining:
    """Count who remains at each part of a definition, in one pass over the scope. Raises what `count` raises."""
    gate = open_gate(purpose)
    definition, compiler = _opened(raw, actor, now)
    steps = Steps(lambda node: compiler.part(node, definition.zone))
    met = steps.walk(definition.root)
    columns = [exp.alias_(allowed(gate), "may")]
    columns += [exp.alias_(one, f"m{number}") for number, one in enumerate(steps.columns)]
    inner = people(actor.scope, None, exp.true()).select(*columns).subquery("marked")
    may = exp.column("may")
    asked = [may.copy(), exp.and_(exp.not_(may.copy()), met.copy())]
    asked += [exp.and_(may.copy(), one.remains) for one in steps.found]
    rows, _ = ask(exp.select(*(_how_many(one) for one in asked)).from_(inner))
    of, left_out, *found = (int(cell or 0) for cell in rows[0])
    return Remaining(dict(zip((one.place for one in steps.found), found, strict=True)), of, left_out)


def draw(raw: Any, *, purpose: str | None, most: int, seed: int, actor: Actor, now: datetime) -> list[UUID]:
    """Return a few customers whom a definition describes, drawn anew for each seed. Raises what `count` raises."""
    gate = open_gate(purpose)
    definition, compiler = _opened(raw, actor, now)
    customer = exp.column("customer_id", "p")
    mixed = exp.func("CONCAT", customer.copy(), exp.Literal.string(f"/{seed}"))
    query = (
        people(actor.scope, gate, compiler.condition(definition))
        .select(customer)
        .order_by(exp.func("MD5", mixed))
        .limit(most)
    )
    rows, _ = ask(query)
    return [UUID(str(row[0])) for row in rows]


def _opened(raw: Any, actor: Actor, now: datetime) -> tuple[Definition, Compiler]:
    book = book_of(actor)
    definition = read(raw, book.kinds)
    check_names(raw, book)
    return definition, Compiler(book.names(), now)


def _how_many(condition: Expression) -> exp.Func:
    one, none = exp.Literal.number(1), exp.Literal.number(0)
    return exp.func("SUM", exp.case().when(condition, one).else_(none))
