"""The audit trail, for whoever audits. Reading it is written into it; the file of it is safe in a spreadsheet."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from kehu.api.edge.schemas import CSV
from kehu.api.govern.me import current
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.queries.audit_trail import AuditEntry, Question, list_events
from kehu.platform.text import Text
from kehu.profile.lists import cursors
from kehu.standardize.values.cells import write_table

router = Router(tags=["audit"])

MOST_EXPORTED = 100_000
SORT = "audit"
HEADER = (
    Text("时间", "Time"), Text("操作人", "Actor"), Text("动作", "Action"), Text("对象类型", "Object"),
    Text("对象", "Reference"), Text("字段", "Fields"), Text("原因", "Reason"), Text("结果", "Decision"),
    Text("行数", "Rows"), Text("细节", "Details"), Text("封存批次", "Sealed in"), Text("请求", "Request"),
)  # fmt: skip


YEARS = range(1900, 2200)


def _in_utc(at: datetime) -> datetime:
    """Return a time in UTC; the database reads no zones beyond sixteen hours."""
    if at.year not in YEARS:
        raise ValueError(at.year)
    return at.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class AuditQuery(Schema):
    """What to look for. `object` is `kind:id` or a kind; times carry their zone, `to` is left out itself."""

    actor: int | None = Field(default=None, ge=1, le=2**31 - 1)
    action: str = Field(default="", max_length=64)
    object: str = Field(default="", max_length=128)
    since: Instant | None = Field(default=None, alias="from")
    until: Instant | None = Field(default=None, alias="to")


class AuditPageQuery(AuditQuery):
    """The same, page by page."""

    limit: int = Field(default=100, ge=1, le=500)
    cursor: str | None = Field(default=None, max_length=2000)


class ActorOut(Schema):
    """Who did it; the system has no id."""

    id: int | None
    kind: str
    name: str


class ObjectOut(Schema):
    """What it was done to. A customer is a digest here, which ends with his erasure."""

    kind: str
    ref: str


class AuditEventOut(Schema):
    """One event; `batch` is the number of the seal it lies under, null while it waits for one."""

    id: UUID
    at: datetime
    actor: ActorOut
    action: str
    object: ObjectOut
    decision: str
    row_count: int | None
    fields: list[str]
    reason: str
    details: dict[str, Any]
    batch: int | None
    request_id: str


class AuditPage(Schema):
    """Events, newest first."""

    items: list[AuditEventOut]
    next_cursor: str | None


def _question(asked: AuditQuery) -> Question:
    return Question(asked.actor, asked.action, asked.object, asked.since, asked.until)


def _out(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.id, "at": entry.at, "action": entry.action,
        "actor": {"id": entry.actor_id, "kind": entry.actor_kind, "name": entry.actor_name},
        "object": {"kind": entry.object_kind, "ref": entry.object_ref},
        "decision": entry.decision, "row_count": entry.row_count, "fields": list(entry.fields),
        "reason": entry.reason, "details": entry.details, "batch": entry.batch, "request_id": entry.request_id,
    }  # fmt: skip


def _record(action: str, asked: AuditQuery, count: int, actor: Actor) -> None:
    told = asked.model_dump(mode="json", exclude_none=True, include={"actor", "action", "since", "until"})
    audit.record(
        action=action, actor_id=actor.id, now=timezone.now(), object_kind="audit", row_count=count,
        details={key: value for key, value in told.items() if value != ""}, request_id=actor.request_id,
    )  # fmt: skip


@router.get("", response=AuditPage, operation_id="list_audit_events")
def list_audit_events(request: HttpRequest, asked: Query[AuditPageQuery]) -> dict[str, Any]:
    """Return a page of the trail, newest first."""
    actor = current(request)
    actor.require("audit.read")
    before = None
    if asked.cursor:
        at, last = cursors.decode(asked.cursor, SORT)
        before = (datetime.fromisoformat(at), last)
    found = list_events(_question(asked), limit=asked.limit + 1, before=before)
    kept = found[: asked.limit]
    following = None
    if len(found) > asked.limit:
        following = cursors.encode(SORT, kept[-1].at.isoformat(), kept[-1].id)
    _record("audit.read", asked, len(kept), actor)
    return {"items": [_out(entry) for entry in kept], "next_cursor": following}


@router.get("/export", operation_id="export_audit_events", openapi_extra={"responses": CSV})
def export_audit_events(request: HttpRequest, asked: Query[AuditQuery]) -> HttpResponse:
    """Return the trail as CSV, newest first, 100,000 events at most; no cell of it is a formula."""
    actor = current(request)
    actor.require("audit.read")
    found = list_events(_question(asked), limit=MOST_EXPORTED)
    _record("audit.export", asked, len(found), actor)
    response = HttpResponse(_csv(found, actor.language), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _csv(entries: list[AuditEntry], language: str) -> bytes:
    heads = [title.within(language) for title in HEADER]
    return write_table([heads, *(_cells(entry) for entry in entries)])


def _cells(entry: AuditEntry) -> tuple[object, ...]:
    return (
        entry.at.isoformat(timespec="seconds"), entry.actor_name or entry.actor_kind, entry.action,
        entry.object_kind, entry.object_ref, " ".join(entry.fields), entry.reason, entry.decision, entry.row_count,
        json.dumps(entry.details, ensure_ascii=False) if entry.details else "", entry.batch, entry.request_id,
    )  # fmt: skip
