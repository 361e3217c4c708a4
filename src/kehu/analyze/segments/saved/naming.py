"""What a definition names beside fields: units, purposes and other segments. One that is not there is told at its place."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from kehu.analyze.segments.lists.queries import ListNotFound, get_list
from kehu.analyze.segments.saved.reading import Book, named_in
from kehu.analyze.segments.values import DefinitionInvalid, Raw, at
from kehu.govern.purposes.gate import open_gate
from kehu.platform.errors import KehuError
from kehu.platform.text import Text
from kehu.profile.ties.tags import TagNotFound, get_tag

_NAMED = ("unit", "may_reach", "segment", "list", "tag")


def named_at(raw: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Raw]]:
    """Yield the conditions that name something, with their places. The definition was read and found whole."""
    for key in ("all", "any"):
        for place, part in enumerate(raw.get(key, ())):
            yield from named_at(part, f"{at(path, key)}[{place}]")
    if "not" in raw:
        yield from named_at(raw["not"], at(path, "not"))
    if any(key in raw for key in _NAMED):
        yield path, raw


def check_names(raw: Mapping[str, Any], book: Book, *, own: UUID | None = None) -> set[UUID]:
    """Return the segments that a definition names. Raises DefinitionInvalid at the place of what is not there.

    `own` is the segment that is being defined: it may not be named, not by a detour either.
    """
    named = set()
    for path, leaf in named_at(raw):
        key = next(key for key in _NAMED if key in leaf)
        try:
            named |= _check(key, leaf, book, own)
        except KehuError as error:
            raise DefinitionInvalid(at(path, key), error.said or error.text) from error
    return named


def _check(key: str, leaf: Raw, book: Book, own: UUID | None) -> set[UUID]:
    if key == "unit":
        book.names().units(leaf["unit"], leaf.get("below", True))
        return set()
    if key == "may_reach":
        open_gate(leaf["may_reach"], leaf.get("channel"))
        return set()
    if key == "list":
        _require_list(leaf["list"])
        return set()
    if key == "tag":
        _require_tag(leaf["tag"])
        return set()
    segment_id = UUID(str(leaf["segment"]))
    _refuse_circle(segment_id, book, own)
    return {segment_id}


def _require_list(list_id: int) -> None:
    if get_list(list_id).is_archived:
        raise ListNotFound


def _require_tag(tag_id: int) -> None:
    if get_tag(tag_id).is_archived:
        raise TagNotFound


def _refuse_circle(segment_id: UUID, book: Book, own: UUID | None) -> None:
    """Look up all that a segment names in turn. Raises DefinitionInvalid where that comes back to `own`."""
    waiting, seen = {segment_id}, set[UUID]()
    while waiting:
        one = waiting.pop()
        if one == own:
            raise DefinitionInvalid(
                "",
                Text(
                    "客群不能用到自己，绕一圈也不行。", "A segment cannot use itself, not by a detour either."
                ),
            )
        seen.add(one)
        waiting |= named_in(book.definition(one).root) - seen
