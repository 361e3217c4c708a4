"""A trait computed for one customer in plain Python: what every engine must agree with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import floor
from typing import Any
from uuid import UUID

from tests.analyze.reference import Reference

from kehu.analyze.segments.tree import All, Definition, PropertyIs, Window
from kehu.analyze.traits.reading import TraitDefinition
from kehu.platform.lake.columns import key_of

Event = tuple[str, datetime, dict[str, Any], UUID]


class TraitReference:
    """Computes one definition at one moment."""

    def __init__(self, trait: TraitDefinition, now: datetime) -> None:
        self.trait, self.now = trait, now
        self.segments = Reference(Definition(All(()), trait.zone), {}, now)

    def value(self, events: Sequence[Event]) -> float | str | None:
        """Return what a customer's events come to, as it is kept: 0 of a count is none, days since is a second."""
        happened = self.happened(events, self.trait.window)
        made = self.change(events, happened) if self.trait.aggregate == "trend" else self.of(happened)
        return None if made is None or (self.trait.form.is_zero_without and made == 0) else made

    def happened(self, events: Sequence[Event], window: Window) -> list[Event]:
        """The events that count, the earliest first; of equals by the number of the id."""
        found = [
            event
            for event in events
            if event[0] == self.trait.step.event
            and self.segments.within(event[1], window)
            and all(self.meets(event[2], one) for one in self.trait.step.where)
        ]
        return sorted(found, key=lambda event: (event[1], key_of(event[3])))

    def meets(self, properties: dict[str, Any], one: PropertyIs) -> bool:
        """A text that is a number counts as one."""
        value = properties.get(one.name)
        if one.operator not in ("eq", "ne", "gt", "gte", "lt", "lte", "between"):
            return self.segments.property_meets(properties, one)
        try:
            number = None if value is None else float(value)
        except ValueError:
            number = None
        return self.segments.meets(number, one.operator, one.values, "number")

    def of(self, events: list[Event]) -> float | str | None:
        if self.trait.aggregate == "count":
            return float(len(events))
        if self.trait.aggregate == "days_since":
            return float(floor(events[-1][1].timestamp())) if events else None
        values = [event[2][self.trait.of] for event in events if event[2].get(self.trait.of) is not None]
        if self.trait.aggregate == "distinct":
            return float(len({written(value) for value in values}))
        if self.trait.aggregate == "most_frequent":
            times = Counter(written(value) for value in values)
            latest = {written(value): place for place, value in enumerate(values)}
            return max(times, key=lambda value: (times[value], latest[value])) if times else None
        if self.trait.kind == "text":
            texts = [written(value) for value in values]
            return (texts[0] if self.trait.aggregate == "first" else texts[-1]) if texts else None
        numbers = [number for value in values if (number := numbered(value)) is not None]
        return self.number(numbers)

    def number(self, numbers: list[float]) -> float | None:
        if not numbers:
            return None
        made = {
            "sum": sum(numbers), "average": sum(numbers) / len(numbers), "min": min(numbers), "max": max(numbers),
            "first": numbers[0], "last": numbers[-1],
        }[self.trait.aggregate]  # fmt: skip
        return made if self.trait.aggregate in ("first", "last") else round(made, 6)

    def change(self, events: Sequence[Event], happened: list[Event]) -> float:
        """This span less the one before."""
        span = self.trait.window.since_hours or 0
        before = self.happened(events, replace(self.trait.window, since_hours=2 * span, until_hours=span))
        return round(self.total(happened) - self.total(before), 6)

    def total(self, events: list[Event]) -> float:
        if not self.trait.of:
            return float(len(events))
        numbers = [numbered(event[2].get(self.trait.of)) for event in events]
        return sum(number for number in numbers if number is not None)


def written(value: Any) -> str:
    """A value as the lake writes it."""
    return value if isinstance(value, str) else str(value)


def numbered(value: Any) -> float | None:
    """A value as a number; what is none is not known."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if abs(number) <= 1e18 else None


def days_between(second: float, now: datetime) -> int:
    """Whole days of 24 hours since a second."""
    return floor((now - datetime.fromtimestamp(second, now.tzinfo)) / timedelta(days=1))
