"""Surveys: written, published, closed, and what their answers amount to."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.engage.surveys.view import (
    ResultsOut,
    SurveyOut,
    SurveyRow,
    VersionOut,
    results_out,
    survey_out,
    survey_row,
)
from kehu.api.govern.me import current
from kehu.engage.models.campaigns import Campaign
from kehu.engage.models.surveys import Survey
from kehu.engage.surveys import operations
from kehu.engage.surveys.files.qr import draw
from kehu.engage.surveys.operations import QuotaWish, Settings
from kehu.engage.surveys.results.queries import get_results
from kehu.govern.queries.people import list_units

router = Router(tags=["surveys"])


class QuotaIn(Schema):
    """How many answers are wanted, of all, or of those who choose `value` at the single-choice question `question`."""

    most: int = Field(ge=1, le=10_000_000)
    question: str = Field(default="", max_length=32)
    value: str = Field(default="", max_length=32)


class SettingsIn(Schema):
    """What may change while the survey is open. `rule` is taken away by `{}`."""

    closes_at: datetime | None = None
    cool_down_days: int | None = Field(default=None, ge=0, le=3650)
    threshold: int | None = Field(default=None, ge=5, le=1000)
    rule: dict[str, Any] | None = None
    quotas: list[QuotaIn] | None = Field(default=None, max_length=50)

    def settings(self, name: str | None = None) -> Settings:
        """Return them as operations take them."""
        quotas = (
            None if self.quotas is None else [QuotaWish(q.most, q.question, q.value) for q in self.quotas]
        )
        return Settings(name, self.closes_at, self.cool_down_days, self.threshold, self.rule, quotas)


class SurveyIn(SettingsIn):
    """A new survey. `definition` is SurveyJS JSON, restricted to the kinds of questions of this product."""

    name: str = Field(min_length=1, max_length=100)
    mode: Literal["personal", "open", "anonymous"] = "personal"
    definition: dict[str, Any]


class SurveyChange(SettingsIn):
    """What is to change; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    definition: dict[str, Any] | None = None


@router.get("", response=list[SurveyRow], operation_id="list_surveys")
def list_surveys(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all surveys, the one changed last first."""
    current(request).require("survey.read")
    return [survey_row(one) for one in Survey.objects.select_related("current").order_by("-updated_at")[:500]]


@router.post("", response={201: SurveyOut}, operation_id="create_survey")
def create_survey(request: HttpRequest, body: SurveyIn) -> Status[dict[str, Any]]:
    """Write a new survey; it takes answers once it is published."""
    made = operations.create_survey(
        name=body.name, mode=body.mode, definition=body.definition, settings=body.settings(),
        actor=current(request), now=timezone.now(),
    )  # fmt: skip
    return Status(201, survey_out(made))


@router.get("/{survey_id}", response=SurveyOut, operation_id="get_survey")
def get_survey(request: HttpRequest, survey_id: UUID) -> dict[str, Any]:
    """Return a survey with what is being written."""
    current(request).require("survey.read")
    return survey_out(operations.get_survey(survey_id))


@router.patch("/{survey_id}", response=SurveyOut, operation_id="update_survey")
def update_survey(request: HttpRequest, survey_id: UUID, body: SurveyChange) -> dict[str, Any]:
    """Change the questions that are being written, or settings; people see changed questions once they are published."""
    operations.update_survey(
        survey_id=survey_id, definition=body.definition, settings=body.settings(body.name), actor=current(request),
        now=timezone.now(),
    )  # fmt: skip
    return survey_out(operations.get_survey(survey_id))


@router.get("/{survey_id}/versions", response=list[VersionOut], operation_id="list_survey_versions")
def list_versions(request: HttpRequest, survey_id: UUID) -> list[dict[str, Any]]:
    """Return what was published, the newest first."""
    current(request).require("survey.read")
    found = operations.get_survey(survey_id).versions.order_by("-version")
    return [{"version": v.version, "definition": v.definition, "published_at": v.published_at} for v in found]


@router.post("/{survey_id}/publish", response=SurveyOut, operation_id="publish_survey")
def publish_survey(request: HttpRequest, survey_id: UUID) -> dict[str, Any]:
    """Publish what was written, and open the survey."""
    operations.publish_survey(survey_id=survey_id, actor=current(request), now=timezone.now())
    return survey_out(operations.get_survey(survey_id))


@router.post("/{survey_id}/close", response=SurveyOut, operation_id="close_survey")
def close_survey(request: HttpRequest, survey_id: UUID) -> dict[str, Any]:
    """Take no more answers; publishing opens it again."""
    operations.close_survey(survey_id=survey_id, actor=current(request), now=timezone.now())
    return survey_out(operations.get_survey(survey_id))


@router.get("/{survey_id}/results", response=ResultsOut, operation_id="get_survey_results")
def get_survey_results(
    request: HttpRequest,
    survey_id: UUID,
    step: Literal["week", "month"] = "month",
    since: datetime | None = None,
) -> dict[str, Any]:
    """Return what the answers amount to, within what the reader may see; of an anonymous survey by closed batches, without `since`."""
    current(request).require("survey.read")
    survey = operations.get_survey(survey_id)
    units = {str(unit.pk): unit.name for unit in list_units()}
    found = get_results(survey, step=step, since=since)
    campaigns = Campaign.objects.filter(survey=survey).values_list("pk", "name")
    return results_out(survey, found, units, {str(pk): name for pk, name in campaigns})


@router.get("/{survey_id}/qr", response={200: None}, operation_id="get_survey_qr")
def get_qr(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Return the QR code of a survey's open link, as SVG."""
    current(request).require("survey.read")
    found = survey_out(operations.get_survey(survey_id))
    address = request.build_absolute_uri("/").rstrip("/") + found["path"]
    return HttpResponse(draw(address if found["path"] else None), content_type="image/svg+xml")
