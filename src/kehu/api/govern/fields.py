"""The field registry and the standards that its fields are read by. Everybody reads; stewards and administrators change."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field as Limits
from pydantic import StringConstraints

from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.api.govern.roles import LabelIn
from kehu.flows.upkeep.change_field import change_field
from kehu.govern.fields import operations as fields_operations
from kehu.govern.fields import sealings
from kehu.govern.fields.operations import DataClass, NewField, Party, Survivorship
from kehu.govern.models.fields import Field
from kehu.platform.text import Text
from kehu.standardize.standards import STANDARDS

router = Router(tags=["fields"])
standards = Router(tags=["fields"])

Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Synonym = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Synonyms = Annotated[list[Synonym], Limits(max_length=50)]


class RegistryField(Schema):
    """A field of the registry. `sealing_percent`: how much of what lay clear before its class was raised is sealed; null when all is."""

    key: str
    label: Label
    section: str
    standard: str
    party: str
    data_class: str
    is_sealed: bool
    identifier: str
    is_listed: bool
    survivorship: str
    synonyms: list[str]
    origin: str
    position: int
    is_active: bool
    sealing_percent: int | None


class RegistryFieldChanged(RegistryField):
    """A field after a change; `needs_recompute` when golden records follow another rule from now on."""

    needs_recompute: bool


class FieldIn(Schema):
    """An own field. C2 (personal) is sealed; an own field tells nobody apart."""

    key: str = Limits(pattern=r"^[a-z][a-z0-9_]{1,62}$")
    label: LabelIn
    section: str = Limits(max_length=32)
    standard: str = Limits(max_length=32)
    party: Party = "any"
    data_class: DataClass = "C2"
    is_listed: bool = False
    synonyms: Synonyms = Limits(default_factory=list)
    survivorship: Survivorship = "trust"


class FieldChange(Schema):
    """What is to change; what is left out stays. Of a shipped field only some of it can."""

    label: LabelIn | None = None
    section: str | None = Limits(default=None, max_length=32)
    data_class: DataClass | None = None
    is_listed: bool | None = None
    synonyms: Synonyms | None = None
    survivorship: Survivorship | None = None
    position: int | None = Limits(default=None, ge=0, le=32_000)
    is_active: bool | None = None


class StandardOut(Schema):
    """A standard by which values are read; `codes` are the labels of its closed list."""

    key: str
    label: Label
    is_number: bool
    is_date: bool
    codes: dict[str, Label]


def _out(field: Field, sealing: dict[str, int]) -> dict[str, Any]:
    same = ("key", "section", "standard", "party", "data_class", "is_sealed", "identifier", "is_listed",
            "survivorship", "synonyms", "origin", "position", "is_active")  # fmt: skip
    return {
        "label": {"zh": field.label_zh, "en": field.label_en}, "sealing_percent": sealing.get(field.pk),
        **{name: getattr(field, name) for name in same},
    }  # fmt: skip


@router.get("", response=list[RegistryField], operation_id="list_fields")
def list_fields(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all fields in the order in which they are shown, those out of use too."""
    current(request)
    sealing = sealings.percents()
    return [_out(field, sealing) for field in Field.objects.order_by("position", "key")]


@router.post("", response={201: RegistryField}, operation_id="create_field")
def create_field(request: HttpRequest, body: FieldIn) -> Status[dict[str, Any]]:
    """Add an own field."""
    actor = current(request)
    actor.require("field.manage")
    asked = body.dict(exclude={"label", "synonyms"})
    new = NewField(label=Text(body.label.zh, body.label.en), synonyms=tuple(body.synonyms), **asked)
    return Status(201, _out(fields_operations.create_field(new, actor=actor, now=timezone.now()), {}))


@router.patch("/{key}", response=RegistryFieldChanged, operation_id="update_field")
def update_field(request: HttpRequest, key: Key, body: FieldChange) -> dict[str, Any]:
    """Change a field. It is never deleted, only put out of use."""
    actor = current(request)
    actor.require("field.manage")
    changes = body.dict(exclude={"label"}, exclude_none=True)
    if body.label is not None:
        changes |= {"label_zh": body.label.zh, "label_en": body.label.en}
    done = change_field(key=key, changes=changes, actor=actor, now=timezone.now())
    return {**_out(done.field, sealings.percents()), "needs_recompute": done.needs_recompute}


@standards.get("", response=list[StandardOut], operation_id="list_standards")
def list_standards(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the standards that a field can have."""
    current(request)
    return [
        {"key": s.key, "label": s.label._asdict(), "is_number": s.is_number, "is_date": s.is_date,
         "codes": {code: label._asdict() for code, label in s.codes.items()}}
        for s in STANDARDS.values()
    ]  # fmt: skip
