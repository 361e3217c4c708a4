"""Which properties an event has, and of which kind they are, as its latest happenings show. Over the lake.

Only names and kinds are told: a value may belong to a customer whom the reader does not see.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlglot import exp

from kehu.analyze.mirror.asking import LakeEmpty, ask
from kehu.analyze.segments.tree import Kind

LATEST = 2_000
MOST_PROPERTIES = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an event, nested ones named with dots; its kind is that of all its values, text where they differ."""

    name: str
    kind: Kind


def list_properties(event: str) -> tuple[Property, ...]:
    """Return the properties of an event, the most frequent first; none where it never happened."""
    name, properties = exp.column("name", "e"), exp.column("properties", "e")
    query = (
        exp.select(properties)
        .from_(exp.alias_(exp.to_table("events"), "e", table=True))
        .where(name.eq(exp.Literal.string(event)))
        .order_by(exp.Ordered(this=exp.column("happened_at", "e"), desc=True))
        .limit(LATEST)
    )
    try:
        rows, _ = ask(query)
    except LakeEmpty:
        return ()
    return kinds_seen([msgspec.json.decode(row[0]) for row in rows if row[0]])


def kinds_seen(happenings: list[Mapping[str, Any]]) -> tuple[Property, ...]:
    """Return which properties these have, the most frequent first."""
    seen: dict[str, list[Kind]] = {}
    for one in happenings:
        for name, value in one.items():
            if (kind := _kind(value)) is not None:
                seen.setdefault(name, []).append(kind)
    often = sorted(seen.items(), key=lambda entry: (-len(entry[1]), entry[0]))[:MOST_PROPERTIES]
    return tuple(Property(name, kinds[0] if len(set(kinds)) == 1 else "text") for name, kinds in often)


def _kind(value: Any) -> Kind | None:
    """Return the kind of a value; None for what is empty or a list, of which nothing can be asked."""
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str) and value:
        return "date" if _DAY.fullmatch(value) else "text"
    return None
