"""From the JSON of a lifecycle to its stages: each a name and a rule, which is the definition of a segment.

Stages stand in the order of life. Rules are asked from the last stage to the first, and the first that holds decides: so
a customer is in one stage at most, and a later stage's rule need not deny the earlier ones.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kehu.analyze.segments.reading import ZONE, read
from kehu.analyze.segments.saved.naming import check_names
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.tree import All, AnyOf, Definition, Node, Not, TraitIs
from kehu.analyze.segments.values import DefinitionInvalid, at, only, read_text, refuse
from kehu.platform.text import Text

PART = "stage"
"""The part of what a lifecycle comes to: its trait is `<model>_stage`."""
FEWEST_STAGES, MOST_STAGES, MOST_NAME = 2, 12, 40
KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its key, its name, and who is in it unless a later stage takes him."""

    key: str
    name: Text
    when: Definition


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The stages in the order of life. `since` is a field with the day before which somebody was no customer; or none."""

    stages: tuple[Stage, ...]
    since: str
    zone: str


def read_lifecycle(raw: Any, book: Book, *, own: str = "") -> Lifecycle:
    """Return a lifecycle. `own` is the key of its model: its own stages cannot be asked. Raises DefinitionInvalid."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    only(raw, "", "stages", "since", "zone")
    given = raw.get("stages")
    if not isinstance(given, list) or not FEWEST_STAGES <= len(given) <= MOST_STAGES:
        refuse(
            "stages",
            f"要有 {FEWEST_STAGES} 到 {MOST_STAGES} 个阶段。",
            f"There are {FEWEST_STAGES} to {MOST_STAGES} stages.",
        )
    zone = raw.get("zone", ZONE)
    stages = tuple(_stage(one, f"stages[{place}]", zone, book, own) for place, one in enumerate(given))
    if len({one.key for one in stages}) < len(stages):
        refuse("stages", "两个阶段的代码相同。", "Two stages have the same code.")
    return Lifecycle(stages, _since(raw.get("since", ""), book), stages[0].when.zone)


def _stage(raw: Any, path: str, zone: Any, book: Book, own: str) -> Stage:
    if not isinstance(raw, Mapping):
        refuse(path, "要是一个对象。", "This is an object.")
    only(raw, path, "key", "name", "when")
    key = read_text(raw.get("key"), at(path, "key"))
    if not KEY.fullmatch(key):
        refuse(
            at(path, "key"),
            "用小写字母开头，只含小写字母、数字、下划线，最多 32 个。",
            "A code begins with a small letter and has small letters, digits and underscores, 32 at most.",
        )
    return Stage(
        key,
        _name(raw.get("name"), at(path, "name")),
        _rule(raw.get("when"), at(path, "when"), zone, book, own),
    )


def _name(raw: Any, path: str) -> Text:
    if not isinstance(raw, Mapping):
        refuse(path, "写明中文和英文的名称。", "This is a name in Chinese and one in English.")
    only(raw, path, "zh", "en")
    zh, en = (read_text(raw.get(one), at(path, one)).strip() for one in ("zh", "en"))
    if max(len(zh), len(en)) > MOST_NAME:
        refuse(path, f"名称最多 {MOST_NAME} 个字。", f"A name has at most {MOST_NAME} characters.")
    return Text(zh, en)


def _rule(raw: Any, path: str, zone: Any, book: Book, own: str) -> Definition:
    """Return the rule of a stage, its mistakes told at their place within the stage."""
    if not isinstance(raw, Mapping):
        refuse(path, "写明谁在这个阶段。", "This says who is in the stage.")
    try:
        found = read({**raw, "zone": zone}, book.kinds)
        check_names(raw, book)
    except DefinitionInvalid as error:
        raise DefinitionInvalid(
            at(path, error.path) if error.path else path, error.said or error.text
        ) from error
    if own and any(node.trait == f"{own}_{PART}" for node in _traits(found.root)):
        refuse(
            path,
            "阶段的条件不能用这个模型自己的结果。",
            "The rule of a stage cannot ask the model's own stages.",
        )
    return found


def _traits(node: Node) -> Iterator[TraitIs]:
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _traits(part)
        case Not(part):
            yield from _traits(part)
        case TraitIs():
            yield node
        case _:
            return


def _since(raw: Any, book: Book) -> str:
    if raw == "":
        return ""
    if book.kinds.get(raw) != "date":
        refuse("since", "要是一个日期字段。", "This is a field that holds a day.")
    return str(raw)
