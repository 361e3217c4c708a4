"""Funnels: how many came how far, who stopped where, and the figures as a file. Asked by POST: nothing of it stands in an address."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from kehu.analyze.behavior.asking import Asking
from kehu.analyze.behavior.exporting import funnel_table
from kehu.analyze.behavior.funnel import behind_step, read_funnel, read_place
from kehu.analyze.behavior.funnels import Group, StepFigures, ask_funnel, customers_behind
from kehu.analyze.behavior.labels import labels_of
from kehu.analyze.segments.saved.reading import book_of
from kehu.api.analyze.dashboards import CSV, BehindCustomer
from kehu.api.edge.errors import language_of
from kehu.api.edge.presenting import people_of
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.text import Text
from kehu.standardize.numbers.shares import Interval

router = Router(tags=["behavior"])


class BehaviorIn(Schema):
    """A definition, and what the answer is for."""

    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]


class FunnelPeopleIn(BehaviorIn):
    """A funnel and a step of it, from 1: who came to it, or who came no further."""

    step: int
    which: Literal["reached", "stopped"] = "stopped"
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class RateOut(Schema):
    """A share with its bounds at 95 % (Wilson)."""

    value: float
    low: float
    high: float


class FunnelStepOut(Schema):
    """How many came to a step, their shares, and the median of seconds since the step before. `still_open`: stopped here, with time left."""

    customers: int
    of_before: RateOut | None
    of_first: RateOut | None
    median_seconds: float | None
    still_open: int


class FunnelGroupOut(Schema):
    """The steps of everybody, or of one unit or value; `median_seconds` is from the first step to the last."""

    key: str | None
    label: Label
    steps: list[FunnelStepOut]
    median_seconds: float | None


class FunnelOut(Schema):
    """Of how many customers it is, the steps of all, and the largest groups. Events are of `as_of`, scope and consent of now."""

    population: int
    whole: FunnelGroupOut
    groups: list[FunnelGroupOut]
    untold_groups: int
    as_of: datetime


class BehaviorPeopleOut(Schema):
    """A page of customers in the order of their ids, and the definition of a segment that describes them all."""

    items: list[BehindCustomer]
    next_cursor: UUID | None
    definition: dict[str, Any]


@router.post("", response=FunnelOut, operation_id="ask_funnel")
def post_funnel(request: HttpRequest, body: BehaviorIn) -> dict[str, Any]:
    """Return how many customers of the caller's scope, open to the purpose, came to each step."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    funnel = read_funnel(body.definition, asking.book)
    found = ask_funnel(funnel, asking)
    labels = labels_of(funnel.by, [group.key for group in found.groups]) if funnel.by else {}
    return {
        "population": found.population, "whole": _group(found.whole, Text("全部", "All")), "as_of": found.as_of,
        "groups": [_group(group, labels[group.key]) for group in found.groups], "untold_groups": found.untold_groups,
    }  # fmt: skip


@router.post("/customers", response=BehaviorPeopleOut, operation_id="list_funnel_customers")
def post_customers(request: HttpRequest, body: FunnelPeopleIn) -> dict[str, Any]:
    """Return who came to a step, or no further than it."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    funnel = read_funnel(body.definition, asking.book)
    step, has_stopped = read_place(body.step, funnel), body.which == "stopped"
    found = customers_behind(
        funnel, asking, step=step, has_stopped=has_stopped, after=body.cursor, limit=body.limit
    )
    return {
        "items": people_of(found.ids, actor), "next_cursor": found.next_cursor,
        "definition": behind_step(body.definition, step, has_stopped=has_stopped),
    }  # fmt: skip


@router.post("/csv", operation_id="export_funnel", response={200: Any}, openapi_extra={"responses": CSV})
def post_csv(request: HttpRequest, body: BehaviorIn) -> HttpResponse:
    """Return the figures of a funnel as a CSV; the export stands in the audit trail."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    funnel = read_funnel(body.definition, asking.book)
    found = ask_funnel(funnel, asking)
    labels = labels_of(funnel.by, [group.key for group in found.groups]) if funnel.by else {}
    return as_csv(
        funnel_table(funnel, found, labels, asking=asking, language=language_of(request)), "funnel.csv"
    )


def asking_of(body: BehaviorIn, actor: Actor) -> Asking:
    """Return who asks, with the purpose open. Raises PurposeMissing or PurposeIsOff."""
    return Asking(actor, open_gate(body.purpose), book_of(actor), timezone.now())


def as_csv(content: bytes, name: str) -> HttpResponse:
    """Answer with a table to be saved."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def rate(one: Interval | None) -> dict[str, float] | None:
    """Return a share as it is told."""
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}


def _group(group: Group, label: Text) -> dict[str, Any]:
    return {
        "key": group.key, "label": label._asdict(), "steps": [_step(one) for one in group.steps],
        "median_seconds": group.median_seconds,
    }  # fmt: skip


def _step(one: StepFigures) -> dict[str, Any]:
    return {
        "customers": one.customers, "of_before": rate(one.of_before), "of_first": rate(one.of_first),
        "median_seconds": one.median_seconds, "still_open": one.still_open,
    }  # fmt: skip
