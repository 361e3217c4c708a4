"""Definitions asked of some customers in PostgreSQL, at once after something happened: the tables of the lake, as they are now.

The expressions are those of the lake. Only what is read differs: each dataset is a query over the tables, narrowed to
the customers in question, and folds of texts are made here for the few rows that are compared.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb
from sqlglot import exp

from kehu.analyze.mirror.current import TABLE
from kehu.analyze.mirror.datasets import customers, tied
from kehu.analyze.mirror.fields import kinds
from kehu.analyze.mirror.folds import PREFIX, fold_value
from kehu.govern.fields.registry import Registry
from kehu.platform.db.rows import from_json, uuid_array
from kehu.standardize.values.folding import fold_text

_PRESENT = """
SELECT c.id, c.unit_id, c.unit_set_id, c.owner_id, c.consented, c.objected, c.is_automation_objected, c.closed
FROM profile_customer c WHERE c.is_identified AND c.id = ANY(%(ids)s::uuid[])
"""
_LINKS = """
SELECT l.id, l.record_id, l.cluster_id AS customer_id FROM resolve_link l
WHERE l.ended_at IS NULL AND l.cluster_id = ANY(%(ids)s::uuid[])
"""
_EVENTS = """
SELECT e.id, e.record_id, e.source_id, e.kind, e.name, e.happened_at, e.received_at, e.plain::json AS properties,
  CAST(%(event_folds)s::jsonb -> e.id::text AS json) AS folded_properties
FROM resolve_link o JOIN collect_event e ON e.record_id = o.record_id
WHERE o.ended_at IS NULL AND o.cluster_id = ANY(%(ids)s::uuid[])
"""
_TRAITS = """
SELECT v.id, v.trait_id, v.customer_id, v.number, v.text, %(trait_folds)s::jsonb ->> v.text AS folded_text
FROM analyze_trait_value v WHERE v.customer_id = ANY(%(ids)s::uuid[])
"""
_LISTED = """
SELECT m.id, m.list_id, m.record_id FROM resolve_link o JOIN analyze_list_member m ON m.record_id = o.record_id
WHERE o.ended_at IS NULL AND m.ended_in IS NULL AND o.cluster_id = ANY(%(ids)s::uuid[])
"""
_TAGGED = """
SELECT m.id, m.tag_id, m.record_id FROM resolve_link o JOIN profile_tagged m ON m.record_id = o.record_id
WHERE o.ended_at IS NULL AND m.ended_at IS NULL AND o.cluster_id = ANY(%(ids)s::uuid[])
"""
_TRAIT_TEXTS = """
SELECT DISTINCT v.text FROM analyze_trait_value v WHERE v.customer_id = ANY(%(ids)s::uuid[]) AND v.text <> ''
"""
_TEXTS = "SELECT c.id, c.plain FROM profile_customer c WHERE c.id = ANY(%(ids)s::uuid[])"
_HAPPENED = """
SELECT e.id, e.plain FROM resolve_link o JOIN collect_event e ON e.record_id = o.record_id
WHERE o.ended_at IS NULL AND o.cluster_id = ANY(%(ids)s::uuid[]) AND e.name = ANY(%(names)s)
"""
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """A query as PostgreSQL has it, to be asked of any customers: which folds it compares, and those of which events."""

    sql: str
    compared: frozenset[str]
    events: tuple[str, ...]
    has_traits: bool

    def ask(self, ids: Collection[UUID]) -> Rows:
        """Return its rows for these customers, within the open scope."""
        values: dict[str, Any] = {
            "ids": uuid_array(ids), "folds": Jsonb({}), "event_folds": Jsonb({}), "trait_folds": Jsonb({}),
        }  # fmt: skip
        with connection.cursor() as cursor:
            if self.has_traits:
                cursor.execute(_TRAIT_TEXTS, values)
                values["trait_folds"] = Jsonb({text: fold_text(text) for (text,) in cursor.fetchall()})
            if self.compared - {PREFIX + "properties", PREFIX + "text"}:
                values["folds"] = Jsonb(_folds(cursor, values, self.compared))
            if PREFIX + "properties" in self.compared:
                values["event_folds"] = Jsonb(_event_folds(cursor, values, self.events))
            cursor.execute(self.sql, values)
            return cast("Rows", cursor.fetchall())


def write(query: exp.Select, fields: Registry) -> Written:
    """Return a query over datasets and the present, written once: writing takes longer than asking."""
    used = {table.name for table in query.find_all(exp.Table)}
    compared = {column.name for column in query.find_all(exp.Column) if column.name.startswith(PREFIX)}
    return Written(
        _written(query, used, fields), frozenset(compared), tuple(_event_names(query)), "traits" in used
    )


def ask_of(ids: Collection[UUID], query: exp.Select, fields: Registry) -> Rows:
    """Return the rows of a query over datasets and the present, for these customers, within the open scope."""
    return write(query, fields).ask(ids)


def _written(query: exp.Select, used: set[str], fields: Registry) -> str:
    sources: Mapping[str, str] = {
        TABLE: _PRESENT,
        "links": _LINKS,
        "events": _EVENTS,
        "customers": _customers(fields),
        "traits": _TRAITS,
        "listed": _LISTED,
        "tagged": _TAGGED,
        "tied": _tied(),
    }
    ctes = ", ".join(f"{name} AS NOT MATERIALIZED ({sources[name]})" for name in sources if name in used)
    body = query.transform(_own).sql(dialect="postgres").replace("%", "%%")
    return f"WITH {ctes} {body}"


def _tied() -> str:
    """Return the ties of either side."""
    dataset = tied()
    columns = ", ".join(
        f'({sql})::date AS "{name}"' if kind == "date" else f'{sql} AS "{name}"'
        for name, kind, sql in dataset.columns
    )
    return " UNION ".join(
        f"SELECT {columns} FROM resolve_link o JOIN {dataset.source} ON r.{side} = o.record_id "
        "WHERE o.ended_at IS NULL AND o.cluster_id = ANY(%(ids)s::uuid[])"
        for side in ("record_id", "other_record_id")
    )


def _own(node: exp.Expression) -> exp.Expression:
    """Return an expression as PostgreSQL has it, where the writer of SQL knows no equal."""
    if isinstance(node, exp.TryCast):
        name = "try_day" if node.to.is_type("date") else "try_number"
        return exp.Dot(
            this=exp.to_identifier("sec"), expression=exp.Anonymous(this=name, expressions=[node.this])
        )
    return node


def _customers(fields: Registry) -> str:
    dataset, known = customers(fields), kinds(fields)
    columns = []
    for name, kind, sql in dataset.columns:
        own = f"({sql})::date" if kind == "date" else sql
        columns.append(f'{own} AS "{name}"')
    columns += [
        f"""(%(folds)s::jsonb -> c.id::text ->> '{PREFIX}{name}') AS "{PREFIX}{name}\""""
        for name in dataset.texts
        if known[name.removeprefix("f_")] == "text"
    ]
    return f"SELECT {', '.join(columns)} FROM {dataset.source} WHERE {dataset.is_kept} AND c.id = ANY(%(ids)s::uuid[])"


def _folds(cursor: Any, values: Mapping[str, Any], compared: Collection[str]) -> dict[str, dict[str, str]]:
    keys = [
        name.removeprefix(PREFIX).removeprefix("f_") for name in compared if name.startswith(PREFIX + "f_")
    ]
    cursor.execute(_TEXTS, values)
    found: dict[str, dict[str, str]] = {}
    for customer_id, plain in cursor.fetchall():
        known = plain if isinstance(plain, dict) else from_json(plain)
        found[str(customer_id)] = {
            f"{PREFIX}f_{key}": fold_text(known[key]) for key in keys if isinstance(known.get(key), str)
        }
    return found


def _event_names(query: exp.Select) -> Iterator[str]:
    for equal in query.find_all(exp.EQ):
        if isinstance(equal.this, exp.Column) and equal.this.name == "name" and equal.this.table == "e":
            yield equal.expression.this


def _event_folds(cursor: Any, values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    cursor.execute(_HAPPENED, {**values, "names": list(names)})
    found = {}
    for event_id, plain in cursor.fetchall():
        given = plain if isinstance(plain, dict) else from_json(plain)
        folded = fold_value(given)
        if folded != given:
            found[str(event_id)] = folded
    return found
