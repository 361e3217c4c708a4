"""From the JSON of a trait to what is computed: an event with conditions, an aggregate, a property, a window.

The event and its conditions are those of segments, and so are the windows. A mistake is told with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kehu.analyze.segments.reading import ZONE, read_step
from kehu.analyze.segments.tree import Step, Window
from kehu.analyze.segments.values import Raw, only, read_text, refuse
from kehu.analyze.segments.windows import read_window
from kehu.analyze.traits.aggregates import AGGREGATES, Aggregate, Form, TraitKind

KEYS = ("event", "where", "aggregate", "property", "as", "within", "zone")


@dataclass(frozen=True, slots=True)
class TraitDefinition:
    """What is computed. Without a property it is of the events themselves; days are days of the zone."""

    step: Step
    aggregate: Aggregate
    of: str
    kind: TraitKind
    window: Window
    zone: str

    @property
    def form(self) -> Form:
        """Return the words and rules of the aggregate."""
        return AGGREGATES[self.aggregate]


def read_trait(raw: Any) -> TraitDefinition:
    """Return a definition. Raises DefinitionInvalid."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    only(raw, "", *KEYS)
    if "event" not in raw:
        refuse("event", "要写明哪种事件。", "This names an event.")
    aggregate = _aggregate(raw)
    form = AGGREGATES[aggregate]
    window = read_window(raw, "")
    if aggregate == "trend" and (window.since_hours is None or window.until_hours):
        refuse(
            "within",
            "增减要和前一段比较，时间写成 last_days 或 last_hours。",
            "A change compares with the span before: this is last_days or last_hours.",
        )
    return TraitDefinition(
        read_step(raw, ""), aggregate, _property(raw, form), _kind(raw, form), window, _zone(raw)
    )


def _aggregate(raw: Raw) -> Aggregate:
    given = raw.get("aggregate")
    if not isinstance(given, str) or given not in AGGREGATES:
        known = ", ".join(AGGREGATES)
        refuse("aggregate", f"要是其中之一：{known}。", f"This is one of: {known}.")
    return cast("Aggregate", given)


def _property(raw: Raw, form: Form) -> str:
    if "property" not in raw:
        if form.takes == "must":
            refuse("property", "要写明算事件的哪个属性。", "This names a property of the event.")
        return ""
    if form.takes == "none":
        refuse("property", "这种算法不看属性。", "This is not of a property.")
    return read_text(raw["property"], "property")


def _kind(raw: Raw, form: Form) -> TraitKind:
    given = raw.get("as", form.kinds[0])
    if given not in form.kinds:
        known = ", ".join(form.kinds)
        refuse("as", f"值的类型要是：{known}。", f"The kind of value is: {known}.")
    return cast("TraitKind", given)


def _zone(raw: Raw) -> str:
    zone = raw.get("zone", ZONE)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        refuse("zone", "没有这个时区。", "There is no such time zone.")
    return str(zone)
