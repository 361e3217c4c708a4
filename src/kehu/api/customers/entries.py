"""What people write on a customer: entering, correcting, contacts, relationships. Nothing personal stands in an address."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema, Status

from kehu.api.customers.as_of import AsOf, read_as_of
from kehu.api.customers.router import router
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.flows.desk import record_contact, relate_customers
from kehu.flows.entry import check_likeness, enter_customer
from kehu.govern.fields.presentation import shown_name
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier
from kehu.profile.history import day_of
from kehu.profile.ties import relationships


class EntryIn(Schema):
    """A customer to be entered. `party` is p (person) or o (organization); values by field key."""

    party: str = Field(default="p", pattern="^[po]$")
    values: dict[str, str | None] = Field(max_length=200)


class CorrectionIn(Schema):
    """Values to state by hand; an empty one takes an earlier entry back."""

    values: dict[str, str | None] = Field(min_length=1, max_length=200)
    reason: str = Field(default="", max_length=2000)


class CheckIn(Schema):
    """Values of an entry that is being written."""

    values: dict[str, str | None] = Field(max_length=200)


class Made(Schema):
    """The id of what was made."""

    id: UUID


class AlikeOut(Schema):
    """A customer who may be the same; without id where he lies outside the reader's scope.

    `ground`: `number` a shared number, `birth` name and birth date, `tail` name and the last four of a phone.
    """

    customer_id: UUID | None
    name: str
    mobile: str
    unit: str
    is_visible: bool
    ground: str


class ContactIn(Schema):
    """A contact with the customer."""

    kind: str = Field(pattern="^(call|visit|message|note)$")
    text: str = Field(min_length=1, max_length=4000)
    happened_at: datetime | None = None


class TieIn(Schema):
    """The other customer, and what he is for this one."""

    other_id: UUID
    role: str = Field(max_length=32)
    valid_from: date | None = None
    valid_to: date | None = None


class TieOut(Schema):
    """A relationship as this customer sees it."""

    id: UUID
    role: str
    label: Label
    valid_from: date | None
    valid_to: date | None
    other_id: UUID
    other_name: str
    other_party: str


@router.post("", response={201: Made}, operation_id="create_customer")
def create_customer(request: HttpRequest, body: EntryIn) -> Status[dict[str, Any]]:
    """Enter a customer by hand."""
    actor = current(request)
    actor.require("customer.correct")
    made = enter_customer.create_customer(
        party=body.party, values=body.values, actor=actor, now=timezone.now()
    )
    return Status(201, {"id": made})


@router.post("/check", response=list[AlikeOut], operation_id="check_customer")
def check_customer(request: HttpRequest, body: CheckIn) -> list[dict[str, Any]]:
    """Return customers who may be the one of an entry, by a number or by name; those outside the scope are masked."""
    actor = current(request)
    actor.require("customer.correct")
    return [
        asdict(alike)
        for alike in check_likeness.check_likeness(values=body.values, actor=actor, now=timezone.now())
    ]


@router.patch("/{customer_id}", response=Made, operation_id="correct_customer")
def correct_customer(request: HttpRequest, customer_id: UUID, body: CorrectionIn) -> dict[str, Any]:
    """Correct a customer by hand."""
    actor = current(request)
    actor.require("customer.correct")
    enter_customer.correct_customer(
        customer_id=customer_id, values=body.values, reason=body.reason, actor=actor, now=timezone.now()
    )
    return {"id": customer_id}


@router.post("/{customer_id}/interactions", response={201: Made}, operation_id="record_contact")
def post_contact(request: HttpRequest, customer_id: UUID, body: ContactIn) -> Status[dict[str, Any]]:
    """Record a contact; it stands on the timeline."""
    actor = current(request)
    actor.require("customer.contact")
    made = record_contact.record_contact(
        customer_id=customer_id, kind=body.kind, text=body.text, happened_at=body.happened_at, actor=actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made})


@router.get("/{customer_id}/relationships", response=list[TieOut], operation_id="list_relationships")
def list_relationships(
    request: HttpRequest, customer_id: UUID, on: date | None = None, as_of: AsOf = None
) -> list[dict[str, Any]]:
    """Return the relationships of a customer to customers that the reader may see; on a day, or as of a time, those that held."""
    actor = current(request)
    actor.require("customer.read")
    at = read_as_of(as_of, timezone.now())
    get_dossier(customer_id, fields=registry(), as_of=at)
    on = on if at is None else day_of(at)
    return [
        {
            **asdict(tie),
            "other_name": shown_name(tie.other_name, actor),
            "label": relationships.ROLES[tie.role][1]._asdict(),
        }
        for tie in relationships.list_relationships(customer_id, on=on)
    ]


@router.post("/{customer_id}/relationships", response={201: Made}, operation_id="create_relationship")
def create_relationship(request: HttpRequest, customer_id: UUID, body: TieIn) -> Status[dict[str, Any]]:
    """Tie the customer to another one."""
    actor = current(request)
    actor.require("customer.correct")
    made = relate_customers.relate(
        customer_id=customer_id, other_id=body.other_id, role=body.role, dates=(body.valid_from, body.valid_to),
        actor=actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made})


@router.delete(
    "/{customer_id}/relationships/{relationship_id}", response=Made, operation_id="end_relationship"
)
def end_relationship(request: HttpRequest, customer_id: UUID, relationship_id: UUID) -> dict[str, Any]:
    """End a relationship today; it stays in the history."""
    actor = current(request)
    actor.require("customer.correct")
    now = timezone.now()
    relate_customers.end(
        customer_id=customer_id, relationship_id=relationship_id, on=now.date(), actor=actor, now=now
    )
    return {"id": relationship_id}
