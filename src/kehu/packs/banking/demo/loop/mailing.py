"""A campaign that has ended: sent to the demo mailbox on the last working day, read, clicked, left, and followed by purchases."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from kehu.analyze.models.segments import Segment
from kehu.engage.campaigns import operations
from kehu.engage.campaigns.operations import Draft
from kehu.engage.channels import tokens
from kehu.engage.channels.machines import Visit
from kehu.engage.channels.tracking import record_click, record_open
from kehu.engage.governor.hours import is_working_day
from kehu.engage.models.campaigns import Campaign, Send
from kehu.engage.models.templates import TemplateVersion
from kehu.engage.templates.blocks.shipped import starters
from kehu.engage.templates.operations import Written, add_version, create_template
from kehu.flows.engage.campaigns.send_due import send_due
from kehu.flows.engage.channels.leave import leave
from kehu.flows.engage.channels.mail_sink import sinking
from kehu.packs.banking.demo.channels import KEY, mailbox_port
from kehu.packs.banking.demo.people import actor_of
from kehu.packs.banking.segments import SAVERS
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting

NAME = "稳健理财首购推荐"
SUBJECTS = ("{{ customer.name }}，一万元起的稳健理财", "利率走低，您的存款可以多赚一点")
OPENS, CLICKS, LEAVES = {"A": 0.34, "B": 0.27}, 0.3, 0.04
BUYS, BUYS_ANYWAY = 0.3, 0.05
_READER = Visit(
    "GET", "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Mobile MicroMessenger/8.0.49"
)


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many were sent to, opened, clicked and left; `buyers` bought within the days after."""

    sent: int
    opened: int
    clicked: int
    left: int
    buyers: tuple[UUID, ...]


def make_campaign(*, marketer: str, approver: str, seed: int, now: datetime) -> Mailed | None:
    """Send the campaign and let it be answered; nothing where it is there already, or the mailbox's port is taken."""
    with acting(SYSTEM), transaction.atomic():
        if Campaign.objects.filter(name=NAME).exists():
            return None
    with sinking(mailbox_port()) as listens:
        if not listens:
            return None
        campaign_id = _start(marketer, approver, _sent_on(now))
        send_due(clock=_clock(_sent_on(now)), stays=False)
    return _answered(campaign_id, random.Random(seed), now)  # noqa: S311 (a demo, drawn the same each time)


def _sent_on(now: datetime) -> datetime:
    """Return half past ten of the last working day before today: nobody is written to at night."""
    zone = ZoneInfo(environment().time_zone)
    day = now.astimezone(zone).date() - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(10, 30), zone)


def _clock(begun: datetime) -> Callable[[], datetime]:
    from time import monotonic

    start = monotonic()
    return lambda: begun + timedelta(seconds=monotonic() - start)


def _start(marketer: str, approver: str, now: datetime) -> UUID:
    with acting(SYSTEM), transaction.atomic():
        author, other = actor_of(marketer), actor_of(approver)
        segment = Segment.objects.get(name=SAVERS)
    with acting(author.scope), transaction.atomic():
        offer = next(one for one in starters("zh") if one.key == "offer")
        first, second = (
            Written(subject, "zh", missing=offer.missing, blocks=offer.blocks) for subject in SUBJECTS
        )
        template = create_template(
            name=NAME, purpose="wealth_marketing", written=first, actor=author, now=now
        )
        add_version(template_id=template.pk, written=second, actor=author, now=now)
        versions = TemplateVersion.objects.filter(template=template).order_by("number")
        draft = Draft(
            name=NAME, segment_id=segment.pk, account=KEY, variants=[{"version": str(one.pk)} for one in versions],
            schedule={"kind": "once"}, goal={"event": "购买理财", "days": 14}, holdout_share=0.15,
        )  # fmt: skip
        campaign = operations.create_campaign(draft, actor=author, now=now)
        operations.submit(campaign.pk, actor=author, now=now)
    with acting(other.scope), transaction.atomic():
        operations.decide(campaign.pk, approves=True, note="内容与目的相符，同意发送。", actor=other, now=now)
    with acting(author.scope), transaction.atomic():
        operations.start(campaign.pk, actor=author, now=now)
    return campaign.pk


def _answered(campaign_id: UUID, dice: random.Random, now: datetime) -> Mailed:
    with acting(SYSTEM), transaction.atomic():
        rows = list(Send.objects.filter(campaign_id=campaign_id).order_by("customer_id"))
    opened = clicked = left = 0
    buyers: list[UUID] = []
    for row in rows:
        if row.customer_id is None:
            continue
        if row.state == "held":
            buyers += [row.customer_id] * (dice.random() < BUYS_ANYWAY)
        if row.state != "accepted" or dice.random() >= OPENS.get(row.variant, 0.0):
            buyers += [row.customer_id] * (row.state == "accepted" and dice.random() < BUYS_ANYWAY)
            continue
        record_open(tokens.sign("open", row.pk), visit=_READER, now=now)
        opened += 1
        if dice.random() < CLICKS:
            record_click(tokens.sign("click", row.pk), 0, visit=_READER, now=now)
            clicked += 1
        if dice.random() < LEAVES:
            with transaction.atomic():
                leave(token=tokens.sign("leave", row.pk), request_id="", now=now)
            left += 1
        buyers += [row.customer_id] * (dice.random() < BUYS)
    return Mailed(sum(row.state == "accepted" for row in rows), opened, clicked, left, tuple(buyers))
