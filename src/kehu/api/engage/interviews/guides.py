"""Guides: written, published, closed; what their talks come to, and the talks as a file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.engage.interviews.view import (
    GuideOut,
    GuideRow,
    SummaryOut,
    TalkRow,
    guide_out,
    guide_row,
    summary_out,
    talk_row,
)
from kehu.api.govern.me import current
from kehu.engage.interviews import guides
from kehu.engage.interviews.guides import Wish
from kehu.engage.interviews.records import list_talks
from kehu.engage.interviews.results import summarize
from kehu.engage.models.interviews import InterviewGuide
from kehu.flows.engage.interviews.export_interviews import export_interviews

router = Router(tags=["interviews"])
FILES = {
    200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}
}


class ThemeIn(Schema):
    """A theme. The key has small letters, digits and underscores; the English name may be left empty."""

    key: str = Field(min_length=1, max_length=32)
    zh: str = Field(min_length=1, max_length=40)
    en: str = Field(default="", max_length=40)


class GuideIn(Schema):
    """A new guide. `definition` is SurveyJS JSON of this product's questions, without files and consents."""

    name: str = Field(min_length=1, max_length=100)
    goal: str = Field(default="", max_length=500)
    definition: dict[str, Any]
    themes: list[ThemeIn] = Field(default=[], max_length=50)


class GuideChange(Schema):
    """What is to change; what is left out stays."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    goal: str | None = Field(default=None, max_length=500)
    definition: dict[str, Any] | None = None
    themes: list[ThemeIn] | None = Field(default=None, max_length=50)


def _wish(body: GuideIn | GuideChange) -> Wish:
    codes = None if body.themes is None else [one.dict() for one in body.themes]
    return Wish(body.name, body.goal, body.definition, codes)


@router.get("", response=list[GuideRow], operation_id="list_interview_guides")
def list_guides(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all guides, the one changed last first."""
    current(request).require("survey.read")
    return [
        guide_row(one)
        for one in InterviewGuide.objects.select_related("current").order_by("-updated_at")[:500]
    ]


@router.post("", response={201: GuideOut}, operation_id="create_interview_guide")
def create_guide(request: HttpRequest, body: GuideIn) -> Status[dict[str, Any]]:
    """Write a new guide; talks are recorded along it once it is published."""
    made = guides.create_guide(wish=_wish(body), actor=current(request), now=timezone.now())
    return Status(201, guide_out(guides.get_guide(made.pk)))


@router.get("/{guide_id}", response=GuideOut, operation_id="get_interview_guide")
def get_guide(request: HttpRequest, guide_id: UUID) -> dict[str, Any]:
    """Return a guide with what is being written."""
    current(request).require("survey.read")
    return guide_out(guides.get_guide(guide_id))


@router.patch("/{guide_id}", response=GuideOut, operation_id="update_interview_guide")
def update_guide(request: HttpRequest, guide_id: UUID, body: GuideChange) -> dict[str, Any]:
    """Change the name, the goal, the themes, or the questions; talks go by changed questions once they are published."""
    guides.update_guide(guide_id=guide_id, wish=_wish(body), actor=current(request), now=timezone.now())
    return guide_out(guides.get_guide(guide_id))


@router.post("/{guide_id}/publish", response=GuideOut, operation_id="publish_interview_guide")
def publish_guide(request: HttpRequest, guide_id: UUID) -> dict[str, Any]:
    """Publish what was written, and open the guide for talks."""
    guides.publish_guide(guide_id=guide_id, actor=current(request), now=timezone.now())
    return guide_out(guides.get_guide(guide_id))


@router.post("/{guide_id}/close", response=GuideOut, operation_id="close_interview_guide")
def close_guide(request: HttpRequest, guide_id: UUID) -> dict[str, Any]:
    """Begin no more talks along it; publishing opens it again."""
    guides.close_guide(guide_id=guide_id, actor=current(request), now=timezone.now())
    return guide_out(guides.get_guide(guide_id))


@router.get("/{guide_id}/records", response=list[TalkRow], operation_id="list_interview_records")
def list_records(request: HttpRequest, guide_id: UUID, theme: str = "") -> list[dict[str, Any]]:
    """Return the talks along a guide that the reader may see, his own drafts first; 500 at most."""
    actor = current(request)
    actor.require("survey.read")
    guides.get_guide(guide_id)
    return [talk_row(one, actor) for one in list_talks(guide_id, actor=actor, code=theme)]


@router.get("/{guide_id}/results", response=SummaryOut, operation_id="get_interview_results")
def get_results(request: HttpRequest, guide_id: UUID) -> dict[str, Any]:
    """Return what the finished talks come to, within what the reader may see."""
    actor = current(request)
    actor.require("survey.read")
    return summary_out(summarize(guide_id), actor)


@router.get("/{guide_id}/export", operation_id="export_interviews", openapi_extra={"responses": FILES})
def get_export(request: HttpRequest, guide_id: UUID, purpose: str = "") -> HttpResponse:
    """Return the finished talks as a CSV, only with customers whom the purpose allows.

    `X-Kehu-Rows` and `X-Kehu-Sha256` tell how many talks, and the digest.
    """
    made = export_interviews(guide_id=guide_id, purpose=purpose, actor=current(request), now=timezone.now())
    answer = HttpResponse(made.data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="interviews-{guide_id}.csv"'
    answer.headers["X-Kehu-Rows"] = str(made.rows)
    answer.headers["X-Kehu-Sha256"] = made.digest
    return answer
