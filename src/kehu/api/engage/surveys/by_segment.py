"""Results of a survey by segment."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema

from kehu.analyze.segments.saved.queries import open_segment
from kehu.api.engage.surveys.surveys import router
from kehu.api.engage.surveys.view import EstimateOut, estimate_out
from kehu.api.govern.me import current
from kehu.engage.surveys import operations
from kehu.engage.surveys.results.by_segment import MOST_SEGMENTS, Part, get_by_segment


class SurveyPartOut(Schema):
    """How many answers there are of some customers, and the measure with its interval.

    `before` came before the segment was made: nobody can say who was in then, so they count nowhere.
    """

    answers: int
    estimate: EstimateOut | None
    before: int


class OfSegmentOut(SurveyPartOut):
    """The answers of a segment's members."""

    segment_id: UUID
    name: str


class BySegmentOut(Schema):
    """The measure of all whose customer is known, of each segment in the order asked, and of those in none of them."""

    measure: str
    whole: SurveyPartOut
    segments: list[OfSegmentOut]
    rest: SurveyPartOut


@router.get(
    "/{survey_id}/results/segments", response=BySegmentOut, operation_id="get_survey_results_by_segment"
)
def get_results_by_segment(
    request: HttpRequest,
    survey_id: UUID,
    segment: Annotated[list[UUID], Query(max_length=MOST_SEGMENTS)] = [],  # noqa: B006 (never changed)
    when: Literal["then", "now"] = "now",
) -> dict[str, Any]:
    """Return the measure by segments that the reader may open: members now, or when they answered (`then`)."""
    actor = current(request)
    actor.require("survey.read")
    survey = operations.get_survey(survey_id)
    actor.require("segment.read")
    segments = [open_segment(one, actor) for one in dict.fromkeys(segment)]
    found = get_by_segment(survey, segments, when=when, now=timezone.now())
    return {
        "measure": found.measure.kind if found.measure else "",
        "whole": _part(found.whole),
        "segments": [
            {"segment_id": one.pk, "name": one.name, **_part(part)}
            for one, part in zip(segments, found.parts, strict=True)
        ],
        "rest": _part(found.rest),
    }


def _part(part: Part) -> dict[str, Any]:
    return {"answers": part.answers, "estimate": estimate_out(part.estimate), "before": part.before}
