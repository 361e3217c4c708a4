"""Who comes back: cohorts by calendar week or month, their later periods, and the figures as a file."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from kehu.analyze.behavior.cohorts import Cohort, ask_retention
from kehu.analyze.behavior.exporting import retention_table
from kehu.analyze.behavior.retention import read_retention
from kehu.api.analyze.behavior import BehaviorIn, RateOut, as_csv, asking_of, rate
from kehu.api.analyze.dashboards import CSV
from kehu.api.edge.errors import language_of
from kehu.api.govern.me import current

router = Router(tags=["behavior"])


class ReturnOut(Schema):
    """How many of a cohort came back in a period. `is_open`: the period is not over, so that this is no final figure."""

    customers: int
    share: RateOut | None
    is_open: bool


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


def _cohort(one: Cohort) -> dict[str, Any]:
    returns = [
        {"customers": each.customers, "share": rate(each.share), "is_open": each.is_open}
        for each in one.returns
    ]
    return {
        "first": one.first, "last": one.last, "customers": one.customers, "is_open": one.is_open,
        "returns": returns,
    }  # fmt: skip
