"""Live events: what arrives from a source now, and what waits in quarantine."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.collect import events
from kehu.collect.sources import get_source
from kehu.collect.tracking import inbox, quarantine
from kehu.collect.tracking.faults import fault_text
from kehu.flows.events import replay_quarantine
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting
from kehu.standardize.masks import mask_any

router = Router(tags=["events"])


class LiveEvent(Schema):
    """An event as it arrived; values of personal properties are masked."""

    id: UUID
    kind: str
    name: str
    happened_at: datetime
    received_at: datetime
    details: dict[str, Any]
    masked: list[str]


class Minute(Schema):
    """How many events arrived in one minute."""

    at: datetime
    count: int


class Live(Schema):
    """The newest events of a source, latest first, the counts of the last half hour, and what waits to be applied."""

    items: list[LiveEvent]
    per_minute: list[Minute]
    waiting: int


class SourceName(Schema):
    """A source."""

    key: str
    name: str


class QuarantinedOut(Schema):
    """An event that could not be applied, and why; its content stays sealed."""

    id: int
    source: SourceName
    received_at: datetime
    reason_code: str
    reason: Label
    state: str
    resolved_at: datetime | None


class QuarantinePage(Schema):
    """Quarantined events, newest first."""

    items: list[QuarantinedOut]


class Done(Schema):
    """What became of an event."""

    id: int
    state: str


@router.get("/live", response=Live, operation_id="list_live_events")
def list_live(
    request: HttpRequest, source: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Return the newest events of a source (of all, where none is named) that belong to visible customers."""
    current(request).require("event.inspect")
    source_id = get_source(source).pk if source else None
    seen = events.list_newest(source_id, limit)
    keys = get_data_keys({each.record_id for each in seen if each.sealed is not None})
    with acting(SYSTEM):
        minutes = events.count_per_minute(source_id, now=timezone.now())
        waiting = inbox.count_waiting(source_id)
    return {
        "items": [_shown(each, keys) for each in seen],
        "per_minute": [{"at": at, "count": count} for at, count in minutes],
        "waiting": waiting,
    }


def _shown(seen: events.Seen, keys: dict[UUID, bytes]) -> dict[str, Any]:
    """Mask what is sealed; an event whose subject was erased keeps its clear properties."""
    secret: dict[str, Any] = {}
    if seen.sealed is not None and seen.record_id in keys:
        secret = unseal(keys[seen.record_id], seen.sealed, events.PLACE, seen.id)
    return {
        "id": seen.id, "kind": seen.kind, "name": seen.name, "happened_at": seen.happened_at,
        "received_at": seen.received_at,
        "details": {**from_json(seen.plain), **{key: mask_any(str(value)) for key, value in secret.items()}},
        "masked": sorted(secret),
    }  # fmt: skip


@router.get("/quarantine", response=QuarantinePage, operation_id="list_quarantined_events")
def list_quarantine(
    request: HttpRequest,
    state: Literal["open", "replayed", "dropped"] = "open",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Return events that could not be applied, with the reason in words."""
    current(request).require("event.inspect")
    with acting(SYSTEM):
        found = quarantine.list_quarantined(state, limit)
    return {
        "items": [
            {
                "id": each.id, "source": {"key": each.source_key, "name": each.source_name},
                "received_at": each.received_at, "reason_code": each.reason_code,
                "reason": fault_text(each.reason_code)._asdict(), "state": each.state, "resolved_at": each.resolved_at,
            }
            for each in found
        ]
    }  # fmt: skip


@router.post("/quarantine/{number}/replay", response=Done, operation_id="replay_quarantined_event")
def replay(request: HttpRequest, number: int) -> dict[str, Any]:
    """Apply a quarantined event now that its cause is mended; 409 when it still cannot be."""
    actor = current(request)
    actor.require("event.inspect")
    replay_quarantine.replay(number, actor_id=actor.id, now=timezone.now())
    return {"id": number, "state": "replayed"}


@router.post("/quarantine/{number}/drop", response=Done, operation_id="drop_quarantined_event")
def drop(request: HttpRequest, number: int) -> dict[str, Any]:
    """Give a quarantined event up for good."""
    actor = current(request)
    actor.require("event.inspect")
    replay_quarantine.drop(number, actor_id=actor.id, now=timezone.now())
    return {"id": number, "state": "dropped"}
