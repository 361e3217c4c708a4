"""Tags: words that people put on customers and take off again. Which there are is decided by who may make them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text
from kehu.profile.lists.paging import Condition, Finder
from kehu.profile.models import Tag
from kehu.profile.ties.hanging import first_records

MOST_NAME, MOST_MEANING = 20, 200
_SIZES = """
SELECT m.tag_id, count(DISTINCT c.id) FROM profile_tagged m
JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
JOIN profile_customer c ON c.id = l.cluster_id AND c.is_identified
WHERE m.ended_at IS NULL AND m.tag_id = ANY(%s) GROUP BY m.tag_id
"""
_OF = """
SELECT m.tag_id, t.name, t.meaning, min(m.given_at), (array_agg(m.author_id ORDER BY m.given_at))[1]
FROM resolve_link l JOIN profile_tagged m ON m.record_id = l.record_id JOIN profile_tag t ON t.id = m.tag_id
WHERE l.cluster_id = %(id)s AND l.ended_at IS NULL AND NOT t.is_archived
  AND m.given_at <= coalesce(%(at)s::timestamptz, 'infinity') AND (m.ended_at IS NULL OR m.ended_at > %(at)s::timestamptz)
GROUP BY m.tag_id, t.name, t.meaning ORDER BY 4, 1
"""
_EVER = """
SELECT t.name, m.given_at, m.ended_at FROM resolve_link l JOIN profile_tagged m ON m.record_id = l.record_id
JOIN profile_tag t ON t.id = m.tag_id WHERE l.cluster_id = %s AND l.ended_at IS NULL ORDER BY m.given_at, t.name
"""
_OF_EACH = """
SELECT DISTINCT l.cluster_id, t.name FROM resolve_link l JOIN profile_tagged m ON m.record_id = l.record_id
JOIN profile_tag t ON t.id = m.tag_id
WHERE l.cluster_id = ANY(%s::uuid[]) AND l.ended_at IS NULL AND m.ended_at IS NULL AND NOT t.is_archived ORDER BY 1, 2
"""
_HAS = """
EXISTS (SELECT 1 FROM resolve_link l JOIN profile_tagged m ON m.record_id = l.record_id
WHERE l.cluster_id = c.id AND l.ended_at IS NULL AND m.ended_at IS NULL AND m.tag_id = ANY(%s) OFFSET 0)
"""
_WITH = """
profile_tagged m JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
WHERE m.ended_at IS NULL AND m.tag_id = ANY(%s)
"""
_WEARERS = """
SELECT DISTINCT l.cluster_id FROM profile_tagged m JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
WHERE m.tag_id = %s AND m.ended_at IS NULL AND l.cluster_id = ANY(%s::uuid[])
"""
_PUT = """
INSERT INTO profile_tagged (tag_id, record_id, author_id, given_at)
SELECT %s, w.id, %s, %s FROM unnest(%s::uuid[]) AS w(id) ON CONFLICT (tag_id, record_id) WHERE ended_at IS NULL DO NOTHING
"""
_TAKE = """
UPDATE profile_tagged m SET ended_at = %(now)s, ended_by_id = %(author)s FROM resolve_link l
WHERE l.record_id = m.record_id AND l.ended_at IS NULL AND l.cluster_id = ANY(%(ids)s::uuid[])
  AND m.tag_id = %(tag)s AND m.ended_at IS NULL RETURNING l.cluster_id
"""


class TagNotFound(NotFound):
    """No tag has this id."""

    code = "tag_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个标签。", "There is no such tag."))


class TagTaken(Conflict):
    """A living tag has this name."""

    code = "tag_taken"

    def __init__(self, name: str) -> None:
        super().__init__(Text(f"已有标签“{name}”。", f"There is a tag “{name}” already."))


@dataclass(frozen=True, slots=True)
class Worn:
    """A tag of a customer, since when, and who put it on."""

    tag_id: int
    name: str
    meaning: str
    given_at: datetime
    author_id: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """From when until when a customer had a tag."""

    name: str
    given_at: datetime
    ended_at: datetime | None


def list_tags(*, wants_archived: bool = False) -> list[Tag]:
    """Return the tags by name."""
    found = Tag.objects.order_by("is_archived", "name", "pk")
    return list(found if wants_archived else found.filter(is_archived=False))


def get_tag(tag_id: int, *, for_update: bool = False) -> Tag:
    """Return a tag. Raises TagNotFound."""
    rows = Tag.objects.select_for_update() if for_update else Tag.objects
    found = rows.filter(pk=tag_id).first()
    if found is None:
        raise TagNotFound
    return found


def count_each(tag_ids: Collection[int]) -> dict[int, int]:
    """Return how many customers of the open scope have each tag now."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [list(tag_ids)])
        return dict.fromkeys(tag_ids, 0) | dict(cursor.fetchall())


def tags_of(customer_id: UUID, *, at: datetime | None = None) -> list[Worn]:
    """Return the tags of a customer of the open scope, now or as they were at a time, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, {"id": customer_id, "at": at})
        return [Worn(*row) for row in cursor.fetchall()]


def names_of_each(customers: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the names of the tags of customers of the open scope; who has none is left out."""
    found: dict[UUID, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_EACH, [uuid_array(customers)])
        for customer, name in cursor.fetchall():
            found.setdefault(customer, []).append(name)
    return found


def tagged_with(tag_ids: Collection[int]) -> Condition:
    """Return the condition of a list of having one of these tags."""
    ids = list(tag_ids)
    return Condition(_HAS, (ids,), Finder("l.cluster_id", _WITH, (ids,)))


def tags_ever(customer_id: UUID) -> list[Stay]:
    """Return every tag that a customer has or had."""
    with connection.cursor() as cursor:
        cursor.execute(_EVER, [customer_id])
        return [Stay(*row) for row in cursor.fetchall()]


def write_tag(tag: Tag) -> Tag:
    """Save a tag, new or changed. Raises TagTaken or Invalid."""
    tag.name, tag.meaning = tag.name.strip(), tag.meaning.strip()
    if not tag.name or len(tag.name) > MOST_NAME or len(tag.meaning) > MOST_MEANING:
        raise Invalid(
            Text(
                f"标签要有 1 到 {MOST_NAME} 个字，说明最多 {MOST_MEANING} 个字。",
                f"A tag has 1 to {MOST_NAME} characters, its meaning at most {MOST_MEANING}.",
            )
        )
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError as error:
        raise TagTaken(tag.name) from error
    return tag


def put_on(customers: Collection[UUID], tag_id: int, *, author_id: int, now: datetime) -> int:
    """Put a tag on living customers. Returns how many had it not."""
    with connection.cursor() as cursor:
        cursor.execute(_WEARERS, [tag_id, uuid_array(customers)])
        wearers = {row[0] for row in cursor.fetchall()}
        records = first_records([one for one in customers if one not in wearers])
        cursor.execute(_PUT, [tag_id, author_id, now, uuid_array(records.values())])
    return len(records)


def take_off(customers: Collection[UUID], tag_id: int, *, author_id: int, now: datetime) -> int:
    """Take a tag off living customers. Returns how many had it."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"now": now, "author": author_id, "ids": uuid_array(customers), "tag": tag_id})
        return len({row[0] for row in cursor.fetchall()})
