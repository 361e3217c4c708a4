"""What definitions may name: fields with their kinds and codes, and events by how often they happened."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from kehu.analyze.mirror.asking import LakeEmpty, ask
from kehu.analyze.mirror.fields import kind_of, open_to
from kehu.analyze.segments.saved.reading import may_relate
from kehu.analyze.segments.tree import Kind
from kehu.analyze.traits.queries import codes_of, list_computed
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.text import Text
from kehu.profile.ties.relationships import ROLES
from kehu.profile.ties.tags import list_tags

MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that may be asked."""

    key: str
    label: Text
    section: str
    kind: Kind
    codes: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class AskedTrait:
    """A computed trait that may be asked; its kind is `number` or `text`, and `codes` are the words of its texts."""

    key: str
    label: Text
    unit: str
    kind: Kind
    codes: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Fields in the order of the registry, names of events, the most frequent first, computed traits, tags by their numbers.

    `relationships` are what another customer may be for him; none where the actor may not ask about them.
    """

    fields: tuple[AskedField, ...]
    events: tuple[str, ...]
    traits: tuple[AskedTrait, ...]
    tags: Mapping[int, str]
    relationships: Mapping[str, Text]


def describe(actor: Actor) -> Vocabulary:
    """Return what an actor's definitions may name now. Names of events hold nothing personal: they were cleaned when they came."""
    fields = tuple(
        AskedField(spec.key, spec.label, spec.section, kind_of(spec.standard), spec.standard.codes)
        for spec in open_to(actor, registry()).values()
    )
    traits = tuple(
        AskedTrait(
            one.key,
            Text(one.name_zh, one.name_en),
            one.unit,
            "text" if one.kind == "text" else "number",
            codes_of(one),
        )
        for one in list_computed()
    )
    tags = {one.pk: one.name for one in list_tags()}
    related = {key: label for key, (_, label) in ROLES.items()} if may_relate(actor) else {}
    return Vocabulary(fields, _events(), traits, tags, related)


def _events() -> tuple[str, ...]:
    name = exp.column("name", "e")
    query = (
        exp.select(name)
        .from_(exp.alias_(exp.to_table("events"), "e", table=True))
        .group_by(name.copy())
        .order_by(exp.Ordered(this=exp.Count(this=exp.Star()), desc=True), name.copy())
        .limit(MOST_EVENTS)
    )
    try:
        rows, _ = ask(query)
    except LakeEmpty:
        return ()
    return tuple(row[0] for row in rows)
