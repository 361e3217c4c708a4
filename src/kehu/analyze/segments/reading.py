"""From the JSON of a definition to its tree. A mistake is told with its place: `all[1].any[0].value`.

Which fields there are, and of which kind, is passed in: reading asks no database.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kehu.analyze.segments.tree import (
    ANYBODY,
    RELATED,
    All,
    AnyOf,
    Definition,
    Done,
    FieldIs,
    HasTag,
    InOrder,
    Kind,
    MayReach,
    Node,
    Not,
    OfSegment,
    OfUnit,
    OnList,
    PropertyIs,
    Step,
    TiedTo,
    TraitIs,
    is_trait,
    trait_name,
)  # fmt: skip
from kehu.analyze.segments.values import (
    MOST_DAYS,
    Raw,
    at,
    only,
    read_operator,
    read_text,
    read_values,
    read_whole,
    read_yes,
    refuse,
)
from kehu.analyze.segments.windows import HOURS, read_times, read_window
from kehu.profile.ties.relationships import ROLES

ZONE = "Asia/Shanghai"
DEEPEST = 8
MOST_NODES = 200
MOST_IDS = 2**31 - 1
FEWEST_STEPS, MOST_STEPS = 2, 8
Kinds = Mapping[str, Kind]


def read(raw: Any, kinds: Kinds) -> Definition:
    """Return a definition. Raises DefinitionInvalid. `kinds` are what may be asked: fields by key, traits by `trait_name`."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    body = dict(raw)
    zone = body.pop("zone", ZONE)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        refuse("zone", "没有这个时区。", "There is no such time zone.")
    return Definition(_Reader(kinds).node(body, "", 1), zone)


class _Reader:
    """Reads one definition, and counts its nodes."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self.count = 0
        self.forms: dict[str, Callable[[Raw, str], Node]] = {
            "field": self.field, "event": self.done, "sequence": self.in_order, "unit": self.unit,
            "may_reach": self.may_reach, "segment": self.segment, "trait": self.trait, "list": self.on_list,
            "tag": self.has_tag, "relationship": self.tied_to,
        }  # fmt: skip

    def node(self, raw: Any, path: str, depth: int) -> Node:
        """Return the tree of one condition or group."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_NODES:
            refuse(
                path,
                f"条件太多：最多 {DEEPEST} 层、{MOST_NODES} 条。",
                f"There are too many conditions: {DEEPEST} levels and {MOST_NODES} in all.",
            )
        if not isinstance(raw, Mapping):
            refuse(path, "条件要是一个对象。", "A condition is an object.")
        if "all" in raw or "any" in raw:
            key = "all" if "all" in raw else "any"
            only(raw, path, key)
            parts = self.parts(raw[key], at(path, key), depth)
            return All(parts) if key == "all" else AnyOf(parts)
        if "not" in raw:
            only(raw, path, "not")
            return Not(self.node(raw["not"], at(path, "not"), depth + 1))
        form = next((form for key, form in self.forms.items() if key in raw), None)
        if form is None:
            known = ", ".join(("all", "any", "not", *self.forms))
            refuse(path, f"不认识的条件。可用：{known}。", f"This is no condition. There are: {known}.")
        return form(raw, path)

    def parts(self, raw: Any, path: str, depth: int) -> tuple[Node, ...]:
        """Return the parts of a group."""
        if not isinstance(raw, list):
            refuse(path, "要是一个列表。", "This is a list.")
        return tuple(self.node(part, f"{path}[{place}]", depth + 1) for place, part in enumerate(raw))

    def field(self, raw: Raw, path: str) -> Node:
        """Return a condition on a golden value."""
        only(raw, path, "field", "op", "value")
        key = read_text(raw["field"], at(path, "field"))
        kind = None if is_trait(key) else self.kinds.get(key)
        if kind is None:
            refuse(
                at(path, "field"),
                f"没有字段“{key}”，或者不能用它筛选。",
                f"There is no field “{key}” to ask about.",
            )
        operator = read_operator(raw, path, kind)
        return FieldIs(key, operator, read_values(raw, path, operator, kind))

    def trait(self, raw: Raw, path: str) -> Node:
        """Return a condition on a computed trait."""
        only(raw, path, "trait", "op", "value")
        key = read_text(raw["trait"], at(path, "trait"))
        kind = self.kinds.get(trait_name(key))
        if kind is None:
            refuse(at(path, "trait"), f"没有指标“{key}”。", f"There is no trait “{key}”.")
        operator = read_operator(raw, path, kind)
        return TraitIs(key, operator, read_values(raw, path, operator, kind))

    def done(self, raw: Raw, path: str) -> Node:
        """Return a condition on how often an event happened."""
        only(raw, path, "event", "where", "times", "within")
        least, most = read_times(raw.get("times", {"at_least": 1}), at(path, "times"))
        return Done(read_step(raw, path), least, most, read_window(raw, path))

    def in_order(self, raw: Raw, path: str) -> Node:
        """Return a condition on events one after another."""
        only(raw, path, "sequence", "in_hours", "within")
        steps = raw["sequence"]
        place = at(path, "sequence")
        if not isinstance(steps, list) or not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
            refuse(place, f"要有 2 到 {MOST_STEPS} 步。", f"There are 2 to {MOST_STEPS} steps.")
        for number, step in enumerate(steps):
            if not isinstance(step, Mapping) or "event" not in step:
                refuse(f"{place}[{number}]", "每一步要写明事件。", "Each step names an event.")
            only(step, f"{place}[{number}]", "event", "where")
        hours = read_whole(raw.get("in_hours"), at(path, "in_hours"), 1, MOST_DAYS * HOURS)
        read_steps = tuple(read_step(step, f"{place}[{number}]") for number, step in enumerate(steps))
        return InOrder(read_steps, hours, read_window(raw, path))

    def unit(self, raw: Raw, path: str) -> Node:
        """Return a condition on the home unit."""
        only(raw, path, "unit", "below")
        return OfUnit(
            read_text(raw["unit"], at(path, "unit")), read_yes(raw.get("below", True), at(path, "below"))
        )

    def may_reach(self, raw: Raw, path: str) -> Node:
        """Return a condition on consent."""
        only(raw, path, "may_reach", "channel")
        channel = raw.get("channel", "")
        purpose = read_text(raw["may_reach"], at(path, "may_reach"))
        return MayReach(purpose, read_text(channel, at(path, "channel")) if channel else "")

    def segment(self, raw: Raw, path: str) -> Node:
        """Return a condition on membership of another segment."""
        only(raw, path, "segment")
        try:
            return OfSegment(UUID(str(raw["segment"])))
        except ValueError:
            refuse(at(path, "segment"), "要是客群的编号。", "This is the id of a segment.")

    def on_list(self, raw: Raw, path: str) -> Node:
        """Return a condition on being on a list."""
        only(raw, path, "list")
        return OnList(read_whole(raw["list"], at(path, "list"), 1, MOST_IDS))

    def has_tag(self, raw: Raw, path: str) -> Node:
        """Return a condition on having a tag."""
        only(raw, path, "tag")
        return HasTag(read_whole(raw["tag"], at(path, "tag"), 1, MOST_IDS))

    def tied_to(self, raw: Raw, path: str) -> Node:
        """Return a condition on a relationship."""
        only(raw, path, "relationship")
        place = at(path, "relationship")
        role = read_text(raw["relationship"], place)
        if RELATED not in self.kinds:
            refuse(
                place,
                "关系涉及两位客户，只有能查看全部机构的人可以用它筛选。",
                "A relationship tells of two customers: only who may read every unit asks about it.",
            )
        if role != ANYBODY and role not in ROLES:
            known = "、".join((ANYBODY, *ROLES))
            refuse(
                place, f"没有这种关系。可用：{known}。", f"There is no such relationship. There are: {known}."
            )
        return TiedTo(role)


def read_step(raw: Raw, path: str) -> Step:
    """Return an event with conditions on its properties."""
    where = raw.get("where", [])
    place = at(path, "where")
    if not isinstance(where, list):
        refuse(place, "要是一个列表。", "This is a list.")
    return Step(
        read_text(raw["event"], at(path, "event")),
        tuple(_property(one, f"{place}[{number}]") for number, one in enumerate(where[:MOST_NODES])),
    )


def _property(raw: Any, path: str) -> PropertyIs:
    if not isinstance(raw, Mapping) or "property" not in raw:
        refuse(path, "要写明事件的哪个属性。", "This names a property of the event.")
    only(raw, path, "property", "op", "value")
    operator = read_operator(raw, path, None)
    return PropertyIs(
        read_text(raw["property"], at(path, "property")), operator, read_values(raw, path, operator, None)
    )
