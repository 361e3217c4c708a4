"""Traits are made, given another definition (the one before is kept as a version), named, put out of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kehu.analyze.models.traits import Trait, TraitVersion
from kehu.analyze.traits.queries import get_trait
from kehu.analyze.traits.reading import read_trait
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.text import Text

MOST_TRAITS = 200


class TraitTaken(Conflict):
    """A trait of this key exists."""

    code = "trait_taken"


class TraitIsOfModel(Conflict):
    """The trait belongs to a model, which says how it is computed."""

    code = "trait_is_of_model"


@dataclass(frozen=True, slots=True)
class Words:
    """How a trait is called, in what it is measured, and what it is used for."""

    name: Text
    unit: str
    used_for: str


def create_trait(
    *, key: str, words: Words, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> Trait:
    """Make a trait; it is computed soon after. Raises TraitTaken, DefinitionInvalid or Invalid."""
    actor.require("trait.manage")
    read = read_trait(definition)
    _check(words)
    if Trait.objects.filter(key=key).exists():
        raise TraitTaken(Text(f"指标“{key}”已经有了。", f"There is a trait “{key}” already."))
    if Trait.objects.filter(is_active=True).count() >= MOST_TRAITS:
        raise Invalid(
            Text(
                f"最多 {MOST_TRAITS} 个在用的指标，先停用不用的。",
                f"At most {MOST_TRAITS} traits are in use; put some out of use first.",
            )
        )
    made = Trait.objects.create(
        key=key, name_zh=words.name.zh, name_en=words.name.en, unit=words.unit, used_for=words.used_for, origin="events",
        kind=read.kind, definition=dict(definition), author_id=actor.id, created_at=now,
    )  # fmt: skip
    _publish(made, actor, now)
    _record("trait.create", made, actor, now)
    return made


def change_trait(
    *, key: str, words: Words | None, definition: Mapping[str, Any] | None, is_active: bool | None,
    actor: Actor, now: datetime,
) -> Trait:  # fmt: skip
    """Name a trait anew, give it another definition, or put it out of use or back. Raises TraitNotFound or TraitIsOfModel."""
    actor.require("trait.manage")
    trait = get_trait(key)
    if trait.origin != "events":
        raise TraitIsOfModel(
            Text(
                f"“{trait.name_zh}”由模型算出，到模型里修改。",
                f"“{trait.name_en}” comes from a model; change it there.",
            )
        )
    if words is not None:
        _check(words)
        trait.name_zh, trait.name_en = words.name
        trait.unit, trait.used_for = words.unit, words.used_for
    if definition is not None and dict(definition) != trait.definition:
        trait.kind = read_trait(definition).kind
        trait.definition, trait.version = dict(definition), trait.version + 1
        trait.watermark, trait.computed_at = 0, None
        _publish(trait, actor, now)
    if is_active is not None and is_active != trait.is_active:
        trait.is_active, trait.watermark = is_active, 0
    trait.save()
    _record("trait.change", trait, actor, now)
    return trait


def _check(words: Words) -> None:
    if not words.used_for.strip():
        raise Invalid(Text("写明这个指标用来做什么。", "Say what the trait is used for."))


def _publish(trait: Trait, actor: Actor, now: datetime) -> None:
    TraitVersion.objects.create(
        trait=trait, number=trait.version, definition=trait.definition, author_id=actor.id, published_at=now
    )


def _record(action: str, trait: Trait, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="trait", object_id=trait.key,
        details={"version": trait.version, "definition": trait.definition, "is_active": trait.is_active},
        request_id=actor.request_id,
    )  # fmt: skip
