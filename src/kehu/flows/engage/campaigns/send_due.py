"""The sender: plans campaigns whose time has come, sends what is due, and ends when nothing is due soon.

It runs in a process of its own, started when there is something to do, and killed without harm at any instant.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from kehu.analyze.models.segments import Membership
from kehu.engage.campaigns import ledger, planning
from kehu.engage.campaigns.journal import Journal
from kehu.engage.campaigns.ledger import Planned
from kehu.engage.campaigns.planning import Draw
from kehu.engage.campaigns.sending import Sender, Turn
from kehu.engage.campaigns.terms import Schedule, next_time, read_schedule, read_variants
from kehu.engage.models.campaigns import Campaign, Send
from kehu.flows.engage.campaigns.due import is_due, plannable
from kehu.govern.access.actors import load_actor
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.db import locks
from kehu.platform.db.transactions import horizon
from kehu.platform.errors import KehuError
from kehu.platform.installation.environment import environment
from kehu.platform.scope import NOBODY, SYSTEM, acting

_LEASE = UUID("6b656875-0000-4000-8000-73656e640001")
PAUSE_SECONDS = 0.5
log = logging.getLogger(__name__)


def send_due(*, clock: Callable[[], datetime] = timezone.now, stays: bool = True) -> Turn:
    """Plan and send until nothing is due soon; without `stays` until nothing is due now. Returns what was done in all.

    Where another process is at it, nothing is done.
    """
    total = Turn()
    with acting(SYSTEM), locks.held(_LEASE) as is_held:
        if not is_held:
            return total
        sender = Sender(Journal(), clock)
        try:
            sender.recover()
            _go_on(sender, total, clock, stays=stays)
        finally:
            sender.close()
    return total


def plan_due(*, now: datetime) -> int:
    """Write the rows of every campaign whose time has come. Returns how many."""
    with acting(SYSTEM), transaction.atomic():
        waiting = list(plannable(now).values_list("pk", flat=True))
    return sum(_plan(campaign_id, now) for campaign_id in waiting)


def _go_on(sender: Sender, total: Turn, clock: Callable[[], datetime], *, stays: bool) -> None:
    while True:
        locks.require(_LEASE)
        plan_due(now=clock())
        done = sender.turn()
        for key in ("taken", "accepted", "skipped", "put_off", "unknown"):
            setattr(total, key, getattr(total, key) + getattr(done, key))
        if done.taken:
            continue
        _finish(clock())
        if not stays or not is_due(now=clock()):
            return
        time.sleep(PAUSE_SECONDS)


def _plan(campaign_id: UUID, now: datetime) -> int:
    zone = environment().time_zone
    with acting(SYSTEM), transaction.atomic():
        campaign = (
            Campaign.objects.select_for_update(of=("self",)).select_related("segment").get(pk=campaign_id)
        )
        if campaign.state != "running":
            return 0
        schedule = read_schedule(campaign.schedule, zone)
        try:
            gate = open_gate(campaign.segment.purpose, campaign.channel)
        except KehuError as error:
            log.warning(
                "a campaign cannot be planned", extra={"campaign": str(campaign.pk), "fault": error.code}
            )
            return 0
        until = horizon() if schedule.kind == "on_event" else _last_entry(campaign)
        author = load_actor(campaign.author_id) if campaign.author_id else None
        with acting(author.scope if author else NOBODY):
            rows = _rows(campaign, schedule, gate, now)
        count = ledger.plan(campaign.pk, rows, step=0, now=now)
        campaign.watermark, campaign.next_at = until, next_time(schedule, now, zone)
        campaign.save(update_fields=["watermark", "next_at"])
    return count


def _last_entry(campaign: Campaign) -> int:
    """Return the number of the last entry into the segment: entries into one segment are written one after another."""
    return Membership.objects.filter(segment_id=campaign.segment_id).aggregate(last=Max("pk"))["last"] or 0


def _rows(campaign: Campaign, schedule: Schedule, gate: Gate, now: datetime) -> list[Planned]:
    draw = Draw(campaign.holdout_share, read_variants(campaign.variants))
    begun = campaign.started_at or now
    if schedule.kind == "on_entry":
        return planning.entered(campaign, gate, since=begun, draw=draw)
    if schedule.kind == "on_event":
        return planning.happened(campaign, gate, schedule=schedule, since=begun, draw=draw)
    occurrence = "once" if schedule.kind == "once" else f"{campaign.next_at:%Y-%m-%d}"
    return planning.members(campaign, gate, occurrence=occurrence, draw=draw)


def _finish(now: datetime) -> None:
    """Close campaigns that go out once and have nothing left to send."""
    with acting(SYSTEM), transaction.atomic():
        left = Send.objects.filter(campaign_id=OuterRef("pk"), state__in=("planned", "claimed"))
        done = Campaign.objects.filter(state="running", schedule__kind="once", next_at=None).filter(
            ~Exists(left)
        )
        done.update(state="finished", ended_at=now)
