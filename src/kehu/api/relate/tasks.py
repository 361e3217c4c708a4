"""Tasks: what is to be done for customers, whose it is, and what came of it."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.govern.me import current
from kehu.flows.desk.plan_task import plan_task
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier
from kehu.relate.tasks import work
from kehu.relate.tasks.work import Change, Shown
from kehu.resolve.forwarding import list_retired

router = Router(tags=["tasks"])


class TaskNote(Schema):
    """What somebody wrote on the way."""

    at: datetime
    author: str
    text: str


class TaskOut(Schema):
    """A task. Without an owner it waits for anybody of its unit; `reason` says what opened it: survey or staff."""

    id: UUID
    customer_id: UUID
    customer: str
    unit: str
    owner_id: int | None
    owner: str | None
    state: str
    reason: str
    title: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None
    notes: list[TaskNote]
    outcome: str


class TaskIn(Schema):
    """Something to do for a customer, by whoever writes it."""

    customer_id: UUID
    title: str = Field(min_length=1, max_length=200)
    due_on: date | None = None


class TaskChange(Schema):
    """What is done to a task. `outcome` is needed to finish it; `take` makes it the caller's."""

    state: Literal["open", "doing", "done"] | None = None
    note: str = Field(default="", max_length=2000)
    outcome: str | None = Field(default=None, max_length=2000)
    take: bool = False
    due_on: date | None = None


def _out(task: Shown, actor: Actor) -> dict[str, Any]:
    return {**asdict(task), "customer": shown_name(task.customer, actor)}


@router.get("", response=list[TaskOut], operation_id="list_tasks")
def list_tasks(
    request: HttpRequest,
    whose: Literal["mine", "unit", "all"] = "mine",
    state: Literal["open", "done"] = "open",
    customer_id: UUID | None = None,
) -> list[dict[str, Any]]:
    """Return tasks of customers within the reader's scope, what is due first; 200 at most. Of one customer: all of his."""
    actor = current(request)
    actor.require("task.work")
    if customer_id is None:
        return [_out(one, actor) for one in work.list_tasks(whose, actor=actor, is_done=state == "done")]
    living = get_dossier(customer_id, fields=registry()).id
    ids = [living, *(one.gone for one in list_retired([living])[living])]
    return [_out(one, actor) for one in work.list_tasks_of(ids)]


@router.post("", response={201: TaskOut}, operation_id="create_task")
def create_task(request: HttpRequest, body: TaskIn) -> Status[dict[str, Any]]:
    """Write a task of one's own for a customer."""
    actor = current(request)
    made = plan_task(
        customer_id=body.customer_id, title=body.title, due_on=body.due_on, actor=actor, now=timezone.now()
    )
    return Status(201, _out(work.get_task(made), actor))


@router.patch("/{task_id}", response=TaskOut, operation_id="update_task")
def update_task(request: HttpRequest, task_id: UUID, body: TaskChange) -> dict[str, Any]:
    """Take, note, move or finish a task."""
    actor = current(request)
    change = Change(body.state, body.note, body.outcome, body.take, body.due_on)
    return _out(work.work_on(task_id=task_id, change=change, actor=actor, now=timezone.now()), actor)
