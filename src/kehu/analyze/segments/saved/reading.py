"""A saved segment as it is asked: its definition, its gate, and the segments that it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kehu.analyze.mirror.fields import kinds, open_to
from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.sql.query import Names
from kehu.analyze.segments.tree import (
    RELATED,
    All,
    AnyOf,
    Definition,
    Kind,
    Node,
    Not,
    OfSegment,
    TraitFacts,
    trait_name,
)
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.analyze.traits.queries import known_traits
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.govern.queries.people import unit_ids_of
from kehu.platform.errors import NotFound
from kehu.platform.text import Text


class SegmentNotFound(NotFound):
    """No segment has this id."""

    code = "segment_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个客群。", "There is no such segment."))


@dataclass(frozen=True, slots=True)
class Book:
    """What definitions may name, for somebody or (`actor` None) for Kehu's own work."""

    kinds: Mapping[str, Kind]
    traits: Mapping[str, TraitFacts]

    def names(self) -> Names:
        """Return it as the compiler asks it."""
        return Names(self.kinds, _units, open_gate, self.definition, self.traits)

    def definition(self, segment_id: UUID) -> Definition:
        """Return the definition in force of a segment that another one names."""
        segment = Segment.objects.filter(pk=segment_id, is_archived=False).select_related("current").first()
        if segment is None or segment.current is None:
            raise DefinitionInvalid(
                "", Text(f"没有客群“{segment_id}”。", f"There is no segment “{segment_id}”.")
            )
        return read(segment.current.definition, self.kinds)


def book_of(actor: Actor | None) -> Book:
    """Return what an actor's definitions may name now; without an actor everything that is analysed."""
    fields = registry()
    traits = known_traits()
    of_traits: dict[str, Kind] = {
        trait_name(key): "text" if one.kind == "text" else "number" for key, one in traits.items()
    }
    if actor is None or may_relate(actor):
        of_traits[RELATED] = "code"
    return Book(kinds(fields if actor is None else open_to(actor, fields)) | of_traits, traits)


def may_relate(actor: Actor) -> bool:
    """Whether an actor may ask about relationships: he sees both sides of each."""
    return actor.permissions.get("customer.read") == "all"


def get_segment(segment_id: UUID) -> Segment:
    """Return a segment with its version in force. Raises SegmentNotFound."""
    segment = Segment.objects.filter(pk=segment_id).select_related("current").first()
    if segment is None:
        raise SegmentNotFound
    return segment


def named_in(node: Node) -> set[UUID]:
    """Return the segments that a tree names."""
    match node:
        case All(parts) | AnyOf(parts):
            return {one for part in parts for one in named_in(part)}
        case Not(part):
            return named_in(part)
        case OfSegment(segment_id):
            return {segment_id}
        case _:
            return set()


def _units(code: str, is_below: bool) -> tuple[int, ...]:  # noqa: FBT001 (the shape of Names.units)
    found = unit_ids_of(code, is_below=is_below)
    if not found:
        raise DefinitionInvalid("", Text(f"没有机构“{code}”。", f"There is no unit “{code}”."))
    return found
