"""Lists of customers: paging, sorting, filters, search, look-up by number. No personal value ever stands in an address."""

import re
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema

from kehu.api.customers.router import router
from kehu.api.edge.errors import language_of
from kehu.api.edge.presenting import answer, customer_row
from kehu.api.edge.schemas import CustomerPage, CustomerRow
from kehu.api.govern.me import current
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import Registry, registry
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile import queries
from kehu.profile.dossier import CustomerNotFound
from kehu.profile.lists import search
from kehu.profile.lists.hits import Hit, hits_of
from kehu.profile.ties.tags import names_of_each, tagged_with

_WHOLE = re.compile(r"[0-9]{1,9}(?:,[0-9]{1,9}){0,99}")


class SearchIn(Schema):
    """A search. `q` takes names, pinyin, initials, tails, numbers, and mixes; every word must match."""

    q: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, max_length=2000)
    sort: str = "name"
    filter: list[str] = Field(default_factory=list)
    count: str = "fast"


class LookupIn(Schema):
    """A number of some kind."""

    kind: str = Field(max_length=64)
    value: str = Field(max_length=200)


@router.get("", response=CustomerPage, operation_id="list_customers")
def list_customers(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    sort: str = "-updated_at",
    filters: Annotated[list[str], Query(alias="filter")] = [],  # noqa: B006 (never changed)
    count: str = "fast",
) -> HttpResponse:
    """Return a page of the visible customers. `filter` is `field:operator:value` on fields that are kept clear, units and tags."""
    actor = current(request)
    actor.require("customer.read")
    fields = registry()
    conditions = _filters(filters, fields, actor)
    page = queries.list_customers(
        limit=limit, cursor=cursor, sort=sort, conditions=conditions, wants_exact=count == "exact"
    )
    return answer(_page(request, page, fields, actor))


@router.post("/search", response=CustomerPage, operation_id="search_customers")
def search_customers(request: HttpRequest, body: SearchIn) -> HttpResponse:
    """Search the visible customers, and tell why each is a hit; the text travels in the body, never in the address."""
    actor = current(request)
    actor.require("customer.read")
    fields = registry()
    conditions = [*_filters(body.filter, fields, actor)]
    sought = search.searchable(fields, actor)
    words = search.parse(body.q, sought)
    if body.q.strip():
        conditions.extend(search.conditions(words))
    page = queries.list_customers(
        limit=body.limit,
        cursor=body.cursor,
        sort=body.sort,
        conditions=conditions,
        wants_exact=body.count == "exact",
    )
    found = _page(request, page, fields, actor)
    hits = hits_of(page.rows, words, sought)
    for item in found["items"]:
        item["hits"] = [_hit(hit, sought, is_marked=bool(item["pinyin"])) for hit in hits[item["id"]]]
    return answer(found)


def _hit(hit: Hit, fields: Registry, *, is_marked: bool) -> dict[str, Any]:
    """Return a hit; where the name is masked there is nothing to mark in it."""
    return {
        "reason": hit.reason,
        "field": hit.field,
        "label": fields[hit.field].label._asdict() if hit.field else None,
        "name": hit.name if is_marked else (),
        "pinyin": hit.pinyin if is_marked else (),
    }


@router.post("/lookup", response=CustomerRow, operation_id="lookup_customer")
def lookup_customer(request: HttpRequest, body: LookupIn) -> dict[str, Any]:
    """Return the visible customer that a number belongs to; 404 when there is none."""
    actor = current(request)
    actor.require("customer.lookup")
    fields = registry()
    found = search.find_by_identifier(body.kind, body.value, search.searchable(fields, actor))
    audit.record_apart(
        action="customer.lookup",
        actor_id=actor.id,
        details={"kind": body.kind if body.kind in _kinds(fields) else "", "found": found is not None},
    )
    if found is None:
        raise CustomerNotFound
    return _one(request, found, fields, actor)


def _kinds(fields: Registry) -> set[str]:
    """Return the kinds of numbers that there are; what else a caller names as one may be anything."""
    return {spec.identifier for spec in fields.values()}


def _one(request: HttpRequest, customer: UUID, fields: Registry, actor: Actor) -> dict[str, Any]:
    condition = queries.Condition("c.id = %s", (customer,))
    page = queries.list_customers(limit=1, cursor=None, sort="name", conditions=[condition])
    items: list[dict[str, Any]] = _page(request, page, fields, actor)["items"]
    if not items:
        raise CustomerNotFound
    return items[0]


def _filters(texts: Sequence[str], fields: Registry, actor: Actor) -> list[queries.Condition]:
    """Read filters; a field that is sealed or hidden from the actor can be filtered by nobody."""
    conditions = []
    for text in texts:
        key, _, rest = text.partition(":")
        operator, _, value = rest.partition(":")
        if key in {"unit", "owner"} and operator == "eq" and value.isdigit():
            conditions.append(queries.Condition(f"c.{key}_id = %s", (int(value),)))
            continue
        if key == "tag" and operator in {"eq", "in"} and _WHOLE.fullmatch(value):
            conditions.append(tagged_with([int(one) for one in value.split(",")]))
            continue
        spec = fields.get(key)
        if spec is None or spec.is_sealed or actor.rule_for(key, spec.data_class) == "hidden":
            raise Invalid(Text("不能按这个字段筛选。", "This field cannot be filtered by."))
        is_number = spec.standard.is_number and operator in {"eq", "gte", "lte"}
        if is_number:
            value = str(spec.standard.parse(value))
        conditions.append(queries.filter_condition(key, operator, value, is_number=is_number))
    return conditions


def _page(request: HttpRequest, page: queries.Page, fields: Registry, actor: Actor) -> dict[str, Any]:
    language = language_of(request)
    units = queries.get_names("govern_unit", [r.unit_id for r in page.rows])
    owners = queries.get_names("govern_user", [r.owner_id for r in page.rows if r.owner_id])
    tags = names_of_each([r.id for r in page.rows])
    return {
        "items": [
            {**customer_row(r, fields, actor, language, units, owners), "tags": tags.get(r.id, [])}
            for r in page.rows
        ],
        "next_cursor": page.next_cursor,
        "count": {"value": page.count.value, "is_exact": page.count.is_exact},
    }
