"""What questions about behavior have in common: whom they are of, and the words that may not stand in an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.reading import MOST_STEPS, ZONE, read, read_step
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.happenings import Clock
from kehu.analyze.segments.sql.query import Compiler, people
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.segments.tree import Definition, Step
from kehu.analyze.segments.values import Raw, at, only, refuse
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate
from kehu.standardize.detect import looks_sealed

WHO = "who"
"""The name under which a query knows those whom it is of: `id`, and `key` by which they are divided."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, for which purpose, and when; `book` holds what he may name."""

    actor: Actor
    gate: Gate
    book: Book
    now: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Customers in the order of their ids, and the last where there are more."""

    ids: tuple[UUID, ...]
    next_cursor: UUID | None


def read_population(raw: Raw, book: Book) -> Definition:
    """Return whom a question is of: everybody unless `population`, a definition of a segment, says whom; with the zone."""
    given = raw.get("population", {"all": []})
    if not isinstance(given, Mapping):
        refuse("population", "要是一个客群定义。", "This is the definition of a segment.")
    return read({**given, "zone": raw.get("zone", ZONE)}, book.kinds)


def read_steps(raw: Any, path: str, fewest: int) -> tuple[Step, ...]:
    """Return events with conditions, of which none looks personal: such a value would stand in shared addresses."""
    if not isinstance(raw, list) or not fewest <= len(raw) <= MOST_STEPS:
        refuse(path, f"要有 {fewest} 到 {MOST_STEPS} 步。", f"There are {fewest} to {MOST_STEPS} steps.")
    return tuple(read_one_step(one, f"{path}[{place}]") for place, one in enumerate(raw))


def read_one_step(raw: Any, path: str) -> Step:
    """Return one event with conditions."""
    if not isinstance(raw, Mapping) or "event" not in raw:
        refuse(path, "要写明事件。", "This names an event.")
    only(raw, path, "event", "where")
    step = read_step(raw, path)
    for place, one in enumerate(step.where):
        if any(isinstance(value, str) and looks_sealed(one.name, value) for value in one.values):
            refuse(
                at(path, f"where[{place}].value"),
                "看起来是个人信息。这样的属性是加密保存的，不能用作条件。",
                "This looks personal. Such properties are kept sealed and cannot be asked about.",
            )
    return step


def whom(asking: Asking, population: Definition, key: exp.Condition | None = None) -> exp.Select:
    """Return the query of those whom a question is of: in scope, open to the purpose, of the population."""
    holds = Compiler(asking.book.names(), asking.now).condition(population)
    own: Iterable[exp.Expr] = [] if key is None else [exp.alias_(key, "key")]
    return people(asking.actor.scope, asking.gate, holds).select(exp.column("id", "p"), *own)


def among_whom(rows: exp.Select) -> exp.Select:
    """Narrow events (with links `l`) to those of `WHO`."""
    return rows.join(exp.alias_(exp.to_table(WHO), "w", table=True), on="w.id = l.customer_id")


def clock_of(asking: Asking, definition: Definition) -> Clock:
    """Return the moment of a question, with its zone."""
    return Clock(asking.now, definition.zone)


def page_of(query: exp.Select, *, after: UUID | None, limit: int) -> Page:
    """Return a page of the customers (of `p`) that a query selects. Raises LakeEmpty."""
    customer = exp.column("customer_id", "p")
    beyond = query.where(customer > literal("" if after is None else str(after)))
    rows, _ = ask(beyond.order_by(customer.copy()).limit(limit + 1))
    ids = tuple(UUID(str(row[0])) for row in rows)
    return Page(ids[:limit], ids[limit - 1] if len(ids) > limit else None)


def customers_of(asking: Asking, definition: Definition, *, after: UUID | None, limit: int) -> Page:
    """Return a page of whom a definition takes in, in scope and open to the purpose. Raises LakeEmpty."""
    holds = Compiler(asking.book.names(), asking.now).condition(definition)
    query = people(asking.actor.scope, asking.gate, holds).select(exp.column("customer_id", "p"))
    return page_of(query, after=after, limit=limit)


def count_whom(asking: Asking, population: Definition) -> int:
    """Return how many customers a question is of."""
    rows, _ = ask(exp.select(exp.Count(this=exp.Star())).from_(whom(asking, population).subquery("q")))
    return int(rows[0][0])
