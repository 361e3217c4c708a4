"""Keeping lists: made of what somebody pasted, given more or other members in a new version, renamed, put away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, connection, transaction

from kehu.analyze.models.lists import CustomerList, ListVersion
from kehu.analyze.segments.lists.matching import Matched, match
from kehu.analyze.segments.lists.queries import get_list
from kehu.analyze.segments.saved.users import UsedBySegments, refuse_if_used
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

MOST_NAME = 100
Mode = Literal["replace", "add"]
_ADD = """
INSERT INTO analyze_list_member (list_id, record_id, added_in)
SELECT %(list)s, r.id, %(number)s FROM unnest(%(records)s::uuid[]) AS w(id) JOIN collect_record r ON r.id = w.id
ON CONFLICT (list_id, record_id) WHERE ended_in IS NULL DO NOTHING
"""
_END = """
UPDATE analyze_list_member SET ended_in = %(number)s WHERE list_id = %(list)s AND ended_in IS NULL
  AND NOT record_id = ANY(%(records)s::uuid[])
"""


class ListTaken(Conflict):
    """A living list has this name."""

    code = "list_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"已有名为“{name}”的名单，换一个名称。",
                f"A list is called “{name}” already; choose another name.",
            )
        )


class ListInUse(UsedBySegments):
    """Segments name this list."""

    code = "list_in_use"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What somebody pasted, and by what kind of number it is to be matched."""

    by: str
    values: Iterable[str]


def create_list(*, name: str, pasted: Pasted, actor: Actor, now: datetime) -> CustomerList:
    """Match values within the open scope and keep whom they lead to. Raises ListTaken, ListTooLong or Invalid."""
    actor.require("segment.manage")
    title = _named(name)
    found = match(pasted.values, by=pasted.by, actor=actor)
    with acting(SYSTEM):
        try:
            with transaction.atomic():
                made = CustomerList.objects.create(name=title, owner_id=actor.id, created_at=now)
        except IntegrityError as error:
            raise ListTaken(title) from error
        _write(made, found, pasted.by, "replace", actor, now)
    _tell("list.create", made, actor, now, found, pasted.by)
    return made


def change_list(*, list_id: int, pasted: Pasted, mode: Mode, actor: Actor, now: datetime) -> CustomerList:
    """Make a new version of a list: with other members, or with more. Raises ListNotFound and as `create_list`."""
    actor.require("segment.manage")
    found = match(pasted.values, by=pasted.by, actor=actor)
    with acting(SYSTEM):
        changed = get_list(list_id, for_update=True)
        changed.version += 1
        changed.save(update_fields=["version"])
        _write(changed, found, pasted.by, mode, actor, now)
    _tell("list.change", changed, actor, now, found, pasted.by)
    return changed


def keep_list(
    *, list_id: int, name: str | None, is_archived: bool | None, actor: Actor, now: datetime
) -> CustomerList:
    """Rename a list, put it away or take it up again. Raises ListNotFound, ListTaken or ListInUse."""
    actor.require("segment.manage")
    with acting(SYSTEM):
        kept = get_list(list_id, for_update=True)
        kept.name = kept.name if name is None else _named(name)
        if is_archived:
            refuse_if_used("list", kept.pk, ListInUse)
        kept.is_archived = kept.is_archived if is_archived is None else is_archived
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError as error:
            raise ListTaken(kept.name) from error
    audit.record(
        action="list.archive" if is_archived else "list.change", actor_id=actor.id, now=now, object_kind="list",
        object_id=kept.pk, request_id=actor.request_id,
    )  # fmt: skip
    return kept


def _write(kept: CustomerList, found: Matched, by: str, mode: Mode, actor: Actor, now: datetime) -> None:
    ListVersion.objects.create(
        list=kept, number=kept.version, by=by, mode=mode, given=found.given, matched=found.matched, shared=found.shared,
        unmatched=found.unmatched, doubled=found.doubled, refused=found.refused, customers=found.customers,
        author_id=actor.id, made_at=now,
    )  # fmt: skip
    values: dict[str, Any] = {"list": kept.pk, "number": kept.version, "records": uuid_array(found.records)}
    with connection.cursor() as cursor:
        if mode == "replace":
            cursor.execute(_END, values)
        cursor.execute(_ADD, values)


def _named(name: str) -> str:
    title = name.strip()
    if not title or len(title) > MOST_NAME:
        raise Invalid(Text(f"名称要有 1 到 {MOST_NAME} 个字。", f"A name has 1 to {MOST_NAME} characters."))
    return title


def _tell(action: str, kept: CustomerList, actor: Actor, now: datetime, found: Matched, by: str) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="list", object_id=kept.pk, row_count=found.customers,
        details={"by": by, "version": kept.version, "given": found.given, "matched": found.matched},
        request_id=actor.request_id,
    )  # fmt: skip
