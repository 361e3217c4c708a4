"""What a reader is shown of a value: hidden, masked or clear, by his rights. Every answer, page and file goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.standardize import masks

Surface = Literal["list", "profile"]
REVEALABLE_CLASS = "C2"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it may be shown; `code` is the standard value of coded and clear fields, else None."""

    display: str
    is_masked: bool
    code: Any = None


def present(
    spec: FieldSpec, value: Any, *, actor: Actor, language: str, surface: Surface, beside: Mapping[str, Any]
) -> Shown | None:
    """Return what the actor may see of a value, None when the field is hidden from him.

    `beside` are the values shown on the same surface: an ID number keeps only its tail when birth date or region stand there.
    """
    rule = actor.rule_for(spec.key, spec.data_class)
    if rule == "hidden":
        return None
    if rule == "clear" or not spec.is_sealed:
        return Shown(display(spec, value, language), is_masked=False, code=value)
    return Shown(mask(spec, str(value), surface, beside), is_masked=True)


def display(spec: FieldSpec, value: Any, language: str) -> str:
    """Return a clear value in words: labels of codes, text of the rest."""
    label = spec.standard.codes.get(str(value))
    return label.within(language) if label is not None else str(value)


def mask(spec: FieldSpec, value: str, surface: Surface, beside: Mapping[str, Any]) -> str:
    """Return a value masked by its standard; what has no mask of its own is all stars."""
    if spec.key == "resident_id":
        if surface == "list":
            return masks.mask_resident_id_list(value)
        tell = "birth_date" in beside or "region" in beside or "address" in beside
        return masks.mask_resident_id_tail(value) if tell else masks.mask_resident_id(value)
    if spec.standard.mask is None:
        return masks.mask_any(value)
    return spec.standard.mask(value)


def present_all(
    values: Mapping[str, Any], fields: Registry, *, actor: Actor, language: str, surface: Surface
) -> dict[str, Shown]:
    """Return every value that the actor may see, in the registry's order."""
    shown = {}
    for key, spec in fields.items():
        if key in values:
            seen = present(spec, values[key], actor=actor, language=language, surface=surface, beside=values)
            if seen is not None:
                shown[key] = seen
    return shown


def shown_name(name: str, actor: Actor) -> str:
    """Return the customer's name, masked where the role may not see names."""
    return masks.mask_name(name) if actor.rule_for("name", "C1") == "masked" else name
