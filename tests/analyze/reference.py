"""A definition evaluated for one customer in plain Python: what every engine must agree with."""

from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

from kehu.analyze.segments.tree import (
    ANYBODY,
    All,
    AnyOf,
    Definition,
    Done,
    FieldIs,
    HasTag,
    InOrder,
    MayReach,
    Node,
    Not,
    OfUnit,
    OnList,
    PropertyIs,
    Step,
    TiedTo,
    Window,
)  # fmt: skip
from kehu.standardize.values.folding import fold_text


@dataclass
class Person:
    """A customer as the reference knows him. `kinds` of fields; days as ISO texts; `reach` are purposes that may take him, and channels
    that they may use; `lists` those that he is on; `ties` what others are for him, from a day until a day, both included.
    """

    unit: str
    above: tuple[str, ...]
    values: dict[str, Any]
    events: list[tuple[str, datetime, dict[str, Any]]] = field(default_factory=list)
    reach: frozenset[str | tuple[str, str]] = frozenset()
    lists: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    ties: list[tuple[str, date, date | None]] = field(default_factory=list)


_ASSERTS: dict[str, Callable[[Any, tuple[Any, ...]], Any]] = {
    "not_empty": lambda v, t: (v, t) is not None,
    "is": lambda v, t: v == t[0],
    "eq": lambda v, t: v == t[0],
    "on": lambda v, t: v == t[0],
    "in": lambda v, t: v in t,
    "contains": lambda v, t: t[0] in v,
    "starts": lambda v, t: v.startswith(t[0]),
    "ends": lambda v, t: v.endswith(t[0]),
    "gt": lambda v, t: v > t[0],
    "after": lambda v, t: v > t[0],
    "gte": lambda v, t: v >= t[0],
    "lt": lambda v, t: v < t[0],
    "before": lambda v, t: v < t[0],
    "lte": lambda v, t: v <= t[0],
    "between": lambda v, t: t[0] <= v <= t[1],
    "from_to": lambda v, t: t[0] <= v <= t[1],
}


class Reference:
    """Evaluates at one moment."""

    def __init__(self, definition: Definition, kinds: dict[str, str], now: datetime) -> None:
        self.root, self.zone, self.kinds, self.now = definition.root, ZoneInfo(definition.zone), kinds, now

    def holds(self, person: Person, node: Node | None = None) -> bool:
        """Whether a person meets the definition."""
        node = self.root if node is None else node
        match node:
            case All(parts) | AnyOf(parts):
                held = (self.holds(person, part) for part in parts)
                return all(held) if isinstance(node, All) else any(held)
            case Not(part):
                return not self.holds(person, part)
            case FieldIs(key, operator, values):
                return self.meets(person.values.get(key), operator, values, self.kinds[key])
            case Done() | InOrder():
                return self.did(person, node)
        return self.stands(person, node)

    def stands(self, person: Person, node: Node) -> bool:
        """Whether a person stands as a condition says, to the bank and to others."""
        match node:
            case OfUnit(code, is_below):
                return person.unit == code or (is_below and code in person.above)
            case OnList(list_id):
                return list_id in person.lists
            case HasTag(tag_id):
                return tag_id in person.tags
            case TiedTo(role):
                today = self.now.astimezone(self.zone).date()
                return any(
                    role in (ANYBODY, one) and since <= today and (until is None or until >= today)
                    for one, since, until in person.ties
                )
        assert isinstance(node, MayReach)
        return ((node.purpose, node.channel) if node.channel else node.purpose) in person.reach

    def did(self, person: Person, node: Node) -> bool:
        """Whether events happened as a condition says."""
        if isinstance(node, Done):
            times = len(self.happened(person, node.step, node.window))
            return times >= node.least and (node.most is None or times <= node.most)
        assert isinstance(node, InOrder)
        chains = product(*(self.happened(person, step, node.window) for step in node.steps))
        return any(
            all(a < b for a, b in pairwise(chain)) and chain[-1] - chain[0] <= timedelta(hours=node.hours)
            for chain in chains
        )

    def happened(self, person: Person, step: Step, window: Window) -> list[datetime]:
        """When a step happened within a window."""
        return [
            at
            for name, at, properties in person.events
            if name == step.event
            and self.within(at, window)
            and all(self.property_meets(properties, one) for one in step.where)
        ]

    def within(self, at: datetime, window: Window) -> bool:
        if window.since_hours is not None:
            until = timedelta(hours=window.until_hours or 0)
            return timedelta(hours=window.since_hours) >= self.now - at > until
        day = at.astimezone(self.zone).date()
        return (window.first is None or day >= window.first) and (window.last is None or day <= window.last)

    def property_meets(self, properties: dict[str, Any], condition: PropertyIs) -> bool:
        value = properties.get(condition.name)
        kind = "text"
        if condition.operator in ("eq", "ne", "gt", "gte", "lt", "lte", "between"):
            kind = "number"
            value = value if isinstance(value, int | float) else None
        return self.meets(value, condition.operator, condition.values, kind)

    def meets(self, value: Any, operator: str, values: tuple[Any, ...], kind: str) -> bool:
        if kind == "text":
            value = fold_text(str(value)) if value is not None else None
            values = tuple(fold_text(one) if isinstance(one, str) else one for one in values)
            value = value or None
        denied = {
            "is_not": "is", "not_in": "in", "not_contains": "contains", "ne": "eq", "not_last_days": "last_days",
            "empty": "not_empty",
        }  # fmt: skip
        if operator in denied:
            return not self.meets(value, denied[operator], values, kind)
        return value is not None and self.asserts(value, operator, values)

    def asserts(self, value: Any, operator: str, values: tuple[Any, ...]) -> bool:
        if operator in _ASSERTS:
            return bool(_ASSERTS[operator](value, values))
        return self.near(date.fromisoformat(value), operator, int(values[0]))

    def near(self, day: date, operator: str, days: int) -> bool:
        today = self.now.astimezone(self.zone).date()
        if operator == "last_days":
            return today - timedelta(days=days) < day <= today
        if operator == "next_days":
            return today <= day < today + timedelta(days=days)
        return any(self.is_anniversary(day, today + timedelta(days=n)) for n in range(min(days, 366)))

    def is_anniversary(self, day: date, on: date) -> bool:
        if (day.month, day.day) == (2, 29) and not isleap(on.year):
            return (on.month, on.day) == (2, 28)
        return (day.month, day.day) == (on.month, on.day)
