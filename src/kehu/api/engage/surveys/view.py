"""From surveys and their results to what answers hold."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.links import make_token
from kehu.engage.surveys.results.estimates import Estimate
from kehu.engage.surveys.results.queries import OfQuestion, Point, Results


class QuotaOut(Schema):
    """How many answers are wanted, and how many came."""

    question: str
    value: str
    most: int
    taken: int


class SurveyRow(Schema):
    """A survey in the list. `measure` is the kind of its first score: nps, csat, ces, or empty."""

    id: UUID
    name: str
    mode: str
    state: str
    version: int
    questions: int
    languages: list[str]
    measure: str
    closes_at: datetime | None
    created_at: datetime
    updated_at: datetime


class SurveyOut(SurveyRow):
    """A survey with what is being written, its settings, and the path of its open link."""

    definition: dict[str, Any]
    is_changed: bool
    rule: dict[str, Any]
    cool_down_days: int
    threshold: int
    quotas: list[QuotaOut]
    path: str


class VersionOut(Schema):
    """A published version."""

    version: int
    definition: dict[str, Any]
    published_at: datetime


class EstimateOut(Schema):
    """A figure with the ends of its 95 % interval, and of how many answers."""

    value: float
    low: float | None
    high: float | None
    count: int


class ShareOut(Schema):
    """How often a value was chosen; `row` is the row of a matrix."""

    value: str
    text: dict[str, str]
    count: int
    row: str


class OfQuestionOut(Schema):
    """What one question came to."""

    name: str
    kind: str
    title: dict[str, str]
    rows: list[dict[str, Any]]
    count: int
    refused: int
    estimate: EstimateOut | None
    shares: list[ShareOut]
    texts: list[str]


class PointOut(Schema):
    """A measure in one period (its first day) or of one unit (its name)."""

    key: str
    estimate: EstimateOut


class ResultsOut(Schema):
    """Everything on the page of results."""

    answers: int
    invited: int
    opened: int
    answered: int
    is_withheld: bool
    threshold: int
    measure: str
    headline: EstimateOut | None
    questions: list[OfQuestionOut]
    trend: list[PointOut]
    units: list[PointOut]
    campaigns: list[PointOut]


def survey_row(survey: Survey) -> dict[str, Any]:
    """Return a survey as the list holds it."""
    definition = read_definition(survey.draft)
    measure = definition.score()
    return {
        "id": survey.pk, "name": survey.name, "mode": survey.mode, "state": survey.state,
        "version": survey.current.version if survey.current else 0, "questions": len(definition.questions),
        "languages": list(definition.languages), "measure": measure.kind if measure else "",
        "closes_at": survey.closes_at, "created_at": survey.created_at, "updated_at": survey.updated_at,
    }  # fmt: skip


def survey_out(survey: Survey) -> dict[str, Any]:
    """Return a survey as its page holds it."""
    is_linked = survey.mode != "personal" and survey.current is not None
    return {
        **survey_row(survey), "definition": survey.draft,
        "is_changed": survey.current is None or survey.current.definition != survey.draft,
        "rule": survey.rule, "cool_down_days": survey.cool_down_days,
        "threshold": survey.threshold,
        "quotas": [
            {"question": q.question, "value": q.value, "most": q.most, "taken": _told(survey, q.taken)}
            for q in survey.quotas.order_by("pk")
        ],
        "path": f"/survey#{make_token('o', survey.pk)}" if is_linked else "",
    }  # fmt: skip


def _told(survey: Survey, taken: int) -> int:
    """Return how many came as it may be told: of an anonymous survey in whole steps of its threshold."""
    return taken - taken % survey.threshold if survey.mode == "anonymous" else taken


def estimate_out(found: Estimate | None) -> dict[str, Any] | None:
    """Return a figure as answers hold it."""
    if found is None:
        return None
    return {"value": found.value, "low": found.low, "high": found.high, "count": found.count}


def _points(points: list[Point], names: dict[str, str] | None = None) -> list[dict[str, Any]]:
    return [
        {"key": names.get(p.key, "") if names is not None else p.key, "estimate": estimate_out(p.estimate)} for p in points
    ]  # fmt: skip


def _question(one: OfQuestion) -> dict[str, Any]:
    asked = one.question
    return {
        "name": asked.name, "kind": asked.kind, "title": asked.title,
        "rows": [{"value": row.value, "text": row.text} for row in asked.rows],
        "count": one.count, "refused": one.refused, "estimate": estimate_out(one.estimate),
        "shares": [{"value": s.value, "text": s.text, "count": s.count, "row": s.row} for s in one.shares],
        "texts": one.texts,
    }  # fmt: skip


def results_out(
    survey: Survey, found: Results, units: dict[str, str], campaigns: dict[str, str]
) -> dict[str, Any]:
    """Return results as the page holds them; `units` and `campaigns` are names by id."""
    return {
        "answers": found.answers, "invited": found.invited, "opened": found.opened, "answered": found.answered,
        "is_withheld": found.is_withheld, "threshold": survey.threshold,
        "measure": found.measure.kind if found.measure else "", "headline": estimate_out(found.headline),
        "questions": [_question(one) for one in found.questions],
        "trend": _points(found.trend), "units": _points(found.units, units),
        "campaigns": _points(found.campaigns, campaigns),
    }  # fmt: skip
