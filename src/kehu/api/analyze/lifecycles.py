"""Lifecycles: stages made and tried, customers by stage on any day, moves between two days, time in a stage, and who is behind."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from kehu.analyze.lifecycle import queries
from kehu.analyze.lifecycle.opening import open_lifecycle
from kehu.analyze.lifecycle.operations import KIND
from kehu.analyze.lifecycle.reading import Lifecycle
from kehu.analyze.lifecycle.standard import standards
from kehu.analyze.modeling.queries import get_model, list_models
from kehu.api.analyze.model_schemas import (
    ModelChangeIn,
    ModelCustomers,
    ModelDetails,
    ModelIn,
    ModelKey,
    ModelOut,
    ModelPreviewIn,
    customers_out,
    details_out,
    model_out,
)
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.flows.analyze.models.make_model import ask_anew, change_lifecycle, create_lifecycle

router = Router(tags=["lifecycles"])


class StageName(Schema):
    """A stage."""

    key: str
    name: Label


class StageSizeOut(StageName):
    """The customers of a stage of the reader's scope. Key "": in no stage."""

    customers: int


class LifecycleStages(Schema):
    """Customers by stage in the order of life, at the end of a day or (`on` null) now; last those in none."""

    stages: list[StageSizeOut]
    on: date | None
    as_of: datetime | None


class StageMoves(Schema):
    """Between the ends of which two days; without them from ninety days ago until today."""

    first: date | None = None
    last: date | None = None


class StageMoveOut(Schema):
    """How many customers were in one stage on the first day, and in another on the last; "" is none. `rate`: of the first."""

    before: str
    after: str
    customers: int
    rate: float | None


class LifecycleMoves(Schema):
    """Moves between two days; what is not told is 0. `stages` name the rows and the columns, in the order of life."""

    first: date
    last: date
    stages: list[StageName]
    moves: list[StageMoveOut]


class StageTimeOut(StageName):
    """Days after which a quarter, half and three quarters have left (Kaplan–Meier); null where fewer have so far."""

    quarter: int | None
    half: int | None
    three_quarters: int | None
    ended: int
    going_on: int


class StageStepOut(Schema):
    """The customers of each stage at the end of a day, by key."""

    day: date
    stages: dict[str, int]


class LifecycleFigure(Schema):
    """Which figure: a stage at the end of a day (none: now), or with `before` a move into it between two days."""

    stage: str = Field(default="", max_length=32)
    before: str | None = Field(default=None, max_length=32)
    on: date | None = None
    first: date | None = None
    last: date | None = None
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class StandardLifecycle(StageName):
    """A lifecycle to begin with."""

    definition: dict[str, Any]


@router.get("", response=list[ModelOut], operation_id="list_lifecycles")
def list_lifecycles(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all lifecycles, those in use first."""
    current(request).require("segment.read")
    return [model_out(one) for one in list_models(KIND)]


@router.get("/standards", response=list[StandardLifecycle], operation_id="list_standard_lifecycles")
def list_standards(request: HttpRequest) -> list[dict[str, Any]]:
    """Return lifecycles to begin with: of a bank, and of a shop. What a rule names must be there before it is saved."""
    current(request).require("segment.read")
    return [{"key": one.key, "name": one.name._asdict(), "definition": one.definition} for one in standards()]


@router.post("/preview", response=LifecycleStages, operation_id="preview_lifecycle")
def preview_lifecycle(request: HttpRequest, body: ModelPreviewIn) -> dict[str, Any]:
    """Return the stages of a draft over the customers of the caller's scope whom the purpose allows."""
    actor = current(request)
    actor.require("trait.manage")
    found, as_of = queries.try_out(body.definition, purpose=body.purpose, actor=actor, now=timezone.now())
    return {"stages": [_size(one) for one in found], "on": None, "as_of": as_of}


@router.post("", response={201: ModelOut}, operation_id="create_lifecycle")
def post_lifecycle(request: HttpRequest, body: ModelIn) -> Status[dict[str, Any]]:
    """Make a lifecycle; its stages are there soon after, traced back to the ends of the last twelve months."""
    made = create_lifecycle(
        key=body.key, terms=body.terms(), definition=body.definition, actor=current(request), now=timezone.now()
    )  # fmt: skip
    return Status(201, model_out(made))


@router.get("/{key}", response=ModelDetails, operation_id="get_lifecycle")
def get_lifecycle(request: HttpRequest, key: ModelKey) -> dict[str, Any]:
    """Return a lifecycle with its versions."""
    actor = current(request)
    actor.require("segment.read")
    model = get_model(KIND, key)
    open_lifecycle(model, actor)
    return details_out(model)


@router.patch("/{key}", response=ModelOut, operation_id="change_lifecycle")
def patch_lifecycle(request: HttpRequest, key: ModelKey, body: ModelChangeIn) -> dict[str, Any]:
    """Name a lifecycle anew, give it other stages or another purpose, or put it out of use or back."""
    made = change_lifecycle(key=key, change=body.change(), actor=current(request), now=timezone.now())
    return model_out(made)


@router.post("/{key}/refresh", response=ModelOut, operation_id="refresh_lifecycle")
def post_refresh(request: HttpRequest, key: ModelKey) -> dict[str, Any]:
    """Have a lifecycle computed anew now, not only by night."""
    return model_out(ask_anew(kind=KIND, key=key, actor=current(request)))


@router.get("/{key}/stages", response=LifecycleStages, operation_id="get_lifecycle_stages")
def get_stages(
    request: HttpRequest, key: ModelKey, on: Annotated[date | None, Query()] = None
) -> dict[str, Any]:
    """Return customers by stage now, or at the end of a day, within the reader's scope."""
    actor = current(request)
    actor.require("segment.read")
    model = get_model(KIND, key)
    found = queries.by_stage(model, open_lifecycle(model, actor), on, now=timezone.now())
    return {"stages": [_size(one) for one in found], "on": on, "as_of": model.computed_at}


@router.get("/{key}/moves", response=LifecycleMoves, operation_id="get_lifecycle_moves")
def get_moves(request: HttpRequest, key: ModelKey, question: Query[StageMoves]) -> dict[str, Any]:
    """Return how customers of the reader's scope moved between the stages from one day to another."""
    actor = current(request)
    actor.require("segment.read")
    model, now = get_model(KIND, key), timezone.now()
    lifecycle = open_lifecycle(model, actor)
    days = queries.days_of(lifecycle, question.first, question.last, now=now)
    found = queries.moves(model, lifecycle, days, now=now)
    of: dict[str, int] = {}
    for one in found:
        of[one.before] = of.get(one.before, 0) + one.customers
    moves = [
        {"before": one.before, "after": one.after, "customers": one.customers,
         "rate": one.customers / of[one.before] if one.before else None}
        for one in found
    ]  # fmt: skip
    return {"first": days[0], "last": days[1], "stages": _stages(lifecycle), "moves": moves}


@router.get("/{key}/times", response=list[StageTimeOut], operation_id="get_lifecycle_times")
def get_times(request: HttpRequest, key: ModelKey) -> list[dict[str, Any]]:
    """Return how long customers of the reader's scope stay in each stage."""
    actor = current(request)
    actor.require("segment.read")
    model = get_model(KIND, key)
    lifecycle = open_lifecycle(model, actor)
    found = queries.times(model, lifecycle, now=timezone.now())
    return [
        {**stage, **one.quartiles._asdict(), "ended": one.ended, "going_on": one.going_on}
        for stage, one in zip(_stages(lifecycle), found, strict=True)
    ]


@router.get("/{key}/trend", response=list[StageStepOut], operation_id="get_lifecycle_trend")
def get_trend(request: HttpRequest, key: ModelKey) -> list[dict[str, Any]]:
    """Return the customers of each stage at the ends of the last twelve months, and today."""
    actor = current(request)
    actor.require("segment.read")
    model = get_model(KIND, key)
    found = queries.trend(model, open_lifecycle(model, actor), now=timezone.now())
    return [{"day": one.day, "stages": one.stages} for one in found]


@router.get("/{key}/customers", response=ModelCustomers, operation_id="list_lifecycle_customers")
def list_customers(request: HttpRequest, key: ModelKey, figure: Query[LifecycleFigure]) -> dict[str, Any]:
    """Return the customers behind a stage, or behind a move between two days."""
    actor = current(request)
    actor.require("customer.read")
    model, now = get_model(KIND, key), timezone.now()
    lifecycle = open_lifecycle(model, actor)
    if figure.before is None:
        found = queries.who_is_in(
            model, lifecycle, figure.stage, figure.on, now=now, after=figure.cursor, limit=figure.limit
        )
    else:
        days = queries.days_of(lifecycle, figure.first, figure.last, now=now)
        found = queries.who_moved(
            model,
            lifecycle,
            days,
            (figure.before, figure.stage),
            now=now,
            after=figure.cursor,
            limit=figure.limit,
        )
    return customers_out(found, actor)


def _size(one: queries.StageSize) -> dict[str, Any]:
    return {"key": one.key, "name": one.name._asdict(), "customers": one.customers}


def _stages(lifecycle: Lifecycle) -> list[dict[str, Any]]:
    return [{"key": one.key, "name": one.name._asdict()} for one in lifecycle.stages]
