"""Pairs that wait for a steward, side by side, his decision, and what was decided before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from kehu.api.edge.errors import language_of
from kehu.api.edge.presenting import shown
from kehu.api.edge.schemas import Label, Reference, ShownOut
from kehu.api.govern.me import current
from kehu.flows.desk.decide_review import decide_review, reopen_review
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import present_all, shown_name
from kehu.govern.fields.registry import Registry, registry
from kehu.profile.dossier import CustomerNotFound, Dossier, get_dossier
from kehu.profile.queries import get_names
from kehu.resolve.reviews import Doubt, count_open, list_reviews

router = Router(tags=["reviews"])
STATES = "open|same|different|withdrawn|decided"


class Side(Schema):
    """One of the two customers, as the reader may see him."""

    id: UUID
    name: str
    record_count: int
    fields: dict[str, ShownOut]


class ReviewOut(Schema):
    """A pair in doubt, or decided: then with whose word and why. `differing` are the fields whose values are not the same.

    Who was found to be one is one customer on both sides.
    """

    id: UUID
    reason: str
    evidence: list[Label]
    state: str
    opened_at: datetime
    decided_at: datetime | None
    decided_by: Reference | None
    note: str
    left: Side
    right: Side
    differing: list[str]


class ReviewPage(Schema):
    """Pairs, newest first."""

    items: list[ReviewOut]
    next_cursor: UUID | None
    open_count: int


class DecisionIn(Schema):
    """same or different, and why."""

    decision: str = Field(pattern="^(same|different)$")
    reason: str = Field(default="", max_length=2000)


class Decided(Schema):
    """The customer that the record belongs to now."""

    customer_id: UUID


@router.get("", response=ReviewPage, operation_id="list_reviews")
def get_reviews(
    request: HttpRequest,
    state: Annotated[str, Query(pattern=f"^({STATES})$")] = "open",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: UUID | None = None,
) -> dict[str, Any]:
    """Return pairs of one state, newest first; `decided` are those that a person has decided, the latest first."""
    actor = current(request)
    actor.require("review.decide")
    fields = registry()
    found = list_reviews(state=state, limit=limit + 1, before=cursor)
    names = get_names("govern_user", [d.decided_by for d in found[:limit] if d.decided_by is not None])
    language = language_of(request)
    items = [item for doubt in found[:limit] if (item := _out(doubt, fields, actor, language, names))]
    return {
        "items": items,
        "next_cursor": found[limit - 1].id if len(found) > limit else None,
        "open_count": count_open(),
    }


@router.post("/{review_id}/decide", response=Decided, operation_id="decide_review")
def post_decision(request: HttpRequest, review_id: UUID, body: DecisionIn) -> dict[str, UUID]:
    """Decide a pair."""
    actor = current(request)
    actor.require("review.decide")
    customer = decide_review(
        review_id=review_id, decision=body.decision, reason=body.reason, actor=actor, now=timezone.now()
    )
    return {"customer_id": customer}


@router.post("/{review_id}/reopen", response={204: None}, operation_id="reopen_review")
def post_reopening(request: HttpRequest, review_id: UUID) -> Status[None]:
    """Let a pair that was kept apart wait for a decision again. What became one customer stays one."""
    actor = current(request)
    actor.require("review.decide")
    reopen_review(review_id=review_id, actor=actor, now=timezone.now())
    return Status(204, None)


def _out(
    doubt: Doubt, fields: Registry, actor: Actor, language: str, names: Mapping[int, str]
) -> dict[str, Any] | None:
    """Return a pair with both sides; None when one of them has gone since."""
    try:
        left, right = (get_dossier(one, fields=fields) for one in (doubt.customer_id, doubt.other_id))
    except CustomerNotFound:
        return None
    one, two = left.golden.values, right.golden.values
    return {
        "id": doubt.id, "reason": doubt.reason,
        "evidence": [fields[k].label._asdict() if k in fields else {"zh": k, "en": k} for k in doubt.evidence],
        "state": doubt.state, "opened_at": doubt.opened_at, "decided_at": doubt.decided_at,
        "decided_by": None if doubt.decided_by is None else {"id": doubt.decided_by, "name": names.get(doubt.decided_by, "")},
        "note": doubt.note,
        "left": _side(left, fields, actor, language), "right": _side(right, fields, actor, language),
        "differing": sorted(k for k in one.keys() & two.keys() if one[k] != two[k]),
    }  # fmt: skip


def _side(found: Dossier, fields: Registry, actor: Actor, language: str) -> dict[str, Any]:
    seen = present_all(found.golden.values, fields, actor=actor, language=language, surface="profile")
    return {
        "id": found.id, "name": shown_name(found.name, actor), "record_count": len(found.records),
        "fields": {key: shown(value) for key, value in seen.items()},
    }  # fmt: skip
