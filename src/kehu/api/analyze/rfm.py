"""Customers by value (RFM): models made and tried, tiers with their shares, moves between two days, and who is behind."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from kehu.analyze.modeling.queries import get_model, list_models
from kehu.analyze.rfm import queries
from kehu.analyze.rfm.operations import KIND
from kehu.analyze.rfm.reading import FEWEST_SCORES, MOST_SCORES, read_rfm, written
from kehu.analyze.rfm.tiers import standard
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
from kehu.flows.analyze.models.make_model import ask_anew, change_rfm, create_rfm

router = Router(tags=["rfm"])


class TierOut(Schema):
    """A tier and the scores that it takes, each from the least to the most."""

    key: str
    name: Label
    r: list[int]
    f: list[int]
    m: list[int]


class TierSizeOut(Schema):
    """Customers of a tier of the reader's scope; `amount` is null where they are too few to tell a sum. Key "": no purchases."""

    key: str
    name: Label
    customers: int
    amount: float | None


class RfmResult(Schema):
    """Customers and amounts by tier, in the order of the tiers; last those without purchases."""

    tiers: list[TierSizeOut]
    as_of: datetime | None


class MoveQuestion(Schema):
    """Between the ends of which two days; without them from ninety days ago until today."""

    first: date | None = None
    last: date | None = None


class MoveOut(Schema):
    """How many customers were in one tier on the first day, and in another on the last; "" is none."""

    before: str
    after: str
    customers: int


class RfmMoves(Schema):
    """Moves between two days; what is not told is 0. `tiers` name the rows and the columns, in their order."""

    first: date
    last: date
    tiers: list[TierOut]
    moves: list[MoveOut]


class RfmFigure(Schema):
    """Which figure: a tier as it stands, or with `before` a move into it between two days (without them the usual ones)."""

    tier: str = Field(default="", max_length=32)
    before: str | None = Field(default=None, max_length=32)
    first: date | None = None
    last: date | None = None
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("", response=list[ModelOut], operation_id="list_rfm_models")
def list_rfm(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all models of value, those in use first."""
    current(request).require("segment.read")
    return [model_out(one) for one in list_models(KIND)]


@router.get("/standard-tiers", response=list[TierOut], operation_id="list_standard_tiers")
def list_standard_tiers(
    request: HttpRequest, scores: Annotated[int, Query(ge=FEWEST_SCORES, le=MOST_SCORES)] = 5
) -> list[dict[str, Any]]:
    """Return the standard eight tiers for a number of scores."""
    current(request).require("segment.read")
    return written(standard(scores))


@router.post("/preview", response=RfmResult, operation_id="preview_rfm")
def preview_rfm(request: HttpRequest, body: ModelPreviewIn) -> dict[str, Any]:
    """Return the tiers of a draft over the customers of the caller's scope whom the purpose allows."""
    actor = current(request)
    actor.require("trait.manage")
    found, as_of = queries.try_out(body.definition, purpose=body.purpose, actor=actor, now=timezone.now())
    return {"tiers": [_size(one) for one in found], "as_of": as_of}


@router.post("", response={201: ModelOut}, operation_id="create_rfm")
def post_rfm(request: HttpRequest, body: ModelIn) -> Status[dict[str, Any]]:
    """Make a model of value; its tiers are there soon after."""
    made = create_rfm(
        key=body.key, terms=body.terms(), definition=body.definition, actor=current(request), now=timezone.now()
    )  # fmt: skip
    return Status(201, model_out(made))


@router.get("/{key}", response=ModelDetails, operation_id="get_rfm")
def get_rfm(request: HttpRequest, key: ModelKey) -> dict[str, Any]:
    """Return a model of value with its versions."""
    current(request).require("segment.read")
    return details_out(get_model(KIND, key))


@router.patch("/{key}", response=ModelOut, operation_id="change_rfm")
def patch_rfm(request: HttpRequest, key: ModelKey, body: ModelChangeIn) -> dict[str, Any]:
    """Name a model anew, give it another definition or purpose, or put it out of use or back."""
    return model_out(change_rfm(key=key, change=body.change(), actor=current(request), now=timezone.now()))


@router.post("/{key}/refresh", response=ModelOut, operation_id="refresh_rfm")
def post_refresh(request: HttpRequest, key: ModelKey) -> dict[str, Any]:
    """Have a model computed anew now, not only by night."""
    return model_out(ask_anew(kind=KIND, key=key, actor=current(request)))


@router.get("/{key}/result", response=RfmResult, operation_id="get_rfm_result")
def get_result(request: HttpRequest, key: ModelKey) -> dict[str, Any]:
    """Return customers and amounts by tier, within the reader's scope."""
    current(request).require("segment.read")
    model = get_model(KIND, key)
    return {"tiers": [_size(one) for one in queries.by_tier(model)], "as_of": model.computed_at}


@router.get("/{key}/moves", response=RfmMoves, operation_id="get_rfm_moves")
def get_moves(request: HttpRequest, key: ModelKey, question: Query[MoveQuestion]) -> dict[str, Any]:
    """Return how customers of the reader's scope moved between the tiers from one day to another."""
    actor = current(request)
    actor.require("segment.read")
    model = get_model(KIND, key)
    now = timezone.now()
    days = queries.days_of(model, question.first, question.last, now=now)
    found = queries.moves(model, days, actor=actor, now=now)
    return {
        "first": days[0],
        "last": days[1],
        "tiers": written(read_rfm(model.definition).tiers),
        "moves": [{"before": one.before, "after": one.after, "customers": one.customers} for one in found],
    }


@router.get("/{key}/customers", response=ModelCustomers, operation_id="list_rfm_customers")
def list_customers(request: HttpRequest, key: ModelKey, figure: Query[RfmFigure]) -> dict[str, Any]:
    """Return the customers behind a tier, or behind a move between two days."""
    actor = current(request)
    actor.require("customer.read")
    model = get_model(KIND, key)
    if figure.before is None:
        found = queries.who_is_in(model, figure.tier, after=figure.cursor, limit=figure.limit)
    else:
        now = timezone.now()
        days = queries.days_of(model, figure.first, figure.last, now=now)
        found = queries.who_moved(
            model, days, (figure.before, figure.tier), actor=actor, now=now,
            after=figure.cursor, limit=figure.limit,
        )  # fmt: skip
    return customers_out(found, actor)


def _size(one: queries.TierSize) -> dict[str, Any]:
    return {"key": one.key, "name": one.name._asdict(), "customers": one.customers, "amount": one.amount}
