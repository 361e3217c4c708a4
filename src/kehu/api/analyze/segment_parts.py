"""What else is asked of segments: size by unit or field, overlap, snapshots, and the members as a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from kehu.analyze.models.segments import Snapshot
from kehu.analyze.segments.dividing import divide, overlap
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved import queries
from kehu.analyze.segments.saved.exporting import export_segment
from kehu.analyze.segments.saved.operations import take_snapshot
from kehu.analyze.segments.saved.reading import book_of
from kehu.api.analyze.segments import router
from kehu.api.edge.errors import language_of
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.fields.registry import registry
from kehu.profile import queries as profiles

ZIP = {
    200: {
        "description": "OK",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class DivideIn(Schema):
    """A definition, what it is counted for, and by what it is divided: `unit` or the key of a field."""

    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]
    by: str = Field(default="unit", max_length=64)


class PartOut(Schema):
    """A unit or a value: how many customers of the segment, of how many whom the purpose may take."""

    key: str | None
    label: Label
    count: int
    of: int


class DividedOut(Schema):
    """The parts, the largest first; fifty at most."""

    by: str
    parts: list[PartOut]
    as_of: datetime


class OverlapIn(Schema):
    """Two to five saved segments."""

    segment_ids: Annotated[list[UUID], Field(min_length=2, max_length=5)]


class OverlapPart(Schema):
    """How many customers are in exactly these segments of those asked."""

    segment_ids: list[UUID]
    count: int


class OverlapOut(Schema):
    """Every combination in which somebody is."""

    parts: list[OverlapPart]
    as_of: datetime


class SegmentSizeOut(Schema):
    """How many customers of the reader's scope are in a segment."""

    segment_id: UUID
    count: int


class SnapshotIn(Schema):
    """A name for a segment as it is now."""

    name: str = Field(min_length=1, max_length=100)


class SnapshotOut(Schema):
    """A named moment: who was in is asked with `as_of=taken_at`. `digest` is SHA-256 over the ids in their order."""

    id: UUID
    name: str
    taken_at: datetime
    count: int
    digest: str
    version: int
    author: str


class SegmentExportIn(Schema):
    """Why the members are exported; it stands, sealed, in the audit trail."""

    reason: str = Field(min_length=1, max_length=500)


@router.get("/sizes", response=list[SegmentSizeOut], operation_id="list_segment_sizes")
def list_sizes(request: HttpRequest) -> list[dict[str, Any]]:
    """Return how many are in each segment that the reader may open; one that waits for its members is left out."""
    actor = current(request)
    actor.require("segment.read")
    living = queries.list_segments()
    may = queries.readable([one.pk for one in living], actor)
    found = queries.count_each([one for one in living if one.pk in may], at=timezone.now())
    return [{"segment_id": segment_id, "count": size} for segment_id, size in found.items()]


@router.post("/divide", response=DividedOut, operation_id="divide_segment")
def divide_segment(request: HttpRequest, body: DivideIn) -> dict[str, Any]:
    """Return a definition's size by unit, or by the values of a field, within the reader's scope."""
    actor = current(request)
    actor.require("segment.read")
    parts, as_of = divide(
        body.definition,
        by=body.by,
        purpose=body.purpose,
        actor=actor,
        book=book_of(actor),
        now=timezone.now(),
    )
    labels = _labels(body.by, [part.key for part in parts])
    return {
        "by": body.by, "as_of": as_of,
        "parts": [{"key": p.key, "label": labels[p.key], "count": p.count, "of": p.of} for p in parts],
    }  # fmt: skip


@router.post("/overlap", response=OverlapOut, operation_id="overlap_segments")
def overlap_segments(request: HttpRequest, body: OverlapIn) -> dict[str, Any]:
    """Return how many customers are in several segments at once."""
    actor = current(request)
    actor.require("segment.read")
    book = book_of(actor)
    asked = []
    for one in body.segment_ids:
        segment = queries.open_segment(one, actor)
        definition = segment.current.definition if segment.current else {"any": []}
        asked.append((read(definition, book.kinds), segment.purpose))
    parts, as_of = overlap(asked, actor=actor, book=book, now=timezone.now())
    told = [{"segment_ids": [body.segment_ids[p] for p in one.places], "count": one.count} for one in parts]
    return {"parts": told, "as_of": as_of}


@router.get("/{segment_id}/snapshots", response=list[SnapshotOut], operation_id="list_segment_snapshots")
def list_snapshots(request: HttpRequest, segment_id: UUID) -> list[dict[str, Any]]:
    """Return the named moments of a segment, the latest first."""
    actor = current(request)
    actor.require("segment.read")
    segment = queries.open_segment(segment_id, actor)
    found = Snapshot.objects.filter(segment=segment).select_related("version").order_by("-taken_at")
    authors = profiles.get_names("govern_user", [one.author_id for one in found if one.author_id])
    return [_snapshot(one, authors) for one in found]


@router.post("/{segment_id}/snapshots", response={201: SnapshotOut}, operation_id="take_segment_snapshot")
def post_snapshot(request: HttpRequest, segment_id: UUID, body: SnapshotIn) -> Status[dict[str, Any]]:
    """Give a name to the segment as it is now, with the members of the caller's scope."""
    actor = current(request)
    actor.require("segment.manage")
    now = timezone.now()
    segment = queries.open_segment(segment_id, actor)
    ids = queries.list_member_ids(segment, at=now)
    made = take_snapshot(segment_id=segment_id, name=body.name, member_ids=ids, actor=actor, now=now)
    return Status(201, _snapshot(made, {actor.id: actor.name}))


@router.post(
    "/{segment_id}/export",
    operation_id="export_segment",
    response={200: Any},
    openapi_extra={"responses": ZIP},
)
def post_export(request: HttpRequest, segment_id: UUID, body: SegmentExportIn) -> HttpResponse:
    """Return the members as a ZIP of a CSV and of a file that tells the definition, the number of rows and the digest."""
    actor = current(request)
    actor.require("segment.export")
    made = export_segment(
        queries.open_segment(segment_id, actor), reason=body.reason, language=language_of(request), actor=actor,
        now=timezone.now(),
    )  # fmt: skip
    response = HttpResponse(made.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="segment-{segment_id}.zip"'
    response.headers["Kehu-Rows"], response.headers["Kehu-Digest"] = str(made.rows), made.digest
    return response


def _snapshot(one: Snapshot, authors: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "taken_at": one.taken_at, "count": one.count, "digest": one.digest,
        "version": one.version.number, "author": authors.get(one.author_id or 0, ""),
    }  # fmt: skip


def _labels(by: str, keys: list[str | None]) -> dict[str | None, dict[str, str]]:
    nothing = {"zh": "（无）", "en": "(none)"}
    if by == "unit":
        names = profiles.get_names("govern_unit", [int(key) for key in keys if key is not None])
        return {
            key: nothing if key is None else dict.fromkeys(("zh", "en"), names.get(int(key), key))
            for key in keys
        }
    codes = registry()[by].standard.codes
    told: dict[str | None, dict[str, str]] = {None: nothing, "": nothing}
    for key in filter(None, keys):
        told[key] = dict(codes[key]._asdict()) if key in codes else {"zh": key, "en": key}
    return told
