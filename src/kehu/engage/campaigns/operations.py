"""What people do with campaigns: write, have approved, start, pause, stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.queries import open_segment
from kehu.engage.campaigns import ledger
from kehu.engage.campaigns.asking import survey_of
from kehu.engage.campaigns.terms import (
    CampaignInvalid,
    Variant,
    next_time,
    read_goal,
    read_schedule,
    read_variants,
)
from kehu.engage.channels.accounts import list_accounts
from kehu.engage.models.campaigns import Campaign
from kehu.engage.models.templates import TemplateVersion
from kehu.govern import audit
from kehu.govern.access import approvals
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.db.transactions import horizon
from kehu.platform.errors import Conflict, NotFound
from kehu.platform.ids import new_id
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

KIND = "campaign"
MOST_NAME = 100
FIXED = ("running", "paused", "stopped", "finished")


class CampaignNotFound(NotFound):
    """No campaign has this id."""

    code = "campaign_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个营销活动。", "There is no such campaign."))


class CampaignFixed(Conflict):
    """It has been started: what was approved and is being sent does not change."""

    code = "campaign_fixed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "活动已经开始，内容不能再改。复制一个新的再改。",
                "The campaign has started and is fixed. Copy it to change it.",
            )
        )


class CampaignNotApproved(Conflict):
    """What is to be started is not what was approved."""

    code = "campaign_not_approved"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "还没有审批通过，或者通过之后又改了内容。请先送审。",
                "It is not approved, or was changed since. Submit it for approval first.",
            )
        )


class CampaignStateWrong(Conflict):
    """This cannot be done in the campaign's state."""

    code = "campaign_state_wrong"

    def __init__(self, state: str) -> None:
        super().__init__(
            Text(
                f"活动现在的状态是“{state}”，不能这样操作。",
                f"The campaign is “{state}”; this cannot be done now.",
            )
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What a campaign consists of, as it was written."""

    name: str
    segment_id: UUID
    account: str
    variants: Sequence[Mapping[str, Any]]
    schedule: Mapping[str, Any]
    goal: Mapping[str, Any] | None = None
    holdout_share: float = 0.0
    priority: int = 50
    is_service: bool = False
    survey_id: UUID | None = None


def create_campaign(draft: Draft, *, actor: Actor, now: datetime) -> Campaign:
    """Save a draft. Raises CampaignInvalid, SegmentNotFound, or what the purpose's gate raises for the channel."""
    actor.require("campaign.manage")
    known = _checked(draft, actor)
    with acting(SYSTEM):
        made = Campaign.objects.create(
            id=new_id(), seed=new_id().hex, author_id=actor.id, created_at=now, state="draft", **known
        )
    _tell("campaign.create", made, actor, now)
    return made


def change_campaign(campaign_id: UUID, draft: Draft, *, actor: Actor, now: datetime) -> Campaign:
    """Change a draft; what was approved before is no longer. Raises CampaignFixed, and as `create_campaign`."""
    actor.require("campaign.manage")
    known = _checked(draft, actor)
    with acting(SYSTEM):
        campaign = get_campaign(campaign_id, is_locked=True)
        if campaign.state in FIXED:
            raise CampaignFixed
        for key, value in known.items():
            setattr(campaign, key, value)
        campaign.save()
    _tell("campaign.change", campaign, actor, now)
    return campaign


def submit(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Ask for approval of a campaign as it is. Raises CampaignFixed."""
    actor.require("campaign.manage")
    with acting(SYSTEM):
        campaign = get_campaign(campaign_id, is_locked=True)
        if campaign.state in FIXED:
            raise CampaignFixed
        approvals.ask(matter_of(campaign), asker_id=actor.id, now=now)
    _tell("campaign.submit", campaign, actor, now)
    return campaign


def decide(campaign_id: UUID, *, approves: bool, note: str, actor: Actor, now: datetime) -> Campaign:
    """Approve a campaign or send it back. A draft that nobody has submitted counts as asked for by its author.

    Raises ApprovalNotOpen or NotByYourself.
    """
    actor.require("campaign.approve")
    with acting(SYSTEM):
        campaign = get_campaign(campaign_id, is_locked=True)
        if campaign.state == "draft" and not approvals.is_open(matter_of(campaign)):
            approvals.ask(matter_of(campaign), asker_id=campaign.author_id, now=now)
        approvals.decide(matter_of(campaign), approves=approves, note=note, actor=actor, now=now)
    return campaign


def start(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Start an approved campaign, or go on with one that was paused. Raises CampaignNotApproved or CampaignStateWrong."""
    actor.require("campaign.manage")
    with acting(SYSTEM):
        campaign = get_campaign(campaign_id, is_locked=True)
        if campaign.state == "paused":
            campaign.state = "running"
        elif campaign.state == "draft":
            if not approvals.is_approved(matter_of(campaign)):
                raise CampaignNotApproved
            open_gate(campaign.segment.purpose, campaign.channel)
            schedule = read_schedule(campaign.schedule, environment().time_zone)
            campaign.state, campaign.started_at = "running", now
            campaign.watermark = horizon() if schedule.kind == "on_event" else 0
            first = next_time(schedule, now, environment().time_zone)
            campaign.next_at = (schedule.at or now) if schedule.kind == "once" else first
        else:
            raise CampaignStateWrong(campaign.state)
        campaign.save()
    _tell("campaign.start", campaign, actor, now)
    return campaign


def pause(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Pause a campaign: nothing more is claimed from now on. Raises CampaignStateWrong."""
    actor.require("campaign.manage")
    return _halt(campaign_id, "paused", actor, now)


def stop(campaign_id: UUID, *, actor: Actor, now: datetime) -> Campaign:
    """Stop a campaign for good: what still waits is never sent. Raises CampaignStateWrong."""
    actor.require("campaign.manage")
    return _halt(campaign_id, "stopped", actor, now)


def get_campaign(campaign_id: UUID, *, is_locked: bool = False) -> Campaign:
    """Return a campaign with its segment. Raises CampaignNotFound."""
    rows = Campaign.objects.select_related("segment", "segment__current", "survey")
    found = (rows.select_for_update(of=("self",)) if is_locked else rows).filter(pk=campaign_id).first()
    if found is None:
        raise CampaignNotFound
    return found


def matter_of(campaign: Campaign) -> approvals.Matter:
    """Return what is approved: everything that decides who gets what, to the version of the segment."""
    segment = campaign.segment
    held = {
        "segment": str(segment.pk), "version": segment.current.number if segment.current else 0,
        "purpose": segment.purpose, "account": campaign.account, "variants": campaign.variants,
        "schedule": campaign.schedule, "goal": campaign.goal, "holdout_share": campaign.holdout_share,
        "priority": campaign.priority, "is_service": campaign.is_service, "name": campaign.name,
    }  # fmt: skip
    if campaign.survey_id is not None:
        held["survey"] = str(campaign.survey_id)
    return approvals.Matter(KIND, campaign.pk, sha256(msgspec.json.encode(held, order="sorted")).hexdigest())


def _halt(campaign_id: UUID, state: str, actor: Actor, now: datetime) -> Campaign:
    with acting(SYSTEM):
        campaign = get_campaign(campaign_id, is_locked=True)
        if campaign.state not in ("running", "paused") or campaign.state == state:
            raise CampaignStateWrong(campaign.state)
        campaign.state = state
        if state == "stopped":
            campaign.ended_at = now
            ledger.stop(campaign.pk, reason="stopped", now=now)
        campaign.save()
    _tell(f"campaign.{'pause' if state == 'paused' else 'stop'}", campaign, actor, now)
    return campaign


def _checked(draft: Draft, actor: Actor) -> dict[str, Any]:
    """Return the columns of a draft after everything in it was found good."""
    name = draft.name.strip()
    if not name or len(name) > MOST_NAME:
        raise CampaignInvalid(
            "name", Text(f"要有 1 到 {MOST_NAME} 个字。", f"This has 1 to {MOST_NAME} characters.")
        )
    if not 0 <= draft.holdout_share <= 0.5:  # noqa: PLR2004 (a half)
        raise CampaignInvalid("holdout_share", Text("对照组是 0 到 0.5。", "The hold-out is 0 to 0.5."))
    segment: Segment = open_segment(draft.segment_id, actor)
    account = next((one for one in list_accounts() if one.key == draft.account and one.is_active), None)
    if account is None:
        raise CampaignInvalid(
            "account",
            Text("没有这个渠道，或者已停用。", "There is no such channel, or it is out of use."),
        )
    open_gate(segment.purpose, account.kind)
    variants = read_variants(draft.variants)
    _check_messages(variants, segment.purpose, account.kind)
    read_schedule(draft.schedule, environment().time_zone)
    read_goal(draft.goal)
    survey_of(draft.survey_id, variants)
    return {
        "name": name, "segment": segment, "account": account.key, "channel": account.kind,
        "variants": [{"key": v.key, "version": str(v.version_id), "share": round(v.share, 6)} for v in variants],
        "schedule": dict(draft.schedule), "goal": dict(draft.goal) if draft.goal else None,
        "holdout_share": draft.holdout_share, "priority": draft.priority, "is_service": draft.is_service,
        "survey_id": draft.survey_id,
    }  # fmt: skip


def _check_messages(variants: Sequence[Variant], purpose: str, channel: str) -> None:
    """Pass where every message was written for this purpose and this kind of channel."""
    wanted = {one.version_id for one in variants}
    versions = TemplateVersion.objects.select_related("template").in_bulk(list(wanted))
    for place, one in enumerate(variants):
        path = f"variants[{place}].version"
        version = versions.get(one.version_id)
        if version is None:
            raise CampaignInvalid(path, Text("没有这个模板版本。", "There is no such version of a template."))
        if version.template.purpose != purpose or version.template.channel != channel:
            raise CampaignInvalid(
                path,
                Text(
                    "这个模板是为别的目的或渠道写的，和客群的目的不一致。",
                    "This template was written for another purpose or channel than the segment's.",
                ),
            )


def _tell(action: str, campaign: Campaign, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind=KIND, object_id=campaign.pk,
        details={"segment": str(campaign.segment_id), "channel": campaign.channel}, request_id=actor.request_id,
    )  # fmt: skip
