"""What a customer has said: consent by purpose and channel, and his objection to automated decisions."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from kehu.api.customers.router import router
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.flows.consent.change_consent import change_consent
from kehu.flows.consent.consent_link import make_link
from kehu.flows.consent.read_consents import Consents, Held, read_consents
from kehu.govern.purposes.ledger import Entry, Said


class ChannelState(Schema):
    """Whether a customer may be reached by one channel for one purpose, and the word that decides."""

    channel: str
    may_use: bool
    state: str
    said_at: datetime | None


class HeldOut(Schema):
    """What holds for one purpose. `state` is not_asked where nothing was said, outdated where other terms were agreed to."""

    purpose: str
    name: Label
    version: int
    legal_basis: str
    is_automated: bool
    may_use: bool
    state: str
    said_at: datetime | None
    channels: list[ChannelState]


class EntryOut(Schema):
    """An entry of the ledger. `purpose` is empty for automated decisions; `evidence` is shown to who records consent.

    A void entry came with an import that was taken back: it stays, and counts for nothing.
    """

    id: UUID
    purpose: str
    name: Label | None
    version: int
    channel: str
    state: str
    source: str
    evidence: str | None
    author: str
    notice_hash: str
    is_void: bool
    said_at: datetime
    recorded_at: datetime
    valid_until: datetime | None


class ConsentsOut(Schema):
    """All that a customer has said."""

    purposes: list[HeldOut]
    automation: str
    automation_said_at: datetime | None
    entries: list[EntryOut]


class ConsentIn(Schema):
    """What the customer said to a purpose. Without a channel it is about all of them; `said_at` is now where it is left out."""

    purpose: str = Field(min_length=1, max_length=64)
    state: Literal["given", "refused", "withdrawn"]
    channel: str = Field(default="", max_length=32)
    evidence: str = Field(default="", max_length=2_000)
    said_at: datetime | None = None
    valid_until: datetime | None = None


class ObjectionIn(Schema):
    """Whether the customer objects to automated decisions (PIPL 24)."""

    state: Literal["objected", "lifted"]
    evidence: str = Field(default="", max_length=2_000)
    said_at: datetime | None = None


class LinkOut(Schema):
    """A link to the customer's own page: `path` goes behind the address of this installation."""

    path: str
    ends_at: datetime


class ConsentMade(Schema):
    """The new entry of the ledger."""

    id: UUID


def _held(one: Held) -> dict[str, Any]:
    purpose, version = one.purpose, one.version
    return {
        "purpose": purpose.key, "name": {"zh": purpose.name_zh, "en": purpose.name_en}, "version": version.version,
        "legal_basis": version.legal_basis, "is_automated": version.is_automated, "may_use": one.may_use,
        "state": one.state, "said_at": one.said_at,
        "channels": [
            {"channel": c.channel, "may_use": c.may_use, "state": c.state, "said_at": c.said_at} for c in one.channels
        ],
    }  # fmt: skip


def _entry(entry: Entry, found: Consents, *, shows_evidence: bool) -> dict[str, Any]:
    word = entry.word
    purpose = found.names.get(word.purpose_id)
    return {
        "id": word.id, "purpose": purpose.key if purpose else "", "version": word.version, "channel": word.channel,
        "name": {"zh": purpose.name_zh, "en": purpose.name_en} if purpose else None,
        "state": word.state, "source": entry.source, "evidence": entry.evidence if shows_evidence else None,
        "author": entry.author, "notice_hash": entry.notice_hash, "said_at": word.said_at,
        "recorded_at": word.recorded_at, "valid_until": word.valid_until, "is_void": entry.is_void,
    }  # fmt: skip


@router.get("/{customer_id}/consents", response=ConsentsOut, operation_id="get_customer_consents")
def get_consents(request: HttpRequest, customer_id: UUID) -> dict[str, Any]:
    """Return what holds for each purpose, and the ledger behind it, the latest word first."""
    actor = current(request)
    actor.require("customer.read")
    found = read_consents(customer_id, now=timezone.now())
    shows = actor.may("consent.record")
    return {
        "purposes": [_held(one) for one in found.purposes],
        "automation": "objected" if found.is_automation_objected else "not_objected",
        "automation_said_at": found.automation_said_at,
        "entries": [_entry(entry, found, shows_evidence=shows) for entry in found.entries],
    }


@router.post("/{customer_id}/consents", response={201: ConsentMade}, operation_id="record_consent")
def post_consent(request: HttpRequest, customer_id: UUID, body: ConsentIn) -> Status[dict[str, UUID]]:
    """Write what a customer has said to a purpose. It holds for the next read, and for what waits to be sent."""
    said = Said(
        state=body.state, channel=body.channel, evidence=body.evidence.strip(), said_at=body.said_at,
        valid_until=body.valid_until,
    )  # fmt: skip
    made = change_consent(
        customer_id=customer_id, purpose=body.purpose, said=said, actor=current(request), now=timezone.now()
    )
    return Status(201, {"id": made})


@router.post("/{customer_id}/objections", response={201: ConsentMade}, operation_id="record_objection")
def post_objection(request: HttpRequest, customer_id: UUID, body: ObjectionIn) -> Status[dict[str, UUID]]:
    """Write that a customer objects to automated decisions, or no longer does."""
    said = Said(state=body.state, evidence=body.evidence.strip(), said_at=body.said_at)
    made = change_consent(
        customer_id=customer_id, purpose=None, said=said, actor=current(request), now=timezone.now()
    )
    return Status(201, {"id": made})


@router.post("/{customer_id}/consent-link", response={201: LinkOut}, operation_id="create_consent_link")
def post_link(request: HttpRequest, customer_id: UUID) -> Status[dict[str, Any]]:
    """Make a link with which the customer opens his own page. What stands behind `#` reaches no server's log."""
    link = make_link(customer_id=customer_id, actor=current(request), now=timezone.now())
    return Status(201, {"path": f"/consent#{link.token}", "ends_at": link.ends_at})
