"""Saved segments: made, changed, opened; who is in and was in, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from kehu.analyze.models.segments import Segment, SegmentVersion
from kehu.analyze.segments.counting import count
from kehu.analyze.segments.saved import operations, queries
from kehu.analyze.segments.saved.explaining import Reason, explain, titles
from kehu.analyze.segments.saved.reading import Book, book_of
from kehu.analyze.segments.sentences import Titles, tell
from kehu.api.analyze.segments import router
from kehu.api.edge.presenting import people_of
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.flows.analyze.segments.save_segment import change_segment, create_segment
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.ledger import PurposeIsOff
from kehu.profile import queries as profiles
from kehu.profile.dossier import get_dossier


class SegmentIn(Schema):
    """A new segment: a name, what it is for, and whom it describes."""

    name: str = Field(min_length=1, max_length=100)
    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]


class SegmentChange(Schema):
    """What is to change; another definition is saved as a new version."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    purpose: str | None = Field(default=None, max_length=64)
    definition: dict[str, Any] | None = None
    is_archived: bool | None = None


class SegmentOut(Schema):
    """A saved segment. `refreshed_at` is when everybody was last evaluated; until the first time it is null.

    `words` is the definition in words; null where it asks about fields that are hidden from the reader.
    """

    id: UUID
    name: str
    purpose: str
    words: Label | None
    version: int
    is_archived: bool
    is_waiting: bool
    refreshed_at: datetime | None
    created_at: datetime
    changed_at: datetime


class SegmentVersionOut(Schema):
    """A definition as it was saved, and by whom; its words are null where it asks about what the reader may not see."""

    number: int
    definition: dict[str, Any]
    words: Label | None
    author_id: int | None
    author: str
    saved_at: datetime


class SegmentDetails(SegmentOut):
    """A segment with its definition, how many customers of the reader's scope are in, and its versions."""

    definition: dict[str, Any]
    count: int | None
    versions: list[SegmentVersionOut]


class MemberOut(Schema):
    """A customer who was in at the moment asked. The name is masked where the reader's role wants it."""

    customer_id: UUID
    name: str
    unit: str
    entered_at: datetime
    left_at: datetime | None


class MemberPage(Schema):
    """A page of members in the order of their ids; `count` comes with the first page."""

    items: list[MemberOut]
    next_cursor: UUID | None
    count: int | None
    as_of: datetime


class SegmentReasonOut(Schema):
    """A condition or a group in words, and whether it holds; of events how often, and when last."""

    kind: str
    text: Label
    holds: bool
    times: int | None
    last_at: datetime | None
    parts: list["SegmentReasonOut"]


class ExplanationOut(Schema):
    """Whether a customer belongs to a segment now. `is_allowed`: the purpose may take him."""

    is_member: bool
    is_allowed: bool
    purpose: str
    reason: SegmentReasonOut


class StayOut(Schema):
    """A customer's stay in a segment, under a purpose that may take him; the end is null while he is in."""

    segment_id: UUID
    name: str
    is_archived: bool
    entered_at: datetime
    left_at: datetime | None


@router.get("", response=list[SegmentOut], operation_id="list_segments")
def list_segments(request: HttpRequest, *, archived: bool = False) -> list[dict[str, Any]]:
    """Return the saved segments, the latest first."""
    actor = current(request)
    actor.require("segment.read")
    book = book_of(actor)
    words = _Words(book, titles(book))
    return [_out(one, words) for one in queries.list_segments(wants_archived=archived)]


@router.post("", response={201: SegmentDetails}, operation_id="create_segment")
def post_segment(request: HttpRequest, body: SegmentIn) -> Status[dict[str, Any]]:
    """Save a segment; its members are found at once, or, of very many customers, soon after."""
    actor = current(request)
    made = create_segment(
        name=body.name, purpose=body.purpose, definition=body.definition, actor=actor, now=timezone.now()
    )
    return Status(201, _details(made, actor))


@router.get("/{segment_id}", response=SegmentDetails, operation_id="get_segment")
def get_segment(request: HttpRequest, segment_id: UUID) -> dict[str, Any]:
    """Return one segment with its definition and size."""
    actor = current(request)
    actor.require("segment.read")
    return _details(queries.open_segment(segment_id, actor), actor)


@router.patch("/{segment_id}", response=SegmentDetails, operation_id="update_segment")
def patch_segment(request: HttpRequest, segment_id: UUID, body: SegmentChange) -> dict[str, Any]:
    """Change a segment's name, purpose or definition, or put it away."""
    actor = current(request)
    change = operations.Change(**body.dict())
    return _details(
        change_segment(segment_id=segment_id, change=change, actor=actor, now=timezone.now()), actor
    )


@router.get("/{segment_id}/members", response=MemberPage, operation_id="list_segment_members")
def list_members(
    request: HttpRequest,
    segment_id: UUID,
    as_of: datetime | None = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> dict[str, Any]:
    """Return who is in, or was in at `as_of`, of the reader's scope and whom the purpose may take now."""
    actor = current(request)
    actor.require("segment.read")
    now = timezone.now()
    at = now if as_of is None else timezone.make_aware(as_of) if timezone.is_naive(as_of) else as_of
    page = queries.list_members(queries.open_segment(segment_id, actor), at=at, after=cursor, limit=limit)
    people = people_of([one.customer_id for one in page.items], actor)
    shown = {one["customer_id"]: one for one in people}
    items = [
        {
            "customer_id": one.customer_id,
            "entered_at": one.entered_at,
            "left_at": one.left_at,
            **shown[one.customer_id],
        }
        for one in page.items
        if one.customer_id in shown
    ]
    return {"items": items, "next_cursor": page.next_cursor, "count": page.count, "as_of": at}


@router.get("/{segment_id}/explain/{customer_id}", response=ExplanationOut, operation_id="explain_segment")
def explain_segment(request: HttpRequest, segment_id: UUID, customer_id: UUID) -> dict[str, Any]:
    """Tell why a customer is in a segment, or why not, condition by condition."""
    actor = current(request)
    actor.require("segment.read")
    segment = queries.open_segment(segment_id, actor)
    living = get_dossier(customer_id, fields=registry()).id
    found = explain(segment, living, actor=actor, now=timezone.now())
    return {
        "is_member": found.is_member, "is_allowed": found.is_allowed, "purpose": segment.purpose,
        "reason": _reason(found.reason),
    }  # fmt: skip


@router.get("/of/{customer_id}", response=list[StayOut], operation_id="list_segments_of_customer")
def list_stays(request: HttpRequest, customer_id: UUID) -> list[queries.Stay]:
    """Return the segments in which a customer is and was, of those that the reader may open."""
    actor = current(request)
    actor.require("segment.read")
    living = get_dossier(customer_id, fields=registry()).id
    found = queries.list_stays(living)
    may = queries.readable([one.segment_id for one in found], actor)
    return [one for one in found if one.segment_id in may]


def _reason(one: Reason) -> dict[str, Any]:
    return {
        "kind": one.kind, "text": one.text._asdict(), "holds": one.holds, "times": one.times,
        "last_at": one.last_at, "parts": [_reason(part) for part in one.parts],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """What turns definitions into words for one reader."""

    book: Book
    names: Titles

    def of(self, version: SegmentVersion | None) -> dict[str, str] | None:
        """Return a version in words; None where the reader may not read it."""
        found = None if version is None else queries.definition_of(version, self.book)
        return None if found is None else dict(tell(found.root, self.names)._asdict())


def _out(segment: Segment, words: _Words) -> dict[str, Any]:
    version = segment.current
    return {
        "id": segment.pk, "name": segment.name, "purpose": segment.purpose, "is_archived": segment.is_archived,
        "version": version.number if version else 0, "is_waiting": segment.watermark == 0,
        "refreshed_at": segment.refreshed_at, "created_at": segment.created_at,
        "changed_at": version.saved_at if version else segment.created_at, "words": words.of(version),
    }  # fmt: skip


def _details(segment: Segment, actor: Actor) -> dict[str, Any]:
    definition = segment.current.definition if segment.current else {"any": []}
    book = book_of(actor)
    words = _Words(book, titles(book))
    versions = list(segment.versions.order_by("-number"))
    authors = profiles.get_names("govern_user", [one.author_id for one in versions if one.author_id])
    return {
        **_out(segment, words),
        "definition": definition,
        "count": _size(segment, definition, actor),
        "versions": [
            {
                "number": one.number, "definition": one.definition, "words": words.of(one),
                "author_id": one.author_id, "author": authors.get(one.author_id or 0, ""),
                "saved_at": one.saved_at,
            }
            for one in versions
        ],
    }  # fmt: skip


def _size(segment: Segment, definition: dict[str, Any], actor: Actor) -> int | None:
    """Return how many are in now; None of one that is put away, waits for its members, or whose purpose is off."""
    if segment.is_archived or segment.refreshed_at is None:
        return None
    try:
        return count(definition, purpose=segment.purpose, actor=actor, now=timezone.now()).count
    except PurposeIsOff:
        return None
