"""Who must not be sent to: listed masked, added, removed, exchanged as digests. Addresses come in bodies, never in addresses."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import CSV
from kehu.api.govern.me import current
from kehu.engage.channels import suppression_list

router = Router(tags=["suppressions"])
Channel = Literal["email", "webhook"]


class SuppressionOut(Schema):
    """An entry; the address is masked."""

    id: UUID
    channel: str
    address: str
    reason: str
    created_at: datetime


class SuppressionPage(Schema):
    """The latest entries, or those that were asked for, and how many there are in all."""

    items: list[SuppressionOut]
    total: int


class SuppressionSearch(Schema):
    """Whose entry to find; empty for the latest."""

    address: str = Field(default="", max_length=320)


class SuppressionIn(Schema):
    """An address to put on the list, and why."""

    channel: Channel = "email"
    address: str = Field(min_length=3, max_length=320)
    reason: str = Field(min_length=1, max_length=500)


class SuppressionRemoval(Schema):
    """Why an entry is taken off."""

    reason: str = Field(min_length=1, max_length=500)


class SuppressionList(Schema):
    """A list to take in: a SHA-256 of an address in small letters, or an address, a line."""

    channel: Channel = "email"
    text: str = Field(max_length=7_500_000)


class SuppressionsAdded(Schema):
    """How many were new."""

    added: int


@router.post("/search", response=SuppressionPage, operation_id="list_suppressions")
def post_search(request: HttpRequest, body: SuppressionSearch) -> Any:
    """Return the latest entries, or those of one address."""
    actor = current(request)
    actor.require("channel.manage")
    return suppression_list.list_suppressions(actor=actor, address=body.address)


@router.post("", response={204: None}, operation_id="add_suppression")
def post_suppression(request: HttpRequest, body: SuppressionIn) -> Status[None]:
    """Put an address on the list."""
    actor = current(request)
    actor.require("channel.manage")
    suppression_list.add_suppression(
        channel=body.channel, address=body.address, reason=body.reason, actor=actor, now=timezone.now()
    )
    return Status(204, None)


@router.post("/{suppression_id}/remove", response={204: None}, operation_id="remove_suppression")
def post_removal(request: HttpRequest, suppression_id: UUID, body: SuppressionRemoval) -> Status[None]:
    """Take an entry off the list, with a reason."""
    actor = current(request)
    actor.require("channel.manage")
    suppression_list.remove_suppression(
        entry_id=suppression_id, reason=body.reason, actor=actor, now=timezone.now()
    )
    return Status(204, None)


@router.post("/import", response=SuppressionsAdded, operation_id="import_suppressions")
def post_import(request: HttpRequest, body: SuppressionList) -> dict[str, int]:
    """Take a list in."""
    actor = current(request)
    actor.require("channel.manage")
    added = suppression_list.import_suppressions(
        channel=body.channel, text=body.text, actor=actor, now=timezone.now()
    )
    return {"added": added}


@router.post(
    "/export", operation_id="export_suppressions", response={200: Any}, openapi_extra={"responses": CSV}
)
def post_export(request: HttpRequest) -> HttpResponse:
    """Return the e-mail list as a CSV of digests, without any address."""
    actor = current(request)
    actor.require("channel.manage")
    content = suppression_list.export_suppressions(channel="email", actor=actor, now=timezone.now())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="suppressions.csv"'
    return response
