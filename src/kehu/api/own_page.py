"""A person's own page, opened by a signed link without sign-in. The link comes in the body; nothing is changed by reading."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.flows.consent.consent_link import change_own, read_page
from kehu.flows.consent.read_consents import Held
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.terms import CHANNELS, NOTICE_SLOTS

router = Router(tags=["own page"])

Token = Field(min_length=1, max_length=200)


class LinkIn(Schema):
    """The link's own part, as it stands behind `#`."""

    token: str = Token


class OwnChannel(Schema):
    """One channel of a purpose."""

    channel: str
    name: Label
    may_use: bool


class OwnPurpose(Schema):
    """A purpose, the notice in force, and what holds for this person."""

    purpose: str
    name: Label
    version: int
    needs_consent: bool
    is_automated: bool
    notice: dict[str, str]
    may_use: bool
    state: str
    said_at: datetime | None
    channels: list[OwnChannel]


class OwnPageOut(Schema):
    """Everything on the page. The name is masked, for whoever holds the link may not be the person."""

    name: str
    purposes: list[OwnPurpose]
    notice_slots: dict[str, Label]
    is_automation_objected: bool


class OwnChange(LinkIn):
    """What the person says. Without a purpose it is about automated decisions."""

    purpose: str = Field(default="", max_length=64)
    state: Literal["given", "refused", "withdrawn", "objected", "lifted"]
    channel: str = Field(default="", max_length=32)


def _purpose(one: Held) -> dict[str, Any]:
    purpose, version = one.purpose, one.version
    return {
        "purpose": purpose.key, "name": {"zh": purpose.name_zh, "en": purpose.name_en}, "version": version.version,
        "needs_consent": version.legal_basis == "consent", "is_automated": version.is_automated,
        "notice": version.notice, "may_use": one.may_use, "state": one.state, "said_at": one.said_at,
        "channels": [
            {"channel": c.channel, "name": CHANNELS[c.channel]._asdict(), "may_use": c.may_use} for c in one.channels
        ],
    }  # fmt: skip


@router.post("", response=OwnPageOut, auth=None, operation_id="read_own_page")
def post_page(request: HttpRequest, body: LinkIn) -> dict[str, Any]:
    """Return what the holder of a link has said, and what he may say."""
    del request
    page = read_page(token=body.token, now=timezone.now())
    return {
        "name": page.name,
        "purposes": [_purpose(one) for one in page.consents.purposes],
        "notice_slots": {key: label._asdict() for key, label in NOTICE_SLOTS.items()},
        "is_automation_objected": page.consents.is_automation_objected,
    }


@router.post("/change", response={204: None}, auth=None, operation_id="change_own_consent")
def post_change(request: HttpRequest, body: OwnChange) -> Status[None]:
    """Write what the holder of a link says. It holds at once."""
    said = Said(state=body.state, channel=body.channel)
    change_own(
        token=body.token, purpose=body.purpose, said=said, request_id=getattr(request, "request_id", ""),
        now=timezone.now(),
    )  # fmt: skip
    return Status(204, None)
