"""Sources: list, create and change; the write key is in the answer to the creation and nowhere else."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from kehu.api.govern.me import current
from kehu.collect import sources
from kehu.flows.jobs.imports import queue_recompute
from kehu.govern.operations import get_unit

router = Router(tags=["sources"])
_LIST = """
SELECT s.id, s.key, s.name, s.kind, s.trust, u.id, u.code, u.name, s.write_key_hint, s.is_active, s.created_at,
  (SELECT max(i.created_at) FROM collect_import i WHERE i.source_id = s.id AND NOT i.is_dry_run),
  (SELECT coalesce(sum(i.rows_accepted), 0) FROM collect_import i WHERE i.source_id = s.id AND NOT i.is_dry_run
    AND i.state = 'succeeded')
FROM collect_source s JOIN govern_unit u ON u.id = s.unit_id ORDER BY s.trust DESC, s.id
"""


class SourceIn(Schema):
    """A new source. `unit` is a unit's code; the root where it is left out."""

    key: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    kind: str = Field(min_length=1, max_length=64)
    trust: int = Field(ge=0, le=100)
    unit: str | None = None


class UnitOut(Schema):
    """A unit."""

    id: int
    code: str
    name: str


class SourceOut(Schema):
    """A source with its latest arrivals."""

    id: int
    key: str
    name: str
    kind: str
    trust: int
    unit: UnitOut
    write_key_hint: str
    is_active: bool
    created_at: datetime
    last_import_at: datetime | None
    rows_accepted: int


class SourceMade(Schema):
    """A new source with its write key, which cannot be shown again."""

    id: int
    key: str
    name: str
    kind: str
    trust: int
    write_key: str


@router.get("", response=list[SourceOut], operation_id="list_sources")
def list_sources(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all sources, the most trusted first."""
    current(request)
    with connection.cursor() as cursor:
        cursor.execute(_LIST)
        return [
            {
                "id": r[0], "key": r[1], "name": r[2], "kind": r[3], "trust": r[4],
                "unit": {"id": r[5], "code": r[6], "name": r[7]}, "write_key_hint": r[8], "is_active": r[9],
                "created_at": r[10], "last_import_at": r[11], "rows_accepted": r[12],
            }
            for r in cursor.fetchall()
        ]  # fmt: skip


class WriteKey(Schema):
    """A new write key, which cannot be shown again."""

    write_key: str


class SourceChange(Schema):
    """What may change of a source. `unit` is a unit's code and counts for what comes from now on."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    kind: str | None = Field(default=None, min_length=1, max_length=64)
    trust: int | None = Field(default=None, ge=0, le=100)
    unit: str | None = None
    is_active: bool | None = None


class SourceChanged(Schema):
    """A source after a change; a new trust has every customer computed anew."""

    id: int
    name: str
    kind: str
    trust: int
    unit: str
    is_active: bool
    needs_recompute: bool


@router.patch("/{source_id}", response=SourceChanged, operation_id="update_source")
def patch_source(request: HttpRequest, source_id: int, body: SourceChange) -> dict[str, Any]:
    """Change a source. One out of use takes no file and no event; what it said stays."""
    actor = current(request)
    actor.require("source.manage")
    change = sources.SourceChange(
        body.name, body.kind, body.trust, get_unit(body.unit) if body.unit else None, body.is_active
    )
    source, is_other = sources.update_source(
        source_id=source_id, change=change, actor_id=actor.id, now=timezone.now()
    )
    if is_other:
        queue_recompute(actor_id=actor.id)
    return {
        "id": source.pk, "name": source.name, "kind": source.kind, "trust": source.trust, "unit": source.unit.code,
        "is_active": source.is_active, "needs_recompute": is_other,
    }  # fmt: skip


@router.post("/{source_id}/write-key", response=WriteKey, operation_id="renew_write_key")
def post_write_key(request: HttpRequest, source_id: int) -> dict[str, str]:
    """Give a source a new write key; the old one is refused from now on."""
    actor = current(request)
    actor.require("source.manage")
    source = sources.find_source(source_id, for_update=True)
    return {"write_key": sources.renew_write_key(source, actor_id=actor.id, now=timezone.now())}


@router.post("", response={201: SourceMade}, operation_id="create_source")
def post_source(request: HttpRequest, body: SourceIn) -> Status[dict[str, Any]]:
    """Create a source."""
    actor = current(request)
    actor.require("source.manage")
    source, write_key = sources.create_source(
        key=body.key, name=body.name, kind=body.kind, trust=body.trust, unit=get_unit(body.unit),
        actor_id=actor.id, now=timezone.now(),
    )  # fmt: skip
    return Status(
        201,
        {"id": source.pk, "key": source.key, "name": source.name, "kind": source.kind, "trust": source.trust,
         "write_key": write_key},
    )  # fmt: skip
