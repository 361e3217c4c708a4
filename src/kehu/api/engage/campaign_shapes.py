"""How campaigns, their results and the ledger look from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.engage.campaigns import operations, queries
from kehu.engage.campaigns.operations import Draft
from kehu.engage.campaigns.results import Tally
from kehu.engage.channels.accounts import list_accounts
from kehu.engage.models.campaigns import Campaign
from kehu.govern.access import approvals
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name
from kehu.platform.db.rows import uuid_array
from kehu.profile import queries as profiles
from kehu.standardize.numbers.shares import Interval


class VariantIn(Schema):
    """One of the messages that are compared: a version of a template, and its share beside the others."""

    key: str = Field(default="", max_length=16)
    version: UUID
    share: float = Field(default=1, gt=0, le=100)


class CampaignIn(Schema):
    """A campaign as it is written. `account` is the key of a channel; `schedule` and `goal` see the guide."""

    name: str = Field(min_length=1, max_length=100)
    segment_id: UUID
    account: str = Field(max_length=64)
    variants: Annotated[list[VariantIn], Field(min_length=1, max_length=5)]
    schedule: dict[str, Any] = Field(default_factory=dict)
    goal: dict[str, Any] | None = None
    holdout_share: float = Field(default=0, ge=0, le=0.5)
    priority: int = Field(default=50, ge=0, le=100)
    is_service: bool = False
    survey_id: UUID | None = None

    def draft(self) -> Draft:
        """Return it as operations take it."""
        held = self.dict()
        return Draft(
            **{**held, "variants": [{**one, "version": str(one["version"])} for one in held["variants"]]}
        )


class CampaignDecisionIn(Schema):
    """A decision; `approve` false sends the campaign back. The note stands sealed."""

    approve: bool = True
    note: str = Field(default="", max_length=500)


class ApprovalOut(Schema):
    """How the approval stands. `is_valid`: exactly what the campaign is now was approved."""

    state: str
    asker: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    note: str
    is_valid: bool


class CampaignOut(Schema):
    """A campaign in the list. `event` is what sets it off, `survey_id` what it asks; either may be empty."""

    id: UUID
    name: str
    state: str
    segment_id: UUID
    segment_name: str
    purpose: str
    account: str
    account_name: str
    channel: str
    survey_id: UUID | None
    event: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    next_at: datetime | None
    approval: ApprovalOut | None


class CampaignDetails(CampaignOut):
    """A campaign with everything that decides who gets what."""

    variants: list[dict[str, Any]]
    schedule: dict[str, Any]
    goal: dict[str, Any] | None
    holdout_share: float
    priority: int
    is_service: bool
    survey_name: str


class IntervalOut(Schema):
    """A share or a difference of shares, with its bounds at 95 %."""

    value: float
    low: float
    high: float


class SkippedOut(Schema):
    """Why something was not sent, in words, and to how many."""

    reason: str
    text: Label
    count: int


class TallyOut(Schema):
    """What became of one variant; `key` is empty for those held out. `machine` are receipts of machines, never counted."""

    key: str
    drawn: int
    sent: int
    states: dict[str, int]
    reasons: list[SkippedOut]
    receipts: dict[str, int]
    machine: dict[str, int]
    open_rate: IntervalOut | None
    click_rate: IntervalOut | None
    converted: int
    conversion: IntervalOut | None
    uplift: IntervalOut | None


class CampaignResultsOut(Schema):
    """What a campaign did. `is_suspicious`: customers were not divided as planned, so that nothing should be compared."""

    variants: list[TallyOut]
    held: TallyOut
    uplift: IntervalOut | None
    split_chance: float | None
    is_suspicious: bool
    as_of: datetime


class RecipientOut(Schema):
    """Who was sent what, or why not, in words."""

    send_id: UUID
    customer_id: UUID
    name: str
    occurrence: str
    variant: str
    state: str
    reason: str
    reason_text: Label
    attempts: int
    planned_at: datetime
    not_before: datetime
    ended_at: datetime | None
    receipts: list[str]


class RecipientPage(Schema):
    """A page of the ledger."""

    items: list[RecipientOut]
    next_cursor: UUID | None


class ContactOut(Schema):
    """What a customer was sent by a campaign, or why not."""

    campaign_id: UUID
    name: str
    channel: str
    state: str
    reason: str
    reason_text: Label
    planned_at: datetime
    ended_at: datetime | None
    receipts: list[str]


class OutlookIn(Schema):
    """A campaign in figures: to whom, how many variants, the share held out, and the share that does it anyway."""

    segment_id: UUID
    account: str = Field(max_length=64)
    variants: int = Field(default=1, ge=1, le=5)
    holdout_share: float = Field(default=0, ge=0, le=0.5)
    base: float = Field(default=0.03, gt=0, lt=1)


class OutlookOut(Schema):
    """Whom a campaign would reach. `to_compare` and `to_prove`: the shares that would stand out from `base`, between variants and beside those held out."""

    members: int
    allowed: int
    held: int
    each: int
    base: float
    to_compare: float | None
    to_prove: float | None


class CampaignMessage(Schema):
    """One of the messages as a made-up customer would get it; `missing_variable` tells why he would not."""

    key: str
    share: float
    template_name: str
    number: int
    subject: str
    html: str
    missing_variable: str


class SizeOut(Schema):
    """How many each group needs."""

    each: int


def names_of(ids: list[UUID], actor: Actor) -> dict[UUID, str]:
    """Return the names of customers of the open scope, masked where the actor's role wants it."""
    own = profiles.Condition("c.id = ANY(%s::uuid[])", (uuid_array(ids),))
    rows = profiles.list_customers(limit=max(len(ids), 1), cursor=None, sort="name", conditions=[own]).rows
    return {row.id: shown_name(row.name, actor) for row in rows}


def rows(campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Return campaigns as the list shows them."""
    names = {one.key: one.name for one in list_accounts()}
    return [row(one, names) for one in campaigns]


def row(campaign: Campaign, accounts: Mapping[str, str]) -> dict[str, Any]:
    """Return a campaign as the list shows it; `accounts` are the channels' names by key."""
    return {
        "id": campaign.pk, "name": campaign.name, "state": campaign.state, "segment_id": campaign.segment_id,
        "segment_name": campaign.segment.name, "purpose": campaign.segment.purpose, "account": campaign.account,
        "account_name": accounts.get(campaign.account, campaign.account), "channel": campaign.channel,
        "survey_id": campaign.survey_id, "event": str(campaign.schedule.get("event", "")), "created_at": campaign.created_at, "started_at": campaign.started_at,
        "ended_at": campaign.ended_at, "next_at": campaign.next_at, "approval": _approval(campaign),
    }  # fmt: skip


def details(campaign: Campaign) -> dict[str, Any]:
    """Return a campaign with everything that decides who gets what."""
    return {
        **rows([campaign])[0], "variants": campaign.variants, "schedule": campaign.schedule, "goal": campaign.goal,
        "holdout_share": campaign.holdout_share, "priority": campaign.priority, "is_service": campaign.is_service,
        "survey_name": campaign.survey.name if campaign.survey else "",
    }  # fmt: skip


def _approval(campaign: Campaign) -> dict[str, Any] | None:
    found = approvals.latest(operations.KIND, campaign.pk)
    if found is None:
        return None
    people = profiles.get_names("govern_user", [one for one in (found.asker_id, found.decider_id) if one])
    return {
        "state": found.state, "asker": people.get(found.asker_id or 0, ""), "asked_at": found.asked_at,
        "decider": people.get(found.decider_id or 0, ""), "decided_at": found.decided_at,
        "note": approvals.note_of(found), "is_valid": approvals.is_approved(operations.matter_of(campaign)),
    }  # fmt: skip


def tally_out(one: Tally) -> dict[str, Any]:
    """Return what became of one variant."""
    return {
        "key": one.key, "drawn": one.drawn, "sent": one.sent, "states": one.states,
        "reasons": [
            {"reason": reason, "text": queries.told(reason)._asdict(), "count": count}
            for reason, count in sorted(one.reasons.items(), key=lambda entry: -entry[1])
        ],
        "receipts": one.receipts, "machine": one.machine, "open_rate": interval(one.rate("opened")),
        "click_rate": interval(one.rate("clicked")), "converted": one.converted,
        "conversion": interval(one.conversion), "uplift": interval(one.uplift),
    }  # fmt: skip


def interval(one: Interval | None) -> dict[str, float] | None:
    """Return a share with its bounds."""
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}
