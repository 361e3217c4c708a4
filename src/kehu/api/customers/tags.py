"""Tags: which there are, and on whom they are. Customers travel in the body."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from kehu.api.customers.as_of import AsOf, read_as_of
from kehu.api.customers.router import router as customers
from kehu.api.govern.me import current
from kehu.flows.desk import tag_customers
from kehu.flows.desk.tag_customers import MOST_CUSTOMERS
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier
from kehu.profile.models import Tag
from kehu.profile.queries import get_names
from kehu.profile.ties import tags
from kehu.profile.ties.tags import MOST_MEANING, MOST_NAME

router = Router(tags=["tags"])


class TagIn(Schema):
    """A new tag, and what it means."""

    name: str = Field(min_length=1, max_length=MOST_NAME)
    meaning: str = Field(default="", max_length=MOST_MEANING)


class TagChange(Schema):
    """What is to change of a tag; one that is put away is on nobody, until it is taken up again."""

    name: str | None = Field(default=None, min_length=1, max_length=MOST_NAME)
    meaning: str | None = Field(default=None, max_length=MOST_MEANING)
    is_archived: bool | None = None


class TagOut(Schema):
    """A tag. `count` is how many customers of the reader's scope have it now."""

    id: int
    name: str
    meaning: str
    count: int
    author: str
    is_archived: bool
    created_at: datetime


class TaggedIn(Schema):
    """The customers on whom a tag is put, or from whom it is taken."""

    customers: list[UUID] = Field(min_length=1, max_length=MOST_CUSTOMERS)


class TaggedCount(Schema):
    """How many customers that changed."""

    changed: int


class WornOut(Schema):
    """A tag of a customer, since when, and who put it on."""

    id: int
    name: str
    meaning: str
    given_at: datetime
    author: str


@router.get("", response=list[TagOut], operation_id="list_tags")
def list_tags(request: HttpRequest, *, archived: bool = False) -> list[dict[str, Any]]:
    """Return the tags by name, with how many customers of the reader's scope have each."""
    current(request).require("customer.read")
    return _shown(tags.list_tags(wants_archived=archived))


@router.post("", response={201: TagOut}, operation_id="create_tag")
def create_tag(request: HttpRequest, body: TagIn) -> Status[dict[str, Any]]:
    """Make a tag."""
    made = tag_customers.create_tag(
        name=body.name, meaning=body.meaning, actor=current(request), now=timezone.now()
    )
    return Status(201, _shown([made])[0])


@router.patch("/{tag_id}", response=TagOut, operation_id="update_tag")
def update_tag(request: HttpRequest, tag_id: int, body: TagChange) -> dict[str, Any]:
    """Change a tag, put it away or take it up again."""
    changes = {key: value for key, value in body.dict(exclude_unset=True).items() if value is not None}
    changed = tag_customers.change_tag(
        tag_id=tag_id, changes=changes, actor=current(request), now=timezone.now()
    )
    return _shown([changed])[0]


@router.post("/{tag_id}/customers", response=TaggedCount, operation_id="tag_customers")
def put_on(request: HttpRequest, tag_id: int, body: TaggedIn) -> dict[str, Any]:
    """Put a tag on customers of the caller's scope; all, or none where one lies out of it."""
    changed = tag_customers.put_on(
        tag_id=tag_id, customers=body.customers, actor=current(request), now=timezone.now()
    )
    return {"changed": changed}


@router.post("/{tag_id}/customers/remove", response=TaggedCount, operation_id="untag_customers")
def take_off(request: HttpRequest, tag_id: int, body: TaggedIn) -> dict[str, Any]:
    """Take a tag off customers of the caller's scope; off all, or none where one lies out of it."""
    changed = tag_customers.take_off(
        tag_id=tag_id, customers=body.customers, actor=current(request), now=timezone.now()
    )
    return {"changed": changed}


@customers.get("/{customer_id}/tags", response=list[WornOut], operation_id="list_customer_tags")
def list_customer_tags(request: HttpRequest, customer_id: UUID, as_of: AsOf = None) -> list[dict[str, Any]]:
    """Return the tags of a customer, now or as of a time, the oldest first."""
    current(request).require("customer.read")
    at = read_as_of(as_of, timezone.now())
    get_dossier(customer_id, fields=registry(), as_of=at)
    worn = tags.tags_of(customer_id, at=at)
    authors = get_names("govern_user", [one.author_id for one in worn if one.author_id])
    return [
        {
            "id": one.tag_id, "name": one.name, "meaning": one.meaning, "given_at": one.given_at,
            "author": authors.get(one.author_id or 0, ""),
        }
        for one in worn
    ]  # fmt: skip


def _shown(found: list[Tag]) -> list[dict[str, Any]]:
    sizes = tags.count_each([one.pk for one in found if not one.is_archived])
    authors = get_names("govern_user", [one.author_id for one in found if one.author_id])
    return [
        {
            "id": one.pk, "name": one.name, "meaning": one.meaning, "count": sizes.get(one.pk, 0),
            "author": authors.get(one.author_id or 0, ""), "is_archived": one.is_archived, "created_at": one.created_at,
        }
        for one in found
    ]  # fmt: skip
