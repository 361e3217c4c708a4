"""What traits come to: for everybody by the lake, for a few customers from their own events, read this moment.

Both run the same queries. The few are computed in this process whatever engine the lake has: there is little to read.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.mirror.current import TABLE
from kehu.analyze.mirror.datasets import events, links
from kehu.analyze.mirror.folds import folded
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.traits.reading import TraitDefinition
from kehu.analyze.traits.sql import compile_traits
from kehu.analyze.traits.values import Value
from kehu.platform.db.rows import uuid_array
from kehu.platform.lake.columns import copied, empty, key_of
from kehu.platform.lake.dialects import text_of
from kehu.platform.lake.duck import Duck
from kehu.platform.lake.engines import Rows

CUSTOMERS_A_TURN, CUSTOMERS_A_BATCH = 400_000, 50_000
_OF = "o.ended_at IS NULL AND o.cluster_id = ANY(%s::uuid[])"
_EVENTS = f"resolve_link o JOIN collect_event e ON e.record_id = o.record_id WHERE {_OF} AND e.name = ANY(%s)"
_LINKS = f"(SELECT o.* FROM resolve_link o WHERE {_OF}) l"
Traits = Mapping[int, TraitDefinition]


@dataclass(frozen=True, slots=True)
class Turn:
    """A part of all customers, by the remainder of their numbers."""

    number: int
    of: int

    def condition(self, column: exp.Column) -> exp.Condition:
        """Return whether a number is of this part."""
        rest = exp.Abs(this=exp.Mod(this=column, expression=literal(self.of)))
        return rest.eq(literal(self.number)) if self.of > 1 else exp.true()


@dataclass(frozen=True, slots=True)
class Batch:
    """All that some traits come to for some customers: who has no value in it has none."""

    traits: tuple[int, ...]
    customers: list[UUID]
    values: list[Value]


def turns(customers: int) -> list[Turn]:
    """Return the parts in which so many customers are computed, so that memory holds only one."""
    count = customers // CUSTOMERS_A_TURN + 1
    return [Turn(number, count) for number in range(count)]


def everybody(turn: Turn, found: exp.Query, key: str, columns: Sequence[str]) -> Iterator[Rows]:
    """Yield every customer of a part with what a query found of him, nothing else than nulls where it found none, by batches.

    `key` is its column of the lake's numbers. The engine is asked when the first is wanted. Raises LakeEmpty.
    """
    own = [exp.column(name, "s") for name in columns]
    known = exp.alias_(exp.to_table("customers"), "c", table=True)
    query = (
        exp.select(exp.column("customer_id", "p"), *own)
        .from_(exp.alias_(exp.to_table(TABLE), "p", table=True))
        .join(known, on="c.id = p.id")
        .join(found.subquery("s"), on=exp.column("id", "p").eq(exp.column(key, "s")), join_type="left")
    )
    rows, _ = ask(query.where(turn.condition(exp.column("id", "p"))))
    for first in range(0, len(rows), CUSTOMERS_A_BATCH):
        yield rows[first : first + CUSTOMERS_A_BATCH]


def values_of_turn(traits: Traits, turn: Turn, *, now: datetime) -> Iterator[Batch]:
    """Yield the values of all customers of a part, by the lake. Raises LakeEmpty."""
    among = turn.condition(exp.column("customer_id", "l"))
    for compiled in compile_traits(list(traits.values()), now, among):
        ids = tuple(list(traits)[place] for place in compiled.places)
        columns = [f"t{place}" for place in compiled.places]
        for rows in everybody(turn, compiled.query, "customer_id", columns):
            customers = [UUID(row[0]) for row in rows]
            told = zip(customers, (row[1:] for row in rows), strict=True)
            yield Batch(ids, customers, list(_values(traits, ids, told)))


def values_of_some(traits: Traits, customers: Collection[UUID], *, now: datetime) -> list[Value]:
    """Return the values of some customers, from what is committed now."""
    import pyarrow as pa

    by_key = {key_of(one): one for one in customers}
    names = sorted({one.step.event for one in traits.values()})
    of_events, of_links = events(), links()
    happened = pa.concat_tables(
        [empty(of_events.columns), *copied(of_events.columns, _EVENTS, [uuid_array(customers), names])]
    )
    linked = pa.concat_tables(
        [empty(of_links.columns), *copied(of_links.columns, _LINKS, [uuid_array(customers)])]
    )
    duck = Duck()
    duck.keep("events", folded(of_events, happened), "id", [], is_first=True)
    duck.keep("links", linked, "id", [], is_first=True)
    found: list[Value] = []
    for compiled in compile_traits(list(traits.values()), now):
        rows = duck.rows(text_of(compiled.query, duck.dialect), {})
        ids = [list(traits)[place] for place in compiled.places]
        found += _values(traits, ids, ((by_key[row[0]], row[1:]) for row in rows))
    return found


def _values(
    traits: Traits, ids: Sequence[int], rows: Iterator[tuple[UUID, Sequence[Any]]]
) -> Iterator[Value]:
    """Yield what is worth keeping: no unknown values, and no 0 where that is what nothing comes to."""
    shapes = [(one, traits[one].kind == "text", traits[one].form.is_zero_without) for one in ids]
    for customer_id, row in rows:
        for (trait_id, is_text, is_zero_without), value in zip(shapes, row, strict=True):
            if value is None or (is_zero_without and value == 0):
                continue
            if is_text:
                yield Value(trait_id, customer_id, None, str(value))
            elif isfinite(value):
                yield Value(trait_id, customer_id, float(value), None)
