"""Campaigns: written, approved, started, paused, stopped."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from kehu.api.engage import campaign_shapes as shapes
from kehu.api.govern.me import current
from kehu.engage.campaigns import operations, queries

router = Router(tags=["campaigns"])


def literal_paths_first() -> None:
    """Have `/sample-size` asked before `/{campaign_id}`, in whichever order the modules were imported."""
    router.path_operations = dict(sorted(router.path_operations.items(), key=lambda entry: "{" in entry[0]))


@router.get("", response=list[shapes.CampaignOut], operation_id="list_campaigns")
def list_campaigns(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the campaigns, the latest first."""
    current(request).require("campaign.read")
    return shapes.rows(queries.list_campaigns())


@router.post("", response={201: shapes.CampaignDetails}, operation_id="create_campaign")
def post_campaign(request: HttpRequest, body: shapes.CampaignIn) -> Status[dict[str, Any]]:
    """Save a draft; nothing is sent before it is approved and started."""
    made = operations.create_campaign(body.draft(), actor=current(request), now=timezone.now())
    return Status(201, shapes.details(made))


@router.get("/{campaign_id}", response=shapes.CampaignDetails, operation_id="get_campaign")
def get_campaign(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Return one campaign."""
    current(request).require("campaign.read")
    return shapes.details(operations.get_campaign(campaign_id))


@router.put("/{campaign_id}", response=shapes.CampaignDetails, operation_id="update_campaign")
def put_campaign(request: HttpRequest, campaign_id: UUID, body: shapes.CampaignIn) -> dict[str, Any]:
    """Change a draft; an approval that it had no longer holds."""
    changed = operations.change_campaign(
        campaign_id, body.draft(), actor=current(request), now=timezone.now()
    )
    return shapes.details(changed)


@router.post("/{campaign_id}/submit", response=shapes.CampaignDetails, operation_id="submit_campaign")
def post_submit(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Ask for approval of the campaign as it is."""
    return shapes.details(operations.submit(campaign_id, actor=current(request), now=timezone.now()))


@router.post("/{campaign_id}/approve", response=shapes.CampaignDetails, operation_id="approve_campaign")
def post_approve(
    request: HttpRequest, campaign_id: UUID, body: shapes.CampaignDecisionIn | None = None
) -> dict[str, Any]:
    """Approve the campaign as it is, or send it back. Who submitted it cannot."""
    said = body or shapes.CampaignDecisionIn()
    done = operations.decide(
        campaign_id, approves=said.approve, note=said.note, actor=current(request), now=timezone.now()
    )
    return shapes.details(done)


@router.post("/{campaign_id}/start", response=shapes.CampaignDetails, operation_id="start_campaign")
def post_start(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Start an approved campaign, or go on with a paused one."""
    return shapes.details(operations.start(campaign_id, actor=current(request), now=timezone.now()))


@router.post("/{campaign_id}/pause", response=shapes.CampaignDetails, operation_id="pause_campaign")
def post_pause(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Pause at once: what is not under way is not sent."""
    return shapes.details(operations.pause(campaign_id, actor=current(request), now=timezone.now()))


@router.post("/{campaign_id}/stop", response=shapes.CampaignDetails, operation_id="stop_campaign")
def post_stop(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Stop for good: what waits is never sent."""
    return shapes.details(operations.stop(campaign_id, actor=current(request), now=timezone.now()))
