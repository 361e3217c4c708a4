"""Definitions side by side: how large by unit or by a field's values, and how many are in several at once. Over the lake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.query import Compiler, allowed, people
from kehu.analyze.segments.tree import Definition
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MOST_PARTS = 50
FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Part:
    """A unit (by id) or a value of a field, with the customers in the segment and all whom the purpose may take."""

    key: str | None
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many are in exactly these definitions, told by their places, and in no other of those asked."""

    places: tuple[int, ...]
    count: int


def divide(
    raw: object, *, by: str, purpose: str | None, actor: Actor, book: Book, now: datetime
) -> tuple[tuple[Part, ...], datetime]:
    """Return a definition's size by `unit` or by a field of codes, the largest first, and the lake's time.

    Raises PurposeMissing, DefinitionInvalid, Invalid for a field that has no few values, or LakeEmpty.
    """
    gate = open_gate(purpose)
    holds = Compiler(book.names(), now).condition(read(raw, book.kinds))
    key = _column(by, book)
    inside = exp.func("SUM", exp.case().when(holds, exp.Literal.number(1)).else_(exp.Literal.number(0)))
    query = (
        people(actor.scope, gate, exp.true())
        .select(key, inside, exp.Count(this=exp.Star()))
        .group_by(key.copy())
        .order_by(exp.Ordered(this=inside.copy(), desc=True), key.copy())
        .limit(MOST_PARTS)
    )
    rows, as_of = ask(query)
    parts = tuple(Part(None if k is None else str(k), int(n), int(total)) for k, n, total in rows)
    return tuple(part for part in parts if part.count), as_of


def overlap(
    asked: Sequence[tuple[Definition, str]], *, actor: Actor, book: Book, now: datetime
) -> tuple[tuple[Overlap, ...], datetime]:
    """Return how many customers of the scope are in each combination of definitions, each under its own purpose."""
    if not FEWEST <= len(asked) <= MOST:
        raise Invalid(
            Text(f"一次比较 {FEWEST} 到 {MOST} 个客群。", f"Compare {FEWEST} to {MOST} segments at once.")
        )
    names = book.names()
    marks = []
    for definition, purpose in asked:
        gate: Gate = open_gate(purpose)
        marks.append(exp.and_(allowed(gate), Compiler(names, now).condition(definition)))
    columns = [exp.alias_(mark, f"in_{place}") for place, mark in enumerate(marks)]
    inner = people(actor.scope, None, exp.true()).select(*columns).subquery("marked")
    keys = [exp.column(f"in_{place}") for place in range(len(marks))]
    query = exp.select(*keys, exp.Count(this=exp.Star())).from_(inner).group_by(*[key.copy() for key in keys])
    rows, as_of = ask(query)
    found = (Overlap(tuple(p for p, is_in in enumerate(row[:-1]) if is_in), int(row[-1])) for row in rows)
    return tuple(
        sorted((one for one in found if one.places), key=lambda one: (len(one.places), one.places))
    ), as_of


def _column(by: str, book: Book) -> exp.Column:
    if by == "unit":
        return exp.column("unit_id", "p")
    kind = book.kinds.get(by)
    if kind is None:
        raise DefinitionInvalid("by", Text(f"没有字段“{by}”。", f"There is no field “{by}”."))
    if kind not in ("code", "text", "yes_no"):
        raise DefinitionInvalid(
            "by", Text("只能按机构、代码或文字字段拆分。", "Only units, codes and texts divide a segment.")
        )
    return exp.column(f"f_{by}", "c", quoted=True)
