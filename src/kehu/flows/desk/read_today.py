"""The first page: what changed since yesterday and what waits for the reader, each part by the right to work on it.

A part that the reader has no right to is None, which is not the same as nothing to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kehu.analyze.segments.saved.moves import Move, list_moves
from kehu.analyze.segments.sql.happenings import begin_of
from kehu.collect import imports
from kehu.engage.campaigns.operations import KIND, matter_of
from kehu.engage.models.campaigns import Campaign
from kehu.govern.access import approvals
from kehu.govern.access.actors import Actor
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.lately import Lately, count_lately, has_customers
from kehu.relate.tasks.counting import Waiting, count_waiting
from kehu.relate.tasks.work import Shown, list_tasks
from kehu.resolve import reviews

FIRST_TASKS = 5
FAILED_DAYS = 7
DRAWN_DAYS = 7


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A campaign that waits for a decision of the reader."""

    id: UUID
    name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Campaigns:
    """How many campaigns run, and those that wait for the reader; none where he does not approve."""

    running: int
    to_decide: Sequence[ToDecide]


@dataclass(frozen=True, slots=True)
class Today:
    """What the reader is to know and to do. `since` is the begin of yesterday; `is_empty`: the installation knows nobody yet."""

    since: datetime
    is_empty: bool
    waiting: Waiting | None
    tasks: Sequence[Shown]
    customers: Lately | None
    campaigns: Campaigns | None
    failed_imports: Sequence[UUID] | None
    reviews: int | None


def read_today(*, actor: Actor, now: datetime, zone: str) -> Today:
    """Return the first page of a reader."""
    today = now.astimezone(ZoneInfo(zone)).date()
    since = begin_of(today - timedelta(days=1), zone)
    with acting(SYSTEM):
        is_empty = not has_customers()
    works = actor.may("task.work")
    return Today(
        since=since,
        is_empty=is_empty,
        waiting=count_waiting(actor, today=today) if works else None,
        tasks=list_tasks("mine", actor=actor, most=FIRST_TASKS) if works else [],
        customers=count_lately(since) if actor.may("customer.read") else None,
        campaigns=_campaigns(actor) if actor.may("campaign.read") else None,
        failed_imports=imports.list_failed(now - timedelta(days=FAILED_DAYS))
        if actor.may("import.run")
        else None,
        reviews=reviews.count_open() if actor.may("review.decide") else None,
    )


def read_moves(*, actor: Actor, now: datetime, zone: str) -> list[Move]:
    """Return how the segments moved since yesterday, with their sizes of a week. Raises NotAllowed."""
    actor.require("segment.read")
    today = now.astimezone(ZoneInfo(zone)).date()
    ends = [begin_of(today - timedelta(days=back), zone) for back in range(DRAWN_DAYS - 2, -1, -1)]
    return list_moves(actor, since=begin_of(today - timedelta(days=1), zone), ends=[*ends, now])


def _campaigns(actor: Actor) -> Campaigns:
    running = Campaign.objects.filter(state="running").count()
    if not actor.may("campaign.approve"):
        return Campaigns(running, ())
    asked = {one.object_id: one.asked_at for one in approvals.list_open(KIND, for_id=actor.id)}
    drafts = Campaign.objects.select_related("segment", "segment__current").filter(
        pk__in=asked, state="draft"
    )
    waiting = [
        ToDecide(one.pk, one.name, asked[one.pk]) for one in drafts if approvals.is_open(matter_of(one))
    ]
    return Campaigns(running, sorted(waiting, key=lambda one: one.asked_at))
