"""Which fields may be analysed, and as what: no field that is sealed, names somebody, or identifies him."""

from kehu.analyze.segments.tree import Kind
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.standardize.standards import Standard

_NAMING = frozenset({"person_name", "organization_name"})
_PERSONAL = frozenset({"salutation"})
"""Free words that hold a surname as often as not."""


def is_analysed(spec: FieldSpec) -> bool:
    """Whether a field's values go to the lake."""
    return not (spec.is_sealed or spec.identifier or spec.standard.key in _NAMING or spec.key in _PERSONAL)


def kind_of(standard: Standard) -> Kind:
    """Return the kind of value of a standard."""
    if standard.key == "yes_no":
        return "yes_no"
    if standard.is_number:
        return "number"
    if standard.is_date or standard.is_timestamp:
        return "date"
    return "code" if standard.codes or standard.key == "code" else "text"


def kinds(fields: Registry) -> dict[str, Kind]:
    """Return the kinds of all fields that may be analysed, by key."""
    return {key: kind_of(spec.standard) for key, spec in fields.items() if is_analysed(spec)}


def open_to(actor: Actor, fields: Registry) -> Registry:
    """Return the fields that an actor may ask about: a value that is hidden from him is not to be guessed by counting."""
    return {
        key: spec
        for key, spec in fields.items()
        if is_analysed(spec) and actor.rule_for(key, spec.data_class) != "hidden"
    }
