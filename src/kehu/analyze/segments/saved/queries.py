"""Reading segments: who is or was in, within the reader's scope and what the purpose still allows."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from kehu.analyze.models.segments import Segment, SegmentVersion
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book, book_of, get_segment
from kehu.analyze.segments.tree import Definition
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.govern.purposes.ledger import PurposeIsOff
from kehu.govern.purposes.operations import PurposeNotFound
from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import NotAllowed, Unavailable
from kehu.platform.text import Text

# Stays are by the id of their time: two that lead to one living customer are one member.
_HELD = """
FROM analyze_membership m JOIN resolve_cluster k ON k.id = m.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
WHERE {which} AND c.is_identified AND {gate}
"""
_MEMBERS = f"{_HELD} AND m.entered_at <= %(at)s AND (m.left_at IS NULL OR m.left_at > %(at)s)"
_STAYS = """
SELECT s.id, s.name, s.is_archived, m.entered_at, m.left_at, s.purpose FROM analyze_membership m JOIN analyze_segment s ON s.id = m.segment_id
JOIN resolve_cluster k ON k.id = m.customer_id
WHERE coalesce(k.living_id, k.id) = %s ORDER BY m.entered_at DESC, m.id DESC LIMIT %s
"""
MOST_STAYS = 200


class SegmentClosed(NotAllowed):
    """A definition asks about fields that are hidden from the reader: who is in would tell him what they hold."""

    code = "segment_closed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这个客群用到了您不能查看的字段，所以不能打开。需要时请找数据管理员。",
                "This segment asks about fields that are hidden from you, so that it cannot be opened. Ask a data steward if you need it.",
            )
        )


class SegmentNotReady(Unavailable):
    """The members are being found for the first time, or anew."""

    code = "segment_not_ready"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "客群成员正在计算，稍后再看。",
                "The members of this segment are being found; look again in a while.",
            )
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A customer who is in, and since when."""

    customer_id: UUID
    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Members:
    """A page of members in the order of their ids; `count` is told with the first page only."""

    items: tuple[Member, ...]
    next_cursor: UUID | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A customer's stay in a segment."""

    segment_id: UUID
    name: str
    is_archived: bool
    entered_at: datetime
    left_at: datetime | None


def list_segments(*, wants_archived: bool = False) -> list[Segment]:
    """Return the segments, the latest first."""
    found = Segment.objects.select_related("current").order_by("-created_at", "-pk")
    return list(found if wants_archived else found.filter(is_archived=False))


def open_segment(segment_id: UUID, actor: Actor) -> Segment:
    """Return a segment whose definition the actor may read. Raises SegmentNotFound or SegmentClosed."""
    segment = get_segment(segment_id)
    if segment.current is not None and definition_of(segment.current, book_of(actor)) is None:
        raise SegmentClosed
    return segment


def definition_of(version: SegmentVersion, book: Book) -> Definition | None:
    """Return what a version defines; None where it, or a segment that it names, asks about what the book does not hold."""
    try:
        found = read(version.definition, book.kinds)
        for used in version.uses:
            book.definition(UUID(used))
    except DefinitionInvalid:
        return None
    return found


def list_members(segment: Segment, *, at: datetime, after: UUID | None, limit: int) -> Members:
    """Return who was in at a moment, of those whom scope shows and the purpose may take now. Raises SegmentNotReady or PurposeIsOff."""
    rows = _rows(segment, at, "AND c.id > %(after)s" if after else "", after, limit + 1)
    items = tuple(Member(*row) for row in rows[:limit])
    following = items[-1].customer_id if len(rows) > limit else None
    return Members(items, following, count_members(segment, at=at) if after is None else None)


def list_member_ids(segment: Segment, *, at: datetime) -> list[UUID]:
    """Return the ids of all members of the scope at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT c.id {_from(segment)}", {"segment": segment.pk, "at": at})
        return [row[0] for row in cursor.fetchall()]


def count_members(segment: Segment, *, at: datetime) -> int:
    """Return how many members of the scope there were at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT c.id) {_from(segment)}", {"segment": segment.pk, "at": at})
        return int(cursor.fetchone()[0])


def count_each(segments: Sequence[Segment], *, at: datetime) -> dict[UUID, int]:
    """Return how many members of the scope each segment has; one that is not ready, or whose purpose is off, is left out."""
    found: dict[UUID, int] = {}
    ready = [one for one in segments if one.refreshed_at is not None]
    for purpose, gate in _gates({one.purpose for one in ready}).items():
        ids = [one.pk for one in ready if one.purpose == purpose]
        own = _MEMBERS.format(which="m.segment_id = ANY(%(ids)s::uuid[])", gate=gate.condition("c"))
        query = f"SELECT m.segment_id, count(DISTINCT c.id) {own} GROUP BY m.segment_id"
        with connection.cursor() as cursor:
            cursor.execute(query, {"ids": uuid_array(ids), "at": at})
            found |= dict.fromkeys(ids, 0) | dict(cursor.fetchall())
    return found


def stays_among(
    segment: Segment, customer_ids: Iterable[UUID]
) -> dict[UUID, list[tuple[datetime, datetime | None]]]:
    """Return from when until when each of these living customers of the scope was in; who never was is left out.

    Raises SegmentNotReady or PurposeIsOff.
    """
    held = _HELD.format(
        which="m.segment_id = %(segment)s AND c.id = ANY(%(ids)s::uuid[])", gate=_gate(segment)
    )
    found: dict[UUID, list[tuple[datetime, datetime | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id, m.entered_at, m.left_at {held}",
            {"segment": segment.pk, "ids": uuid_array(customer_ids)},
        )
        for customer, entered_at, left_at in cursor.fetchall():
            found.setdefault(customer, []).append((entered_at, left_at))
    return found


def list_stays(customer_id: UUID) -> list[Stay]:
    """Return in which segments a living customer of the scope is and was, of those whose purpose may take him now, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, [customer_id, MOST_STAYS])
        rows = cursor.fetchall()
    allowed = _purposes_of(customer_id, {row[-1] for row in rows})
    return [Stay(*row[:-1]) for row in rows if row[-1] in allowed]


def readable(segment_ids: Iterable[UUID], actor: Actor) -> set[UUID]:
    """Return the segments whose definition an actor may read, and so learn who is in them."""
    book = book_of(actor)
    found = Segment.objects.filter(pk__in=set(segment_ids)).select_related("current")
    return {one.pk for one in found if one.current is None or definition_of(one.current, book) is not None}


def _gates(purposes: Iterable[str]) -> dict[str, Gate]:
    """Return the gates of purposes, without those that are off."""
    found = {}
    for purpose in purposes:
        with suppress(PurposeIsOff, PurposeNotFound):
            found[purpose] = open_gate(purpose)
    return found


def _purposes_of(customer_id: UUID, purposes: set[str]) -> set[str]:
    gates = _gates(purposes)
    if not gates:
        return set()
    columns = ", ".join(gate.condition("c") for gate in gates.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM profile_customer c WHERE c.id = %s", [customer_id])
        row = cursor.fetchone() or ()
    return {purpose for purpose, is_allowed in zip(gates, row, strict=False) if is_allowed}


def _from(segment: Segment) -> str:
    return _MEMBERS.format(which="m.segment_id = %(segment)s", gate=_gate(segment))


def _gate(segment: Segment) -> str:
    if segment.refreshed_at is None:
        raise SegmentNotReady
    return open_gate(segment.purpose).condition("c")


def _rows(
    segment: Segment, at: datetime, behind: str, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, datetime, datetime | None]]:
    query = (
        f"SELECT c.id, min(m.entered_at), CASE WHEN bool_or(m.left_at IS NULL) THEN NULL ELSE max(m.left_at) END "
        f"{_from(segment)} {behind} GROUP BY c.id ORDER BY c.id LIMIT %(limit)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"segment": segment.pk, "at": at, "after": after, "limit": limit})
        return cast("Sequence[tuple[UUID, datetime, datetime | None]]", cursor.fetchall())
