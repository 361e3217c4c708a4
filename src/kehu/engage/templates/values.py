"""Which fields a template may use, and customers' values as a template says them: codes in words, amounts as numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kehu.engage.templates.faults import FieldNotAllowed
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import FieldSpec, Registry, registry
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.operations import get_purpose
from kehu.platform.text import Text

NEEDS_UNSUBSCRIBE = frozenset({"consent"})
"""Legal bases whose messages must offer a way out; the others are owed to the customer, as statements are."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields that a template of a purpose may use, and whether its messages must offer a way out."""

    fields: Mapping[str, FieldSpec]
    denied: Mapping[str, FieldSpec]
    must_unsubscribe: bool

    def require(self, key: str) -> FieldSpec:
        """Return a field that may be used. Raises FieldNotAllowed, also for a field that is not known."""
        found = self.fields.get(key)
        if found is not None:
            return found
        known = self.denied.get(key)
        if known is None:
            raise FieldNotAllowed(
                Text(
                    f"没有字段“{key[:64]}”。从变量列表里选。",
                    f"There is no field “{key[:64]}”. Choose one from the list.",
                )
            )
        raise FieldNotAllowed(
            Text(
                f"“{known.label.zh}”不能用在这里：目的没有包括这一级别的信息，或者您的角色看不到它的明文。",
                f"“{known.label.en}” cannot be used here: the purpose does not cover its data class, or your role does not see it in clear.",
            )
        )


def vocabulary_of(purpose: str, actor: Actor | None = None) -> Vocabulary:
    """Return what templates of a purpose may use; with an actor only what he reads in clear. Raises PurposeNotFound."""
    found: Purpose = get_purpose(purpose)
    classes = set(found.current.data_classes) if found.current and found.is_active else set()
    fields: Registry = registry()
    allowed = {
        key: spec
        for key, spec in fields.items()
        if spec.data_class in classes and (actor is None or reads_clear(actor, spec))
    }
    denied = {key: spec for key, spec in fields.items() if key not in allowed}
    basis = found.current.legal_basis if found.current else "consent"
    return Vocabulary(allowed, denied, basis in NEEDS_UNSUBSCRIBE)


def reads_clear(actor: Actor, spec: FieldSpec) -> bool:
    """Whether an actor is shown a field's values as they are: who is not could learn them from who gets which link."""
    rule = actor.rule_for(spec.key, spec.data_class)
    return rule == "clear" or (rule == "masked" and not spec.is_sealed)


def require_fields(keys: Iterable[str], *, purpose: str, actor: Actor | None = None) -> None:
    """Pass where the purpose, and the actor's rights, allow all these fields now. Raises FieldNotAllowed or PurposeNotFound."""
    vocabulary = vocabulary_of(purpose, actor)
    for key in keys:
        vocabulary.require(key)


def said(spec: FieldSpec | None, value: Any, language: str) -> Any:
    """Return a value as templates say it; None where there is nothing to say. Controls and line breaks become spaces."""
    if value is None or spec is None:
        return None
    if spec.standard.is_number:
        return _number(value)
    label = spec.standard.codes.get(str(value))
    return clean(label.within(language) if label is not None else str(value))


def clean(text: str) -> str | None:
    """Return a text on one line without control characters; None when nothing is left."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text.strip() or None


def _number(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
