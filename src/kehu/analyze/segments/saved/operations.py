"""Saving segments: made, defined anew in versions, put away, and given a name for a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kehu.analyze.models.segments import Segment, SegmentVersion, Snapshot
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.naming import check_names
from kehu.analyze.segments.saved.reading import SegmentNotFound, book_of, get_segment
from kehu.analyze.segments.sql.query import Compiler
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

MOST_NAME = 100


class SegmentTaken(Conflict):
    """A living segment has this name."""

    code = "segment_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"已有名为“{name}”的客群，换一个名称。",
                f"A segment is called “{name}” already; choose another name.",
            )
        )


class SegmentInUse(Conflict):
    """Other segments name this one."""

    code = "segment_in_use"

    def __init__(self, names: list[str]) -> None:
        told = "、".join(names)
        super().__init__(
            Text(
                f"这些客群用到了它，先改掉：{told}。",
                f"These segments use it; change them first: {', '.join(names)}.",
            )
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change of a segment; None stays."""

    name: str | None = None
    purpose: str | None = None
    definition: Mapping[str, Any] | None = None
    is_archived: bool | None = None


def create_segment(
    *, name: str, purpose: str, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> Segment:
    """Save a new segment. Raises DefinitionInvalid, PurposeMissing, PurposeIsOff or SegmentTaken."""
    actor.require("segment.manage")
    open_gate(purpose)
    title = _named(name)
    uses = _checked(definition, actor, now, own=None)
    with acting(SYSTEM):
        try:
            with transaction.atomic():
                made = Segment.objects.create(
                    id=new_id(), name=title, purpose=purpose, owner_id=actor.id, created_at=now
                )
        except IntegrityError as error:
            raise SegmentTaken(title) from error
        _define(made, definition, uses, actor, now)
    _tell("segment.create", made, actor, now)
    return made


def change_segment(*, segment_id: UUID, change: Change, actor: Actor, now: datetime) -> Segment:
    """Change a segment; another definition is a new version. Raises as `create_segment`, and SegmentInUse or SegmentNotFound."""
    actor.require("segment.manage")
    with acting(SYSTEM):
        segment = get_segment(segment_id)
        if change.purpose is not None and change.purpose != segment.purpose:
            open_gate(change.purpose)
            segment.purpose, segment.watermark = change.purpose, 0
        if change.name is not None:
            segment.name = _named(change.name)
        if change.is_archived:
            _refuse_if_used(segment)
        segment.is_archived = segment.is_archived if change.is_archived is None else change.is_archived
        try:
            with transaction.atomic():
                segment.save()
        except IntegrityError as error:
            raise SegmentTaken(segment.name) from error
    if change.definition is not None:
        uses = _checked(change.definition, actor, now, own=segment.pk)
        with acting(SYSTEM):
            _define(segment, change.definition, uses, actor, now)
            _define_dependents_anew(segment.pk)
    _tell("segment.archive" if change.is_archived else "segment.change", segment, actor, now)
    return segment


def take_snapshot(
    *, segment_id: UUID, name: str, member_ids: list[UUID], actor: Actor, now: datetime
) -> Snapshot:
    """Give a name to a segment as it is now, with a digest of its members in the order of their ids."""
    actor.require("segment.manage")
    title = _named(name)
    digest = sha256(b"".join(one.bytes for one in sorted(member_ids))).hexdigest()
    with acting(SYSTEM):
        segment = get_segment(segment_id)
        if segment.current is None:
            raise SegmentNotFound
        return Snapshot.objects.create(
            id=new_id(), segment=segment, version=segment.current, name=title, taken_at=now,
            count=len(member_ids), digest=digest, author_id=actor.id,
        )  # fmt: skip


def _define(
    segment: Segment, definition: Mapping[str, Any], uses: set[UUID], actor: Actor, now: datetime
) -> None:
    number = SegmentVersion.objects.filter(segment=segment).count() + 1
    segment.current = SegmentVersion.objects.create(
        segment=segment, number=number, definition=dict(definition), uses=[str(one) for one in uses],
        author_id=actor.id, saved_at=now,
    )  # fmt: skip
    segment.watermark = 0
    segment.save(update_fields=["current", "watermark"])


def _define_dependents_anew(segment_id: UUID) -> None:
    """Have every segment that names this one, by whatever way, evaluated whole."""
    waiting, seen = {str(segment_id)}, set[str]()
    while waiting:
        seen |= waiting
        found = [
            str(one.pk)
            for one in Segment.objects.filter(is_archived=False).select_related("current")
            if one.current is not None and waiting & set(one.current.uses)
        ]
        Segment.objects.filter(pk__in=found).update(watermark=0)
        waiting = set(found) - seen


def _checked(definition: Mapping[str, Any], actor: Actor, now: datetime, own: UUID | None) -> set[UUID]:
    """Return the segments that a definition names, after everything in it was found good."""
    book = book_of(actor)
    found = read(definition, book.kinds)
    uses = check_names(definition, book, own=own)
    Compiler(book.names(), now).condition(found)
    return uses


def _refuse_if_used(segment: Segment) -> None:
    living = Segment.objects.filter(is_archived=False).exclude(pk=segment.pk).select_related("current")
    users = [one.name for one in living if one.current is not None and str(segment.pk) in one.current.uses]
    if users:
        raise SegmentInUse(users)


def _named(name: str) -> str:
    title = name.strip()
    if not title or len(title) > MOST_NAME:
        raise Invalid(Text(f"名称要有 1 到 {MOST_NAME} 个字。", f"A name has 1 to {MOST_NAME} characters."))
    return title


def _tell(action: str, segment: Segment, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="segment", object_id=segment.pk,
        details={"purpose": segment.purpose}, request_id=actor.request_id,
    )  # fmt: skip
