"""Models are made, given another definition (the one before is kept as a version), named, put out of use.

What a definition says is read by the kind of model; here it is a JSON that was found good, with the traits it fills.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kehu.analyze.modeling.queries import get_model, traits_of
from kehu.analyze.models.modeling import AnalysisModel, AnalysisModelVersion
from kehu.analyze.models.traits import Trait, TraitVersion
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.text import Text

MOST_MODELS = 20


class ModelTaken(Conflict):
    """A model has this key, or a trait has the key of one of its results."""

    code = "model_taken"


class Part(NamedTuple):
    """A part of what a model comes to: a trait named `<model>_<part>`; `codes` are the words of its texts."""

    key: str
    name: Text
    unit: str
    kind: str
    codes: Mapping[str, Text] = {}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a model is called, what it is used for, and the purpose that it may take customers for."""

    name: Text
    used_for: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ModelChange:
    """What is to change of a model; None stays."""

    terms: Terms | None = None
    definition: Mapping[str, Any] | None = None
    is_active: bool | None = None


def create_model(
    *, kind: str, key: str, terms: Terms, definition: Mapping[str, Any], parts: Sequence[Part], actor: Actor,
    now: datetime,
) -> AnalysisModel:  # fmt: skip
    """Make a model with its traits; it is computed soon after. Raises ModelTaken, PurposeMissing, PurposeIsOff or Invalid."""
    actor.require("trait.manage")
    _check(terms)
    _refuse_if_taken(key, parts)
    if AnalysisModel.objects.filter(kind=kind, is_active=True).count() >= MOST_MODELS:
        raise Invalid(
            Text(
                f"最多 {MOST_MODELS} 个在用的模型，先停用不用的。",
                f"At most {MOST_MODELS} models are in use; put some out of use first.",
            )
        )
    made = AnalysisModel.objects.create(
        kind=kind, key=key, name_zh=terms.name.zh, name_en=terms.name.en, used_for=terms.used_for, purpose=terms.purpose,
        definition=dict(definition), author_id=actor.id, created_at=now,
    )  # fmt: skip
    _publish(made, actor, now)
    _put_traits(made, parts, actor, now)
    _record("model.create", made, actor, now)
    return made


def change_model(
    *, kind: str, key: str, change: ModelChange, parts: Sequence[Part], actor: Actor, now: datetime
) -> AnalysisModel:
    """Change a model; another definition is a new version. Values stay until it was computed anew. Raises ModelNotFound."""
    actor.require("trait.manage")
    model = get_model(kind, key)
    if change.terms is not None:
        _check(change.terms)
        if change.terms.purpose != model.purpose:
            model.watermark = 0
        model.name_zh, model.name_en = change.terms.name
        model.used_for, model.purpose = change.terms.used_for, change.terms.purpose
    if change.definition is not None and dict(change.definition) != model.definition:
        model.definition, model.version, model.watermark = dict(change.definition), model.version + 1, 0
        _publish(model, actor, now)
    if change.is_active is not None and change.is_active != model.is_active:
        model.is_active, model.watermark = change.is_active, 0
    model.save()
    _put_traits(model, parts, actor, now)
    _record("model.change", model, actor, now)
    return model


def ask_anew(*, kind: str, key: str, actor: Actor) -> AnalysisModel:
    """Have a model computed anew soon. Raises ModelNotFound, or Conflict for one that is out of use."""
    actor.require("trait.manage")
    model = get_model(kind, key)
    if not model.is_active:
        raise Conflict(
            Text("模型已停用，先恢复使用。", "The model is out of use; put it back into use first.")
        )
    AnalysisModel.objects.filter(pk=model.pk).update(watermark=0)
    model.refresh_from_db()
    return model


def _check(terms: Terms) -> None:
    open_gate(terms.purpose)
    if not terms.used_for.strip():
        raise Invalid(Text("写明这个模型用来做什么。", "Say what the model is used for."))


def _refuse_if_taken(key: str, parts: Sequence[Part]) -> None:
    keys = [f"{key}_{part.key}" for part in parts]
    if AnalysisModel.objects.filter(key=key).exists() or Trait.objects.filter(key__in=keys).exists():
        raise ModelTaken(
            Text(
                f"代码“{key}”已经用过了，换一个。",
                f"The code “{key}” is taken already; choose another one.",
            )
        )


def _put_traits(model: AnalysisModel, parts: Sequence[Part], actor: Actor, now: datetime) -> None:
    """Have the traits of a model named and coded as it says now."""
    known = traits_of(model)
    for part in parts:
        told = {
            "name_zh": f"{model.name_zh} · {part.name.zh}", "name_en": f"{model.name_en} · {part.name.en}",
            "unit": part.unit, "used_for": model.used_for, "is_active": model.is_active,
            "definition": {
                "model": model.key, "part": part.key, "codes": {key: text._asdict() for key, text in part.codes.items()}
            },
        }  # fmt: skip
        if part.key in known:
            Trait.objects.filter(pk=known[part.key].pk).update(**told)
            continue
        made = Trait.objects.create(
            key=f"{model.key}_{part.key}", origin=model.kind, kind=part.kind, author_id=actor.id, created_at=now, **told
        )  # fmt: skip
        TraitVersion.objects.create(
            trait=made, number=1, definition=made.definition, author_id=actor.id, published_at=now
        )


def _publish(model: AnalysisModel, actor: Actor, now: datetime) -> None:
    AnalysisModelVersion.objects.create(
        model=model, number=model.version, definition=model.definition, author_id=actor.id, published_at=now
    )


def _record(action: str, model: AnalysisModel, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind=model.kind, object_id=model.key,
        details={
            "version": model.version, "definition": model.definition, "is_active": model.is_active, "purpose": model.purpose
        },
        request_id=actor.request_id,
    )  # fmt: skip
