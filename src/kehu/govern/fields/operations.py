"""Changes of the field registry. A shipped field keeps its meaning; an own one only ever becomes better protected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Max

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.core import SECTIONS
from kehu.govern.models.fields import Field
from kehu.govern.operations import CodeTaken
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text
from kehu.standardize.standards import STANDARDS

Survivorship = Literal["trust", "recent", "complete", "frequent"]
DataClass = Literal["C1", "C2"]
Party = Literal["any", "person", "organization"]

OWN = "custom"
RESERVED = frozenset({"id", "key", "unit", "owner", "party", "source"})
OPEN_TO_ALL = frozenset({"label_zh", "label_en", "synonyms", "is_listed", "survivorship", "position"})
OPEN_TO_OWN = OPEN_TO_ALL | {"section", "data_class", "is_active"}
RECOMPUTED = frozenset({"survivorship"})


class FieldNotFound(NotFound):
    """No field of this key."""

    code = "field_not_found"


class FieldIsShipped(Conflict):
    """A property of a shipped field that is not for change."""

    code = "field_is_shipped"


class ClassOnlyRises(Conflict):
    """A field's data class cannot be lowered: what was promised to be sealed stays sealed."""

    code = "class_only_rises"


@dataclass(frozen=True, slots=True)
class NewField:
    """An own field as it is asked for. C2 is always sealed; an own field identifies nobody."""

    key: str
    label: Text
    section: str
    standard: str
    party: Party = "any"
    data_class: DataClass = "C2"
    is_listed: bool = False
    synonyms: tuple[str, ...] = ()
    survivorship: Survivorship = "trust"


def get_field(key: str) -> Field:
    """Return a row of the registry, inactive ones too. Raises FieldNotFound."""
    found = Field.objects.filter(pk=key).first()
    if found is None:
        raise FieldNotFound(Text("没有这个字段。", "There is no such field."))
    return found


def create_field(new: NewField, *, actor: Actor, now: datetime) -> Field:
    """Add an own field behind the others. Raises CodeTaken, or Invalid for an unknown section or standard."""
    if new.key in RESERVED or Field.objects.filter(pk=new.key).exists():
        raise CodeTaken(Text("这个字段代码已被使用。", "This field key is taken."))
    _require_section(new.section)
    if new.standard not in STANDARDS:
        raise Invalid(Text("没有这种标准，见 /standards。", "There is no such standard; see /standards."))
    last = Field.objects.aggregate(last=Max("position"))["last"] or 0
    field = Field.objects.create(
        key=new.key, label_zh=new.label.zh, label_en=new.label.en, section=new.section, standard=new.standard,
        party=new.party, data_class=new.data_class, is_sealed=new.data_class == "C2", is_listed=new.is_listed,
        survivorship=new.survivorship, synonyms=list(new.synonyms), origin=OWN,
        position=min(last + 10, 32_000), updated_at=now,
    )  # fmt: skip
    details = {"class": new.data_class, "standard": new.standard}
    _record("field.create", field, [], details, actor, now)
    return field


@dataclass(frozen=True, slots=True)
class FieldUpdate:
    """A field after a change: whether golden records must be computed again, and whether values of it lie clear so far."""

    field: Field
    needs_recompute: bool
    needs_sealing: bool


def update_field(*, key: str, changes: dict[str, Any], actor: Actor, now: datetime) -> FieldUpdate:
    """Change a field; `flows.upkeep.change_field` sees to what must follow.

    Raises FieldNotFound, FieldIsShipped, ClassOnlyRises or Invalid.
    """
    field = get_field(key)
    changes = {name: value for name, value in changes.items() if getattr(field, name) != value}
    if changes.keys() - (OPEN_TO_OWN if field.origin == OWN else OPEN_TO_ALL):
        raise FieldIsShipped(
            Text(
                "随产品提供的字段只能改名称、别名、是否进列表、择优规则和位置。",
                "Of a shipped field only label, synonyms, listing, survivorship and position can change.",
            )
        )
    if changes.get("data_class") == "C1":
        raise ClassOnlyRises(
            Text("数据级别只能提高，不能降低。", "A data class can be raised, never lowered.")
        )
    if "section" in changes:
        _require_section(changes["section"])
    for name, value in changes.items():
        setattr(field, name, value)
    needs_sealing = "data_class" in changes and not field.is_sealed
    field.is_sealed = field.is_sealed or needs_sealing
    field.updated_at = now
    field.save()
    needs_recompute = bool(RECOMPUTED & changes.keys())
    details = {"recompute": "pending"} if needs_recompute else {}
    if needs_sealing:
        details |= {"class": field.data_class, "sealing": "pending"}
    _record("field.change", field, sorted(changes), details, actor, now)
    return FieldUpdate(field, needs_recompute, needs_sealing)


def _require_section(section: str) -> None:
    if section not in SECTIONS:
        raise Invalid(Text(f"分区只有 {'、'.join(SECTIONS)}。", f"Sections are {', '.join(SECTIONS)}."))


def _record(
    action: str, field: Field, changed: list[str], details: dict[str, Any], actor: Actor, now: datetime
) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="field", object_id=field.pk,
        details={**details, "changed": changed}, request_id=actor.request_id,
    )  # fmt: skip
