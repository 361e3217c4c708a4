"""A definition in words, for the page, for explanations and for files: short, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kehu.analyze.segments.operators import OPERATORS
from kehu.analyze.segments.tree import (
    ANYBODY,
    All,
    AnyOf,
    Done,
    FieldIs,
    HasTag,
    InOrder,
    MayReach,
    Node,
    Not,
    OfSegment,
    OfUnit,
    OnList,
    PropertyIs,
    Step,
    Tied,
    TiedTo,
    TraitIs,
    Value,
    Window,
)  # fmt: skip
from kehu.govern.fields.registry import FieldSpec
from kehu.govern.purposes.terms import CHANNELS
from kehu.platform.text import Text
from kehu.profile.ties.relationships import ROLES

HOURS = 24
_ONCE = 1
TEN_THOUSAND = 10_000
"""From here on a figure has separators: below, it is as often a year."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The names of what a definition names by key."""

    fields: Mapping[str, FieldSpec]
    units: Mapping[str, str]
    purposes: Mapping[str, Text]
    segments: Mapping[UUID, str]
    traits: Mapping[str, Text] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    lists: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)


def tell(node: Node, titles: Titles) -> Text:
    """Return a condition or a group in words."""
    match node:
        case All(parts):
            return _joined(parts, titles, Text("所有客户", "everybody"), Text("，并且", " and "))
        case AnyOf(parts):
            return _joined(parts, titles, Text("没有人", "nobody"), Text("，或者", " or "))
        case Not(part):
            inner = tell(part, titles)
            return Text(f"不满足（{inner.zh}）", f"not ({inner.en})")
        case Done():
            return _done(node)
        case InOrder():
            return _in_order(node)
        case _:
            return _standing(node, titles)


def _standing(node: FieldIs | OfUnit | MayReach | OfSegment | Tied | TraitIs, titles: Titles) -> Text:
    match node:
        case TraitIs(trait, operator, values):
            name = titles.traits.get(trait, Text(trait, trait))
            return _compared(name, operator, values, titles.codes.get(trait, {}))
        case FieldIs(field, operator, values):
            return _compared(_label(field, titles), operator, values, _codes(field, titles))
        case OfUnit(code, is_below):
            unit = titles.units.get(code, code)
            return Text(
                f"所属机构是{unit}{'及下级' if is_below else ''}",
                f"home unit is {unit}{' or below it' if is_below else ''}",
            )
        case MayReach(purpose, channel):
            reached = titles.purposes.get(purpose, Text(purpose, purpose))
            name = CHANNELS.get(channel, Text(channel, channel))
            by = Text(f"通过{name.zh}" if channel else "", f" by {name.en}" if channel else "")
            return Text(f"可以为“{reached.zh}”{by.zh}联系", f"may be reached for “{reached.en}”{by.en}")
        case OfSegment(segment_id):
            other = titles.segments.get(segment_id, str(segment_id))
            return Text(f"在客群“{other}”里", f"is in the segment “{other}”")
        case OnList() | HasTag() | TiedTo():
            return _tied(node, titles)


def _tied(node: Tied, titles: Titles) -> Text:
    match node:
        case OnList(list_id):
            listed = titles.lists.get(list_id, str(list_id))
            return Text(f"在名单“{listed}”上", f"is on the list “{listed}”")
        case HasTag(tag_id):
            tag = titles.tags.get(tag_id, str(tag_id))
            return Text(f"有标签“{tag}”", f"has the tag “{tag}”")
        case TiedTo(role) if role == ANYBODY:
            return Text("和别的客户有关系", "is related to another customer")
        case TiedTo(role):
            name = ROLES[role][1]
            return Text(f"有客户是他的“{name.zh}”", f"another customer is his “{name.en}”")


def _joined(parts: tuple[Node, ...], titles: Titles, none: Text, word: Text) -> Text:
    if not parts:
        return none
    told = [tell(part, titles) for part in parts]
    wrapped = [
        Text(f"（{one.zh}）", f"({one.en})")
        if len(parts) > 1 and isinstance(part, All | AnyOf) and len(part.parts) > 1
        else one
        for part, one in zip(parts, told, strict=True)
    ]
    return Text(word.zh.join(one.zh for one in wrapped), word.en.join(one.en for one in wrapped))


def _label(field: str, titles: Titles) -> Text:
    spec = titles.fields.get(field)
    return spec.label if spec is not None else Text(field, field)


def _codes(field: str, titles: Titles) -> Mapping[str, Text]:
    spec = titles.fields.get(field)
    return spec.standard.codes if spec is not None else {}


def _compared(name: Text, operator: str, values: tuple[Value, ...], codes: Mapping[str, Text]) -> Text:
    form = OPERATORS[operator]  # type: ignore[index]  # a tree holds only operators that were read
    if form.takes == "none":
        return Text(f"{name.zh}{form.text.zh}", f"{name.en} {form.text.en}")
    if form.takes == "days":
        days = int(values[0])
        zh = form.text.zh.replace("几天", f" {days} 天")
        en = form.text.en.replace("the last days", f"the last {days} days").replace(
            "the next days", f"the next {days} days"
        )
        return Text(f"{name.zh}{zh}", f"{name.en} {en}")
    told = [_value(value, codes) for value in values]
    if form.takes == "two":
        zh = f"在 {told[0].zh} 到 {told[1].zh} 之间"
        return Text(f"{name.zh}{zh}", f"{name.en} is from {told[0].en} to {told[1].en}")
    return Text(
        f"{name.zh}{form.text.zh}{_apart(told[0].zh)}{'、'.join(one.zh for one in told)}",
        f"{name.en} {form.text.en} {', '.join(one.en for one in told)}",
    )


def _apart(zh: str) -> str:
    """Return what stands between Han characters and a figure."""
    return " " if zh[:1].isdigit() or zh[:1] == "-" else ""


def _value(value: Value, codes: Mapping[str, Text]) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, float):
        told = f"{value:,.2f}".rstrip("0").rstrip(".")
        return Text(*[told if abs(value) >= TEN_THOUSAND else told.replace(",", "")] * 2)
    return codes.get(str(value)) or Text(f"“{value}”", f"“{value}”")


def _done(node: Done) -> Text:
    what, when = _step(node.step), _window(node.window)
    least, most = node.least, node.most
    if most == 0:
        return Text(f"{when.zh}没有过{what.zh}", f"{what.en} did not happen {when.en}")
    if most is None:
        times = Text("过", "") if least == _ONCE else Text(f"至少 {least} 次", f"at least {least} times ")
    elif most == least:
        times = Text(f"正好 {least} 次", f"exactly {least} times ")
    elif not least:
        times = Text(f"至多 {most} 次", f"at most {most} times ")
    else:
        times = Text(f"{least} 到 {most} 次", f"{least} to {most} times ")
    return Text(f"{when.zh}{what.zh}{times.zh}", f"{what.en} happened {times.en}{when.en}")


def _in_order(node: InOrder) -> Text:
    when = _window(node.window)
    steps = [_step(step) for step in node.steps]
    zh, en = " → ".join(one.zh for one in steps), " → ".join(one.en for one in steps)
    span = _span(node.hours)
    return Text(
        f"{when.zh}依次{zh}，{span.zh.strip()}内完成", f"{en} in this order within {span.en}, {when.en}"
    )


def _step(step: Step) -> Text:
    if not step.where:
        return Text(f"“{step.event}”", f"“{step.event}”")
    told = [_property(one) for one in step.where]
    return Text(
        f"“{step.event}”（{'，'.join(one.zh for one in told)}）",
        f"“{step.event}” ({', '.join(one.en for one in told)})",
    )


def _property(one: PropertyIs) -> Text:
    return _compared(Text(one.name, one.name), one.operator, one.values, {})


def _span(hours: int) -> Text:
    if hours % HOURS:
        return Text(f" {hours} 小时", f"{hours} hours")
    return Text(f" {hours // HOURS} 天", f"{hours // HOURS} days")


def _window(window: Window) -> Text:
    if window.since_hours is not None:
        since, until = _span(window.since_hours), _span(window.until_hours or 0)
        if window.until_hours:
            return Text(f"{since.zh.strip()}前到{until.zh}前之间", f"from {since.en} to {until.en} ago")
        return Text(f"最近{since.zh}内", f"in the last {since.en}")
    if window.first and window.last:
        return Text(f"{window.first} 到 {window.last} 期间", f"from {window.first} to {window.last}")
    if window.first:
        return Text(f"{window.first} 以来", f"since {window.first}")
    if window.last:
        return Text(f"到 {window.last} 为止", f"until {window.last}")
    return Text("至今", "ever")
