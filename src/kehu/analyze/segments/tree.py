"""The tree of a segment's definition, as every engine and every sentence reads it. Data only: no database, no clock.

A day is a day of the declared zone. `None` as a bound is no bound. Numbers of times are inclusive on both sides.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Value = str | float | bool
Operator = Literal[
    "is", "is_not", "in", "not_in", "contains", "not_contains", "starts", "ends", "empty", "not_empty",
    "eq", "ne", "gt", "gte", "lt", "lte", "between",
    "on", "before", "after", "from_to", "last_days", "not_last_days", "next_days", "anniversary_days",
]  # fmt: skip
Kind = Literal["text", "code", "number", "date", "yes_no"]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. Without parts: everybody."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. Without parts: nobody."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A golden value meets an operator. What is not known meets only the operators that deny (`operators.MET_BY_NOTHING`)."""

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyIs:
    """A property of an event meets an operator; nested ones are named with dots."""

    name: str
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """When events count: from so many hours before now (`since`) until so many (`until`), or from a day to a day, both included."""

    since_hours: int | None = None
    until_hours: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An event with conditions on its properties."""

    event: str
    where: tuple[PropertyIs, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An event happened so many times within a window; `most` 0 is: not at all."""

    step: Step
    least: int
    most: int | None
    window: Window


@dataclass(frozen=True, slots=True)
class InOrder:
    """Events happened one after another, the last at most `hours` after the first, all within a window."""

    steps: tuple[Step, ...]
    hours: int
    window: Window


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The home unit is this one, or lies below it."""

    code: str
    is_below: bool


@dataclass(frozen=True, slots=True)
class MayReach:
    """The customer may be reached for a purpose, by one channel or by any."""

    purpose: str
    channel: str


@dataclass(frozen=True, slots=True)
class OfSegment:
    """The customer is a member of another segment."""

    segment_id: UUID


@dataclass(frozen=True, slots=True)
class OnList:
    """The customer is on a list that somebody pasted or uploaded."""

    list_id: int


@dataclass(frozen=True, slots=True)
class HasTag:
    """Somebody put a tag on the customer."""

    tag_id: int


@dataclass(frozen=True, slots=True)
class TiedTo:
    """Another customer is something for this one today: his `role`, or `ANYBODY`."""

    role: str


@dataclass(frozen=True, slots=True)
class TraitIs:
    """A computed trait meets an operator. What is not known meets the operators that deny; a count that is 0 is known."""

    trait: str
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class TraitFacts:
    """What is asked of a trait: its number, `number`, `text` or `since` (days since), and whether nothing comes to 0."""

    id: int
    kind: Literal["number", "text", "since"]
    is_zero_without: bool


ANYBODY = "any"
RELATED = "relationship:"
"""Stands among the kinds of fields for whoever may ask about relationships: he sees both sides of each."""
_TRAIT = "trait:"


def trait_name(key: str) -> str:
    """Return the name under which the kind of a trait stands among those of fields; no field has such a key."""
    return _TRAIT + key


def is_trait(name: str) -> bool:
    """Whether a name is one of a trait."""
    return name.startswith(_TRAIT)


Tied = OnList | HasTag | TiedTo
"""What hangs on the records of a customer."""
Node = All | AnyOf | Not | FieldIs | Done | InOrder | OfUnit | MayReach | OfSegment | Tied | TraitIs


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole definition: the tree, and the zone in which its days are days."""

    root: Node
    zone: str
