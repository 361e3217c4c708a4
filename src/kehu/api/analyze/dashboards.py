"""Dashboards: the figures of a card within the reader's scope, who stands behind one, and a card as a file."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from kehu.analyze.dashboards.answering import answer, behind, open_card
from kehu.analyze.dashboards.card import Answer, Asked, Card, Point
from kehu.analyze.dashboards.catalog import CARDS, SHIPPED
from kehu.analyze.dashboards.exporting import export_card
from kehu.analyze.dashboards.labels import labels_of
from kehu.analyze.dashboards.periods import Period, compared, period_of
from kehu.api.edge.errors import language_of
from kehu.api.edge.presenting import people_of
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.govern.queries.people import unit_ids_of
from kehu.platform.installation.environment import environment

router = Router(tags=["dashboards"])
CSV = {
    200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}
}


class CardQuestion(Schema):
    """About which days, compared with which, and about which unit with those below it."""

    span: Literal["30d", "13w", "month", "quarter", "12m"] = "13w"
    compare: Literal["previous", "year", "none"] = "previous"
    unit: str = Field(default="", max_length=64)


class FigureQuestion(CardQuestion):
    """Which figure of a card: its place on the axis and its series."""

    x: str = Field(default="", max_length=200)
    series: str = Field(default="", max_length=64)
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class CardOut(Schema):
    """A card that the reader may put on a dashboard."""

    key: str
    title: Label
    about: Label
    shape: str
    has_customers: bool


class ShippedOut(Schema):
    """A dashboard of the release."""

    key: str
    name: Label
    cards: list[str]


class CatalogOut(Schema):
    """The cards that the reader may see, and the dashboards of the release made of them. Days are days of `zone`."""

    cards: list[CardOut]
    dashboards: list[ShippedOut]
    zone: str


class PeriodOut(Schema):
    """Days, both included."""

    first: date
    last: date


class CardPointOut(Schema):
    """A figure. `value` is null where too few customers stand behind it; `low` and `high` bound a mean at 95%."""

    x: str
    series: str
    value: float | None
    customers: int
    times: int
    low: float | None
    high: float | None


class MarkOut(Schema):
    """A place on the axis, or a series, by the key that figures name it by."""

    key: str
    label: Label


class CardAnswer(Schema):
    """The figures of a card; fields and events are of `as_of`, scope is of now. `measures` tells what a series counts."""

    key: str
    shape: str
    over: str
    period: PeriodOut
    compared: PeriodOut | None
    axis: list[MarkOut]
    series: list[MarkOut]
    measures: dict[str, str]
    points: list[CardPointOut]
    before: list[CardPointOut]
    as_of: datetime


class BehindCustomer(Schema):
    """A customer behind a figure. The name is masked where the reader's role wants it."""

    customer_id: UUID
    name: str
    unit: str


class BehindPage(Schema):
    """A page of the customers behind a figure, in the order of their ids."""

    items: list[BehindCustomer]
    next_cursor: UUID | None


@router.get("/catalog", response=CatalogOut, operation_id="get_dashboard_catalog")
def get_catalog(request: HttpRequest) -> dict[str, Any]:
    """Return the cards and the shipped dashboards; a dashboard of which no card may be seen is left out."""
    actor = current(request)
    actor.require("dashboard.read")
    cards = [card for card in CARDS.values() if actor.may(card.needs)]
    open_keys = {card.key for card in cards}
    shipped = [
        {"key": one.key, "name": one.name._asdict(), "cards": [key for key in one.cards if key in open_keys]}
        for one in SHIPPED
    ]
    return {
        "zone": environment().time_zone,
        "dashboards": [one for one in shipped if one["cards"]],
        "cards": [
            {
                "key": card.key, "title": card.title._asdict(), "about": card.about._asdict(), "shape": card.shape,
                "has_customers": card.has_customers,
            }
            for card in cards
        ],
    }  # fmt: skip


@router.get("/cards/{key}", response=CardAnswer, operation_id="get_dashboard_card")
def get_card(request: HttpRequest, key: str, question: Query[CardQuestion]) -> dict[str, Any]:
    """Return the figures of a card."""
    actor = current(request)
    actor.require("dashboard.read")
    card = open_card(key, actor)
    asked = _asked(question, actor)
    found = answer(card, asked)
    return _out(card, asked, found)


@router.get("/cards/{key}/customers", response=BehindPage, operation_id="list_dashboard_customers")
def list_behind(request: HttpRequest, key: str, question: Query[FigureQuestion]) -> dict[str, Any]:
    """Return the customers behind one figure of a card."""
    actor = current(request)
    actor.require("dashboard.read")
    found = behind(
        open_card(key, actor), _asked(question, actor), x=question.x, series=question.series,
        after=question.cursor, limit=question.limit,
    )  # fmt: skip
    return {"items": people_of(found.ids, actor), "next_cursor": found.next_cursor}


@router.post(
    "/cards/{key}/csv",
    operation_id="export_dashboard_card",
    response={200: Any},
    openapi_extra={"responses": CSV},
)
def post_csv(request: HttpRequest, key: str, body: CardQuestion) -> HttpResponse:
    """Return the figures of a card as a CSV; the export stands in the audit trail."""
    actor = current(request)
    actor.require("dashboard.read")
    content = export_card(open_card(key, actor), _asked(body, actor), language=language_of(request))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response


def _asked(question: CardQuestion, actor: Actor) -> Asked:
    now, zone = timezone.now(), environment().time_zone
    units = unit_ids_of(question.unit, is_below=True) if question.unit else None
    period = period_of(question.span, now=now, zone=zone)
    return Asked(actor, now, zone, question.span, question.compare, period, units)


def _out(card: Card, asked: Asked, found: Answer) -> dict[str, Any]:
    told = labels_of(card, asked, found)
    earlier = compared(asked.period, asked.span, asked.compare) if card.is_compared else None
    return {
        "key": card.key, "shape": card.shape, "over": card.over, "period": _period(asked.period),
        "compared": _period(earlier) if earlier else None, "as_of": found.as_of,
        "axis": [{"key": key, "label": label._asdict()} for key, label in told.axis.items()],
        "series": [{"key": key, "label": label._asdict()} for key, label in told.series.items()],
        "measures": {key: card.measures.get(key) or card.measures[""] for key in told.series},
        "points": [_point(one) for one in found.points], "before": [_point(one) for one in found.before],
    }  # fmt: skip


def _period(period: Period) -> dict[str, date]:
    return {"first": period.first, "last": period.last}


def _point(point: Point) -> dict[str, Any]:
    return {
        "x": point.x, "series": point.series, "value": point.value, "customers": point.customers,
        "times": point.times, "low": point.low, "high": point.high,
    }  # fmt: skip
