"""Tags at the desk: which there are, and putting them on customers of one's scope or taking them off."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.analyze.segments.saved.users import UsedBySegments, refuse_if_used
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import CustomerNotFound
from kehu.profile.models import Tag
from kehu.profile.queries import visible
from kehu.profile.ties import tags

MOST_CUSTOMERS = 500


class TagInUse(UsedBySegments):
    """Segments name this tag."""

    code = "tag_in_use"


def create_tag(*, name: str, meaning: str, actor: Actor, now: datetime) -> Tag:
    """Make a tag. Raises TagTaken or Invalid."""
    actor.require("tag.manage")
    with acting(SYSTEM):
        made = tags.write_tag(Tag(name=name, meaning=meaning, author_id=actor.id, created_at=now))
    _tell_tag("tag.create", made, actor, now)
    return made


def change_tag(*, tag_id: int, changes: dict[str, Any], actor: Actor, now: datetime) -> Tag:
    """Change the name or the meaning of a tag, put it away (`is_archived`) or take it up again, with whom it was on.

    Raises TagNotFound, TagTaken, TagInUse or Invalid.
    """
    actor.require("tag.manage")
    with acting(SYSTEM):
        tag = tags.get_tag(tag_id, for_update=True)
        if changes.get("is_archived"):
            refuse_if_used("tag", tag_id, TagInUse)
        for key, value in changes.items():
            setattr(tag, key, value)
        tags.write_tag(tag)
    _tell_tag("tag.archive" if changes.get("is_archived") else "tag.change", tag, actor, now)
    return tag


def put_on(*, tag_id: int, customers: Collection[UUID], actor: Actor, now: datetime) -> int:
    """Put a tag on customers. Returns how many had it not. Raises TagNotFound, or CustomerNotFound for one out of scope."""
    actor.require("customer.tag")
    ids = _chosen(tag_id, customers)
    with acting(SYSTEM):
        changed = tags.put_on(ids, tag_id, author_id=actor.id, now=now)
    _tell("customer.tag", tag_id, ids, changed, actor, now)
    return changed


def take_off(*, tag_id: int, customers: Collection[UUID], actor: Actor, now: datetime) -> int:
    """Take a tag off customers. Returns how many had it. Raises TagNotFound, or CustomerNotFound for one out of scope."""
    actor.require("customer.tag")
    ids = _chosen(tag_id, customers)
    with acting(SYSTEM):
        changed = tags.take_off(ids, tag_id, author_id=actor.id, now=now)
    _tell("customer.untag", tag_id, ids, changed, actor, now)
    return changed


def _chosen(tag_id: int, customers: Collection[UUID]) -> list[UUID]:
    if tags.get_tag(tag_id).is_archived:
        raise tags.TagNotFound
    ids = sorted(set(customers))
    if not ids or len(ids) > MOST_CUSTOMERS:
        raise Invalid(
            Text(
                f"一次选 1 到 {MOST_CUSTOMERS} 位客户。",
                f"Choose 1 to {MOST_CUSTOMERS} customers at a time.",
            )
        )
    if visible(ids) != set(ids):
        raise CustomerNotFound
    return ids


def _tell(action: str, tag_id: int, ids: list[UUID], changed: int, actor: Actor, now: datetime) -> None:
    """Tell it of the customer, or of many at once of the tag."""
    one = ids[0] if len(ids) == 1 else None
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="customer" if one else "tag", object_id=one or tag_id,
        row_count=changed, details={"tag": tag_id}, request_id=actor.request_id,
    )  # fmt: skip


def _tell_tag(action: str, tag: Tag, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="tag", object_id=tag.pk, details={"name": tag.name},
        request_id=actor.request_id,
    )  # fmt: skip
