"""Reading traits: their list, one with its versions, and the values that one customer has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from kehu.analyze.models.traits import Trait, TraitValue
from kehu.analyze.segments.tree import TraitFacts
from kehu.analyze.traits.aggregates import AGGREGATES, SECONDS_A_DAY, TraitKind
from kehu.platform.errors import NotFound
from kehu.platform.text import Text


class TraitNotFound(NotFound):
    """No trait of this key."""

    code = "trait_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"没有指标“{key}”。", f"There is no trait “{key}”."))


@dataclass(frozen=True, slots=True)
class HeldValue:
    """What a trait comes to for one customer: a number (days, of kind `since`) or a text; neither where it is unknown."""

    trait: Trait
    number: float | None
    text: str | None
    as_of: datetime | None


def get_trait(key: str) -> Trait:
    """Return a trait. Raises TraitNotFound."""
    found = Trait.objects.filter(key=key).first()
    if found is None:
        raise TraitNotFound(key)
    return found


def list_traits() -> list[Trait]:
    """Return all traits, those in use first, in the order in which they were made."""
    return list(Trait.objects.order_by("-is_active", "id"))


def known_traits() -> Mapping[str, TraitFacts]:
    """Return what definitions may ask of traits, by key. One that was never computed is not asked."""
    return {one.key: facts_of(one) for one in list_computed()}


def list_computed() -> list[Trait]:
    """Return the traits in use whose values are there."""
    return list(Trait.objects.filter(is_active=True, watermark__gt=0).order_by("id"))


def facts_of(trait: Trait) -> TraitFacts:
    """Return what is asked of a trait."""
    return TraitFacts(trait.pk, cast("TraitKind", trait.kind), is_zero_without(trait))


def is_zero_without(trait: Trait) -> bool:
    """Whether a customer without a value has 0."""
    aggregate = trait.definition.get("aggregate")
    return aggregate in AGGREGATES and AGGREGATES[aggregate].is_zero_without


def codes_of(trait: Trait) -> Mapping[str, Text]:
    """Return the words of the texts that a trait of a model may have; of others there are none."""
    return {key: Text(**told) for key, told in trait.definition.get("codes", {}).items()}


def values_of(customer_id: UUID, *, now: datetime) -> list[HeldValue]:
    """Return what every trait that was computed comes to for one customer of the open scope."""
    held = {one.trait_id: one for one in TraitValue.objects.filter(customer_id=customer_id)}
    found = []
    for trait in list_computed():
        value = held.get(trait.pk)
        number = value.number if value else None
        if number is None and is_zero_without(trait):
            number = 0.0
        if trait.kind == "since" and number is not None:
            number = float((now.timestamp() - number) // SECONDS_A_DAY)
        found.append(HeldValue(trait, number, value.text if value else None, value.as_of if value else None))
    return found
