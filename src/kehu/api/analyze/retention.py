"""Who comes back: cohorts by calendar week or month, their later periods, and the figures as a file."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from kehu.analyze.behavior.asking import clock_of, customers_of
from kehu.analyze.behavior.cohorts import Cohort, ask_retention
from kehu.analyze.behavior.exporting import retention_table
from kehu.analyze.behavior.retention import MOST, Cell, behind_cell, read_retention
from kehu.analyze.segments.reading import read
from kehu.api.analyze.behavior import BehaviorIn, BehaviorPeopleOut, RateOut, as_csv, asking_of, rate
from kehu.api.analyze.dashboards import CSV
from kehu.api.edge.errors import language_of
from kehu.api.edge.presenting import people_of
from kehu.api.govern.me import current

router = Router(tags=["behavior"])


class ReturnOut(Schema):
    """How many of a cohort came back in a period. `is_open`: the period is not over, so that this is no final figure."""

    customers: int
    share: RateOut | None
    is_open: bool


class CohortPeopleIn(BehaviorIn):
    """The cohort that begins on a day, and who of it came back, or did not, so many periods later; 0 periods later is all of it."""

    cohort: date
    later: Annotated[int, Field(ge=0, le=MOST)] = 0
    which: Literal["back", "away"] = "back"
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class CohortOut(Schema):
    """The customers of one calendar period, both days included, and their returns one period later and on."""

    first: date
    last: date
    customers: int
    is_open: bool
    returns: list[ReturnOut]


class RetentionOut(Schema):
    """The cohorts, oldest first; `overall` are shares of all cohorts whose period so much later is over."""

    population: int
    cohorts: list[CohortOut]
    overall: list[RateOut | None]
    as_of: datetime


@router.post("", response=RetentionOut, operation_id="ask_retention")
def post_retention(request: HttpRequest, body: BehaviorIn) -> dict[str, Any]:
    """Return who of the caller's scope, open to the purpose, came back in which period."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    found = ask_retention(read_retention(body.definition, asking.book), asking)
    return {
        "population": found.population, "as_of": found.as_of, "overall": [rate(one) for one in found.overall],
        "cohorts": [_cohort(one) for one in found.cohorts],
    }  # fmt: skip


@router.post("/csv", operation_id="export_retention", response={200: Any}, openapi_extra={"responses": CSV})
def post_csv(request: HttpRequest, body: BehaviorIn) -> HttpResponse:
    """Return every cell as a CSV; the export stands in the audit trail."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    found = ask_retention(read_retention(body.definition, asking.book), asking)
    return as_csv(retention_table(found, asking=asking, language=language_of(request)), "retention.csv")


@router.post("/customers", response=BehaviorPeopleOut, operation_id="list_retention_customers")
def post_customers(request: HttpRequest, body: CohortPeopleIn) -> dict[str, Any]:
    """Return who is behind a cell: of one cohort, who came back in a period or who did not."""
    actor = current(request)
    actor.require("segment.read")
    asking = asking_of(body, actor)
    retention = read_retention(body.definition, asking.book)
    cell = Cell(body.cohort, body.later, is_away=body.which == "away")
    today = clock_of(asking, retention.population).today
    definition = behind_cell(body.definition, retention, cell, today)
    found = customers_of(asking, read(definition, asking.book.kinds), after=body.cursor, limit=body.limit)
    return {
        "items": people_of(found.ids, actor), "next_cursor": found.next_cursor, "definition": definition,
    }  # fmt: skip


def _cohort(one: Cohort) -> dict[str, Any]:
    returns = [
        {"customers": each.customers, "share": rate(each.share), "is_open": each.is_open}
        for each in one.returns
    ]
    return {
        "first": one.first, "last": one.last, "customers": one.customers, "is_open": one.is_open,
        "returns": returns,
    }  # fmt: skip
