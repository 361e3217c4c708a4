"""What campaigns did: results, who was sent what or why not, what one customer was sent, and how many a comparison needs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema

from kehu.api.edge.schemas import Label
from kehu.api.engage import campaign_shapes as shapes
from kehu.api.engage.campaigns import router
from kehu.api.govern.me import current
from kehu.engage.campaigns import operations, queries
from kehu.engage.campaigns.messages import list_messages as list_campaign_messages
from kehu.engage.campaigns.outlook import Outlook, look_ahead
from kehu.engage.campaigns.results import results
from kehu.engage.governor.answers import Standing, may_contact
from kehu.engage.governor.deciding import Later, No, Yes
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.terms import CHANNELS
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.standardize.numbers.shares import needed


class StandingOut(Schema):
    """Whether a customer may be written to now for a purpose by a channel: `state` is `yes`, `no` or `later` (not before `at`)."""

    purpose: Label
    channel: Label
    state: str
    reason: str
    reason_text: Label
    at: datetime | None


@router.get("/sample-size", response=shapes.SizeOut, operation_id="get_campaign_sample_size")
def get_size(
    request: HttpRequest,
    base: Annotated[float, Query(ge=0.0001, le=0.99)] = 0.05,
    lift: Annotated[float, Query(ge=0.0001, le=0.99)] = 0.01,
) -> dict[str, int]:
    """Return how many customers each group needs to show a rise from `base` by `lift` (5 %, power 80 %)."""
    current(request).require("campaign.read")
    if base + lift >= 1:
        raise Invalid(Text("基准加提升要小于 1。", "The base and the rise together stay below 1."))
    return {"each": needed(base, lift)}


@router.post("/outlook", response=shapes.OutlookOut, operation_id="get_campaign_outlook")
def post_outlook(request: HttpRequest, body: shapes.OutlookIn) -> Outlook:
    """Return how many of the reader's scope a campaign would reach, and how small a difference so many could show."""
    actor = current(request)
    actor.require("campaign.read")
    return look_ahead(**body.dict(), actor=actor)


@router.get(
    "/{campaign_id}/messages", response=list[shapes.CampaignMessage], operation_id="list_campaign_messages"
)
def list_messages(request: HttpRequest, campaign_id: UUID) -> list[dict[str, Any]]:
    """Return what a campaign says, as a made-up customer would get it: who approves it reads it first."""
    current(request).require("campaign.read")
    return [
        {
            "key": one.variant.key, "share": one.variant.share, "template_name": one.template_name,
            "number": one.number, "subject": one.seen.content.subject if one.seen.content else "",
            "html": one.seen.content.html if one.seen.content else "", "missing_variable": one.seen.missing,
        }
        for one in list_campaign_messages(operations.get_campaign(campaign_id))
    ]  # fmt: skip


@router.get("/of/{customer_id}", response=list[shapes.ContactOut], operation_id="list_contacts_of_customer")
def list_contacts(request: HttpRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """Return what a customer was sent, or why not, the latest first."""
    current(request).require("customer.read")
    living = get_dossier(customer_id, fields=registry()).id
    return [
        {
            "campaign_id": one.campaign_id, "name": one.name, "channel": one.channel, "state": one.state,
            "reason": one.reason, "reason_text": queries.told(one.reason)._asdict(),
            "planned_at": one.planned_at, "ended_at": one.ended_at, "receipts": list(one.receipts),
        }
        for one in queries.list_contacts(living)
    ]  # fmt: skip


@router.get("/of/{customer_id}/standing", response=list[StandingOut], operation_id="get_contact_standing")
def get_standing(request: HttpRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """Return whether a customer may be written to now, for each purpose and channel, and why not."""
    current(request).require("customer.read")
    living = get_dossier(customer_id, fields=registry()).id
    return [_standing(one) for one in may_contact(living, now=timezone.now())]


@router.get("/{campaign_id}/results", response=shapes.CampaignResultsOut, operation_id="get_campaign_results")
def get_results(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Return what the campaign did to the customers of the reader's scope."""
    current(request).require("campaign.read")
    found = results(operations.get_campaign(campaign_id), now=timezone.now())
    return {
        "variants": [shapes.tally_out(one) for one in found.variants], "held": shapes.tally_out(found.held),
        "uplift": shapes.interval(found.uplift), "split_chance": found.split_chance,
        "is_suspicious": found.is_suspicious, "as_of": found.as_of,
    }  # fmt: skip


@router.get(
    "/{campaign_id}/recipients", response=shapes.RecipientPage, operation_id="list_campaign_recipients"
)
def list_recipients(
    request: HttpRequest,
    campaign_id: UUID,
    *,
    state: Annotated[str, Query(max_length=16)] = "",
    reason: Annotated[str, Query(max_length=64)] = "",
    heard: Annotated[str, Query(max_length=16)] = "",
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> dict[str, Any]:
    """Return the customers of the reader's scope with what each was sent, or why not."""
    actor = current(request)
    actor.require("campaign.read")
    campaign = operations.get_campaign(campaign_id)
    rows, following = queries.list_recipients(
        campaign.pk, after=cursor, limit=limit, narrowed=queries.Narrowed(state, reason, heard)
    )
    names = shapes.names_of([row.customer_id for row in rows], actor)
    items = [
        {
            "send_id": row.send_id, "customer_id": row.customer_id, "name": names.get(row.customer_id, ""),
            "occurrence": row.occurrence, "variant": row.variant, "state": row.state, "reason": row.reason,
            "reason_text": queries.told(row.reason)._asdict(), "attempts": row.attempts,
            "planned_at": row.planned_at, "not_before": row.not_before, "ended_at": row.ended_at,
            "receipts": list(row.receipts),
        }
        for row in rows
    ]  # fmt: skip
    return {"items": items, "next_cursor": following}


def _standing(one: Standing) -> dict[str, Any]:
    """Return whether a customer may be written to, without his address."""
    answer = one.answer
    state = {Yes: "yes", No: "no", Later: "later"}[type(answer)]
    reason = "" if isinstance(answer, Yes) else answer.reason
    return {
        "purpose": {"zh": one.purpose.name_zh, "en": one.purpose.name_en},
        "channel": CHANNELS[one.channel]._asdict(), "state": state, "reason": reason,
        "reason_text": queries.told(reason)._asdict(), "at": answer.at if isinstance(answer, Later) else None,
    }  # fmt: skip
