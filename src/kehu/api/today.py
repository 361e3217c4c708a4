"""Today: what changed since yesterday and what waits for the reader; and how the segments moved."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from kehu.api.govern.me import current
from kehu.flows.desk.read_today import read_moves, read_today
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name
from kehu.platform.installation.environment import environment
from kehu.relate.tasks.counting import Waiting
from kehu.relate.tasks.work import Shown

router = Router(tags=["today"])


class TaskKind(Schema):
    """How many of the reader's tasks were opened for a reason: survey, staff or offer."""

    reason: str
    count: int


class TodayTask(Schema):
    """A task of the reader's, what is due first first."""

    id: UUID
    title: str
    customer_id: UUID
    customer: str
    reason: str
    state: str
    due_on: date | None


class TodayTasks(Schema):
    """Tasks that are not done: the reader's, those of his unit that nobody has taken, and those of colleagues that are late."""

    own: int
    late: int
    due: int
    soon: int
    unclaimed: int
    others_late: int
    kinds: list[TaskKind]
    first: list[TodayTask]


class TodayCustomers(Schema):
    """Customers first known since `since`, and known ones that changed since."""

    created: int
    changed: int


class CampaignToDecide(Schema):
    """A campaign that waits for a decision of the reader."""

    id: UUID
    name: str
    asked_at: datetime


class TodayCampaigns(Schema):
    """How many campaigns run, and those that wait for the reader's decision."""

    running: int
    to_decide: list[CampaignToDecide]


class TodayImports(Schema):
    """How many imports of the last days did not finish, and the latest of them."""

    failed: int
    latest_id: UUID | None


class TodayOut(Schema):
    """What the reader is to know and to do. A part to which he has no right is null. `is_empty`: nobody is known yet."""

    since: datetime
    as_of: datetime
    is_empty: bool
    tasks: TodayTasks | None
    customers: TodayCustomers | None
    campaigns: TodayCampaigns | None
    imports: TodayImports | None
    reviews: int | None


class SegmentMove(Schema):
    """How many of the reader's scope are in, came and went since yesterday; `sizes` are of the ends of the last days."""

    id: UUID
    name: str
    count: int
    entered: int
    left: int
    sizes: list[int]
    is_new: bool


@router.get("", response=TodayOut, operation_id="get_today")
def get_today(request: HttpRequest) -> dict[str, Any]:
    """Return what changed since yesterday and what waits, each part by the reader's rights."""
    actor, now = current(request), timezone.now()
    found = read_today(actor=actor, now=now, zone=environment().time_zone)
    failed = found.failed_imports
    return {
        "since": found.since, "as_of": now, "is_empty": found.is_empty, "reviews": found.reviews,
        "tasks": _tasks(found.waiting, found.tasks, actor) if found.waiting else None,
        "customers": asdict(found.customers) if found.customers else None,
        "campaigns": asdict(found.campaigns) if found.campaigns else None,
        "imports": None if failed is None else {"failed": len(failed), "latest_id": failed[0] if failed else None},
    }  # fmt: skip


@router.get("/segments", response=list[SegmentMove], operation_id="list_segment_moves")
def list_segment_moves(request: HttpRequest) -> list[dict[str, Any]]:
    """Return how the segments that the reader may open moved since yesterday, the most moved first."""
    actor = current(request)
    actor.require("segment.read")
    moves = read_moves(actor=actor, now=timezone.now(), zone=environment().time_zone)
    return [asdict(one) for one in moves]


def _tasks(waiting: Waiting, first: Sequence[Shown], actor: Actor) -> dict[str, Any]:
    held = asdict(waiting)
    kinds = held.pop("kinds")
    return {
        **held,
        "kinds": [{"reason": reason, "count": count} for reason, count in sorted(kinds.items())],
        "first": [
            {
                "id": one.id, "title": one.title, "customer_id": one.customer_id,
                "customer": shown_name(one.customer, actor), "reason": one.reason, "state": one.state,
                "due_on": one.due_on,
            }
            for one in first
        ],
    }  # fmt: skip
