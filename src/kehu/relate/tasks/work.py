"""Tasks as people work them: found by whose they are, taken, noted, done. Only tasks of customers within the open scope."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import uuid_array
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.relate.models.tasks import TASK_STATES, Task
from kehu.relate.tasks.opening import PLACE

Whose = Literal["mine", "unit", "all"]
PAGE = 200
MOST_LETTERS = 2_000
_LIST = """
SELECT t.id, c.id, c.name, t.unit_id, u.name, t.owner_id, o.name, t.state, t.reason, t.due_on, t.created_at, t.done_at, t.sealed
FROM relate_task t JOIN resolve_cluster k ON k.id = t.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
JOIN govern_unit u ON u.id = t.unit_id LEFT JOIN govern_user o ON o.id = t.owner_id
WHERE {where} ORDER BY t.state = 'done', CASE WHEN t.state = 'done' THEN t.done_at END DESC, t.due_on NULLS LAST, t.id
LIMIT %(limit)s
"""
_WHOSE = {
    "mine": "t.owner_id = %(actor)s",
    "unit": "(t.unit_id = %(unit)s OR t.owner_id = %(actor)s)",
    "all": "true",
}


class TaskNotFound(NotFound):
    """No such task within the open scope."""

    code = "task_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text("没有这条待办，或者不在您的可见范围。", "There is no such task within what you can see.")
        )


class TaskIsDone(Conflict):
    """The task is done; what was done stays as it was written."""

    code = "task_is_done"


@dataclass(frozen=True, slots=True)
class Shown:
    """A task, opened. `notes` are `{at, author, text}`, the oldest first."""

    id: UUID
    customer_id: UUID
    customer: str
    unit_id: int
    unit: str
    owner_id: int | None
    owner: str | None
    state: str
    reason: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None
    title: str
    notes: list[dict[str, Any]]
    outcome: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a person does to a task; what is None stays. `note` is added to those that are there."""

    state: str | None = None
    note: str = ""
    outcome: str | None = None
    is_taken: bool = False
    due_on: date | None = None


def list_tasks(whose: Whose, *, actor: Actor, is_done: bool = False, most: int = PAGE) -> list[Shown]:
    """Return the actor's tasks, those of his unit, or all that he may see; what is due first comes first."""
    where = f"{_WHOSE[whose]} AND (t.state = 'done') = %(done)s"
    return _fetch(where, {"actor": actor.id, "unit": actor.unit_id, "done": is_done, "limit": most})


def list_tasks_of(customer_ids: Collection[UUID]) -> list[Shown]:
    """Return the tasks opened under these ids of one customer, open ones first."""
    return _fetch("t.customer_id = ANY(%(ids)s::uuid[])", {"ids": uuid_array(customer_ids), "limit": PAGE})


def get_task(task_id: UUID) -> Shown:
    """Return one task. Raises TaskNotFound."""
    found = _fetch("t.id = %(id)s", {"id": task_id, "limit": 1})
    if not found:
        raise TaskNotFound
    return found[0]


def work_on(*, task_id: UUID, change: Change, actor: Actor, now: datetime) -> Shown:
    """Take, note, move or finish a task of the actor's scope. Raises TaskNotFound, TaskIsDone or Invalid."""
    actor.require("task.work")
    seen = get_task(task_id)
    _check(change, seen)
    with acting(SYSTEM):
        task = Task.objects.select_for_update().get(pk=task_id)
        if task.state == "done":
            raise TaskIsDone(Text("这条待办已经完成。", "This task is done already."))
        key = get_data_keys([task_id])[task_id]
        held = unseal(key, bytes(task.sealed), PLACE, task_id)
        if change.note.strip():
            note = {"at": now.isoformat(), "author": actor.name, "text": change.note.strip()}
            held["notes"] = [*held["notes"], note]
        if change.outcome is not None:
            held["outcome"] = change.outcome.strip()
        task.sealed = seal(keyring().suite, key, held, PLACE, task_id)
        task.state = change.state or task.state
        task.due_on = change.due_on or task.due_on
        if change.is_taken or task.owner_id is None:
            task.owner_id = actor.id
        if task.state == "done":
            task.done_at, task.done_by_id = now, actor.id
        task.updated_at = now
        task.save()
    audit.record(
        action="task.done" if change.state == "done" else "task.change", actor_id=actor.id, now=now, object_kind="task",
        object_id=task_id, details={"state": change.state, "is_taken": change.is_taken}, request_id=actor.request_id,
    )  # fmt: skip
    return get_task(task_id)


def _check(change: Change, seen: Shown) -> None:
    if change.state is not None and change.state not in TASK_STATES:
        raise Invalid(
            Text(f"状态只有：{'、'.join(TASK_STATES)}。", f"A state is one of: {', '.join(TASK_STATES)}.")
        )
    if change.state == "done" and not (change.outcome or seen.outcome).strip():
        raise Invalid(Text("写一句结果再完成。", "Write a word about the outcome before finishing."))
    if max(len(change.note), len(change.outcome or "")) > MOST_LETTERS:
        raise Invalid(Text(f"最多 {MOST_LETTERS} 个字。", f"{MOST_LETTERS} characters at most."))


def _fetch(where: str, values: dict[str, Any]) -> list[Shown]:
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(where=where), values)
        rows = cursor.fetchall()
    keys = get_data_keys([row[0] for row in rows])
    found = []
    for row in rows:
        held = unseal(keys[row[0]], bytes(row[12]), PLACE, row[0]) if row[0] in keys else {}
        found.append(
            Shown(*(*row[:12], held.get("title", ""), held.get("notes", []), held.get("outcome", "")))
        )
    return found
