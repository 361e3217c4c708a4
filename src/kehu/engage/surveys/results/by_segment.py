"""What the customers of segments answered, beside all and beside those who are in none of them.

A customer may be in several segments, and then counts in each. Who was in is asked of the stays that segments keep, by
the purpose of each: whoever it may not take any more is in none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.saved.queries import stays_among
from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import Question
from kehu.engage.surveys.results.estimates import Estimate
from kehu.engage.surveys.results.queries import Got, list_answers, measured
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MOST_SEGMENTS = 6
When = Literal["then", "now"]
"""Whether who answered was in when he answered, or is in now."""


@dataclass(frozen=True, slots=True)
class Part:
    """How many answers there are of some customers, and what they estimate of the measure.

    `before` came before the segment was made, when nobody can say who was in: they count nowhere.
    """

    answers: int
    estimate: Estimate | None
    before: int = 0


@dataclass(frozen=True, slots=True)
class BySegment:
    """The measure, of all answers whose customer is known, of each segment in the order asked, and of those in none."""

    measure: Question | None
    whole: Part
    parts: tuple[Part, ...]
    rest: Part


def get_by_segment(survey: Survey, segments: Sequence[Segment], *, when: When, now: datetime) -> BySegment:
    """Return the measure by segments within the open scope.

    Raises Invalid for an anonymous survey and for no segment or too many, SegmentNotReady or PurposeIsOff.
    """
    if survey.mode == "anonymous":
        raise Invalid(
            Text(
                "匿名问卷不知道是谁回答的，不能按客群看。",
                "Nobody knows who answered an anonymous survey: it has no results by segment.",
            )
        )
    if not 1 <= len(segments) <= MOST_SEGMENTS:
        raise Invalid(Text(f"选 1 到 {MOST_SEGMENTS} 个客群。", f"Choose 1 to {MOST_SEGMENTS} segments."))
    measure = read_definition((survey.current.definition if survey.current else None) or survey.draft).score()
    got = [one for one in list_answers(survey) if one.customer_id is not None]
    known = [
        [one for one in got if when == "now" or one.at is None or one.at >= segment.created_at]
        for segment in segments
    ]
    inside = [_inside(segment, asked, when, now) for segment, asked in zip(segments, known, strict=True)]
    members = {one.id for found in inside for one in found}
    of_all = set.intersection(*({one.id for one in asked} for asked in known))
    return BySegment(
        measure,
        _part(measure, got),
        tuple(
            replace(_part(measure, found), before=len(got) - len(asked))
            for found, asked in zip(inside, known, strict=True)
        ),
        replace(
            _part(measure, [one for one in got if one.id in of_all - members]), before=len(got) - len(of_all)
        ),
    )


def _inside(segment: Segment, got: Sequence[Got], when: When, now: datetime) -> list[Got]:
    """Return the answers whose customer was in at their time, or is in now."""
    stays = stays_among(segment, {one.customer_id for one in got if one.customer_id})

    def was_in(one: Got) -> bool:
        at = now if when == "now" or one.at is None else one.at
        periods = stays.get(one.customer_id, ()) if one.customer_id else ()
        return any(since <= at and (until is None or until > at) for since, until in periods)

    return [one for one in got if was_in(one)]


def _part(measure: Question | None, got: Sequence[Got]) -> Part:
    return Part(len(got), measured(measure, got))
