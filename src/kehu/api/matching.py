"""The rules by which records are joined: how far each kind of identifier is trusted, and which values identify nobody."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label, Reference
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import Registry, registry
from kehu.platform.text import Text
from kehu.profile.queries import get_names
from kehu.resolve.blocked import (
    ANY_KIND,
    Entry,
    add_blocked,
    field_of_kind,
    list_blocked,
    remove_blocked,
    try_value,
)
from kehu.resolve.kinds import DEVICE, Kind, Strength, list_kinds, update_kind

kinds = Router(tags=["matching"])
blocked = Router(tags=["matching"])

READERS = ("match.manage", "review.decide")
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Scope = Annotated[str, Field(pattern=r"^(\*|[a-z][a-z0-9_]{0,31})$")]
ANY_LABEL = Text("任何标识", "Any identifier")


class KindOut(Schema):
    """A kind of identifier. `strength` is strong (joins alone), scoped (alone within one source) or named (with the same name).

    `limit` values a customer, 0 for any number, of those stated within `window_days` (null: ever). A lower `priority`
    is given up last. A device is compared by a rule of its own, whatever its strength.
    """

    key: str
    label: Label
    strength: str
    priority: int
    limit: int
    window_days: int | None
    is_device: bool


class KindChange(Schema):
    """What is to change; what is left out stays. `window_days` null means for ever."""

    strength: Strength = Field(default="strong")
    priority: int = Field(default=1, ge=1, le=99)
    limit: int = Field(default=0, ge=0, le=1000)
    window_days: int | None = Field(default=None, ge=1, le=3650)


class BlockedOut(Schema):
    """A value, or a pattern for whole values, that identifies nobody; of a kind, or of any (`*`). No author: it is shipped."""

    id: int
    kind: str
    kind_label: Label
    text: str
    form: Literal["value", "pattern"]
    author: Reference | None
    created_at: datetime


class BlockedIn(Schema):
    """A value as people write it, read by its field's standard; or, asked for by `is_pattern`, a pattern."""

    kind: Scope
    text: str = Field(min_length=1, max_length=200)
    is_pattern: bool = False


class TrialIn(Schema):
    """A value to try."""

    kind: Scope
    value: str = Field(min_length=1, max_length=200)


class TrialOut(Schema):
    """Whether a value would be blocked, as it is read, and by which entry."""

    is_blocked: bool
    read_as: str
    by: BlockedOut | None


def require_reader(actor: Actor) -> None:
    """Pass for whoever manages the rules or decides by what they leave open."""
    if not any(actor.may(permission) for permission in READERS):
        actor.require(READERS[0])


def _label(kind: str, fields: Registry) -> dict[str, str]:
    if kind == ANY_KIND:
        return ANY_LABEL._asdict()
    spec = field_of_kind(kind, fields)
    return spec.label._asdict() if spec is not None else {"zh": kind, "en": kind}


def _kind(kind: Kind, fields: Registry) -> dict[str, Any]:
    same = ("key", "strength", "priority", "limit", "window_days")
    facts = {name: getattr(kind, name) for name in same}
    return {**facts, "label": _label(kind.key, fields), "is_device": kind.key == DEVICE}


def _entries(entries: list[Entry]) -> list[dict[str, Any]]:
    fields = registry()
    names = get_names("govern_user", [e.author_id for e in entries if e.author_id is not None])
    return [
        {
            "id": entry.id, "kind": entry.kind, "kind_label": _label(entry.kind, fields), "text": entry.text,
            "form": "pattern" if entry.is_pattern else "value", "created_at": entry.created_at,
            "author": None if entry.author_id is None else {"id": entry.author_id, "name": names.get(entry.author_id, "")},
        }
        for entry in entries
    ]  # fmt: skip


@kinds.get("", response=list[KindOut], operation_id="list_identifier_kinds")
def get_identifier_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the kinds of identifiers, the strongest first."""
    require_reader(current(request))
    fields = registry()
    return [_kind(kind, fields) for kind in list_kinds()]


@kinds.patch("/{key}", response=KindOut, operation_id="update_identifier_kind")
def patch_identifier_kind(request: HttpRequest, key: Key, body: KindChange) -> dict[str, Any]:
    """Change how far a kind is trusted. It holds for records that arrive from now on."""
    actor = current(request)
    actor.require("match.manage")
    changes = body.dict(exclude_unset=True)
    return _kind(update_kind(key=key, changes=changes, actor=actor, now=timezone.now()), registry())


@blocked.get("", response=list[BlockedOut], operation_id="list_blocked_values")
def get_blocked_values(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all values that identify nobody: people's first, then what came with the product."""
    current(request).require("match.manage")
    return _entries(list_blocked())


@blocked.post("", response={201: BlockedOut}, operation_id="add_blocked_value")
def post_blocked_value(request: HttpRequest, body: BlockedIn) -> Status[dict[str, Any]]:
    """Block a value or a pattern. It holds for records that arrive from now on."""
    actor = current(request)
    actor.require("match.manage")
    entry = add_blocked(
        kind=body.kind, text=body.text, is_pattern=body.is_pattern, actor=actor, now=timezone.now()
    )
    return Status(201, _entries([entry])[0])


@blocked.post("/try", response=TrialOut, operation_id="try_blocked_value")
def post_trial(request: HttpRequest, body: TrialIn) -> dict[str, Any]:
    """Say whether a value would be blocked, and by which entry. Nothing is kept."""
    actor = current(request)
    actor.require("match.manage")
    trial = try_value(kind=body.kind, value=body.value, actor=actor)
    by = None if trial.entry is None else _entries([trial.entry])[0]
    return {"is_blocked": by is not None, "read_as": trial.read_as, "by": by}


@blocked.delete("/{entry_id}", response={204: None}, operation_id="remove_blocked_value")
def delete_blocked_value(request: HttpRequest, entry_id: RowId) -> Status[None]:
    """Take an entry from the list; such values identify again from now on."""
    actor = current(request)
    actor.require("match.manage")
    remove_blocked(entry_id=entry_id, actor=actor, now=timezone.now())
    return Status(204, None)
