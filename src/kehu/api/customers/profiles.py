"""One customer: the profile with provenance, timeline, records, why one, reveal."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from ninja import Field, Query, Schema

from kehu.api.customers.as_of import AsOf, read_as_of
from kehu.api.customers.profile_view import Names, profile_out, record_out, why_out
from kehu.api.customers.router import router
from kehu.api.edge.errors import language_of
from kehu.api.edge.schemas import Label, Reference, ShownOut
from kehu.api.govern.me import current
from kehu.flows.desk import reveal as revealing
from kehu.govern.fields.registry import registry
from kehu.profile import dossier as dossiers
from kehu.profile.history import day_of, get_history
from kehu.profile.timeline import CATEGORIES, get_timeline


class Candidate(Schema):
    """What one record says of a field."""

    record_id: UUID
    source: Reference
    shown: ShownOut
    stated_at: datetime
    trust: int
    verdict: str
    is_chosen: bool


class FieldOut(Schema):
    """A field of the golden record, with where its value is from."""

    key: str
    label: Label
    section: str
    data_class: str
    shown: ShownOut
    can_reveal: bool
    mark: str | None
    rule: str
    source: Reference
    candidates: list[Candidate]


class Profile(Schema):
    """A customer, as of now or of a date."""

    id: UUID
    party: str
    name: str
    pinyin: str
    unit: Reference
    owner: Reference | None
    record_count: int
    completeness: int
    created_at: datetime
    updated_at: datetime
    as_of: datetime | None
    age: int | None
    fields: list[FieldOut]


class RecordOut(Schema):
    """A source record of the customer."""

    id: UUID
    source: Reference
    key: str
    received_at: datetime
    stated_at: datetime
    unit: Reference
    import_id: UUID | None
    author: str
    reason: str
    evidence: list[str]
    linked_at: datetime
    fields: dict[str, ShownOut]


class Moment(Schema):
    """An entry of the timeline."""

    id: UUID
    at: datetime
    kind: str
    name: str
    source: str | None
    details: dict[str, Any]
    author: str


class Timeline(Schema):
    """A page of the timeline, newest first."""

    items: list[Moment]
    next_cursor: str | None


class WhyLink(Schema):
    """How one record came to belong to the customer."""

    record_id: UUID
    source: Reference
    key: str
    name: str
    reason: str
    evidence: list[Label]
    author: str
    linked_at: datetime


class WhyEdge(Schema):
    """Two records that share identifiers."""

    one: UUID
    other: UUID
    shared: list[Label]


class Why(Schema):
    """Why these records are one customer."""

    links: list[WhyLink]
    edges: list[WhyEdge]


class DayOut(Schema):
    """A day on which something changed, and how many things did."""

    on: date
    changes: int


class HistoryOut(Schema):
    """The days of a customer in the declared zone, oldest first; of very many the newest 1,000."""

    known_since: date
    today: date
    days: list[DayOut]


class RevealIn(Schema):
    """Which fields, and why."""

    fields: list[str] = Field(min_length=1, max_length=50)
    reason: str = Field(max_length=2000)


class RevealOut(Schema):
    """Clear values."""

    fields: dict[str, Any]


@router.get("/{customer_id}", response=Profile, operation_id="get_customer")
def get_customer(request: HttpRequest, customer_id: UUID, as_of: AsOf = None) -> Any:
    """Return a customer with the provenance of every value; a retired id answers 301 to the living one."""
    actor = current(request)
    actor.require("customer.read")
    fields, now = registry(), timezone.now()
    at = read_as_of(as_of, now)
    try:
        found = dossiers.get_dossier(customer_id, fields=fields, as_of=at)
    except dossiers.CustomerNotFound:
        return _forwarded(customer_id, as_of)
    return profile_out(found, fields, actor, language_of(request), at, now)


def _forwarded(customer_id: UUID, as_of: str | None) -> HttpResponse:
    living = dossiers.get_forward(customer_id)
    if living is None:
        raise dossiers.CustomerNotFound
    query = f"?{urlencode({'as_of': as_of})}" if as_of else ""
    response = HttpResponseRedirect(f"/api/v1/customers/{living}{query}")
    response.status_code = 301
    return response


@router.get("/{customer_id}/timeline", response=Timeline, operation_id="get_customer_timeline")
def timeline(
    request: HttpRequest,
    customer_id: UUID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(CATEGORIES)})?$")] = "",
    as_of: AsOf = None,
) -> dict[str, Any]:
    """Return what happened, newest first; as of a time, what was known of it then."""
    current(request).require("customer.read")
    at = read_as_of(as_of, timezone.now())
    dossiers.get_dossier(customer_id, fields=registry(), as_of=at)
    moments, following = get_timeline(customer_id, limit=limit, cursor=cursor, kind=kind, as_of=at)
    names = Names.of_users([m.actor_id for m in moments])
    return {
        "items": [
            {"id": m.id, "at": m.at, "kind": m.kind, "name": m.name, "source": m.source, "details": m.details,
             "author": names.user(m.actor_id)}
            for m in moments
        ],
        "next_cursor": following,
    }  # fmt: skip


@router.get("/{customer_id}/records", response=list[RecordOut], operation_id="list_customer_records")
def list_records(request: HttpRequest, customer_id: UUID, as_of: AsOf = None) -> list[dict[str, Any]]:
    """Return the source records that the customer consists of, each in the version of the time."""
    actor = current(request)
    actor.require("customer.read")
    fields = registry()
    found = dossiers.get_dossier(customer_id, fields=fields, as_of=read_as_of(as_of, timezone.now()))
    names = Names.of_dossier(found)
    return [record_out(r, fields, actor, language_of(request), names) for r in found.records]


@router.get("/{customer_id}/why", response=Why, operation_id="get_customer_why")
def get_why(request: HttpRequest, customer_id: UUID, as_of: AsOf = None) -> dict[str, Any]:
    """Return how each record came to belong to the customer, and what the records share."""
    actor = current(request)
    actor.require("customer.read")
    fields = registry()
    found = dossiers.get_dossier(customer_id, fields=fields, as_of=read_as_of(as_of, timezone.now()))
    return why_out(found, fields, actor)


@router.get("/{customer_id}/history", response=HistoryOut, operation_id="get_customer_history")
def get_customer_history(request: HttpRequest, customer_id: UUID) -> dict[str, Any]:
    """Return since when the customer is known, and the days on which something of him changed."""
    current(request).require("customer.read")
    dossiers.get_dossier(customer_id, fields=registry())
    found = get_history(customer_id)
    if found is None:
        raise dossiers.CustomerNotFound
    days = [asdict(day) for day in found.days]
    return {"known_since": day_of(found.known_since), "today": day_of(timezone.now()), "days": days}


@router.post("/{customer_id}/reveal", response=RevealOut, operation_id="reveal_customer")
def post_reveal(request: HttpRequest, customer_id: UUID, body: RevealIn) -> dict[str, Any]:
    """Return clear values, once the audit has them."""
    values = revealing.reveal(
        customer_id=customer_id,
        fields=body.fields,
        reason=body.reason,
        actor=current(request),
        now=timezone.now(),
    )
    return {"fields": values}
