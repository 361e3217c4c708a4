"""What the answers amount to, within the open scope: a branch counts the answers of its customers.

Of an anonymous survey only closed buckets are told (see `buckets`): no two figures differ by fewer people than its threshold.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.answers.collecting import ANONYMOUS, ANSWER, open_sealed, shuffled
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import REFUSED, Question
from kehu.engage.surveys.results import buckets, estimates
from kehu.engage.surveys.results.buckets import Bucket, Step, period_of
from kehu.engage.surveys.results.estimates import Estimate
from kehu.platform.db.rows import from_json
from kehu.platform.errors import Invalid
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text

Opened = Mapping[UUID, Mapping[str, str]]
MOST_TEXTS = 50
AT_ONCE = 50
"""Answers that are unsealed together: files may lie in them."""
_OF_CUSTOMERS = """
SELECT a.id, a.answered_at, NULL::date, a.plain, a.sealed, c.unit_id, s.campaign_id, 0, c.id FROM engage_survey_answer a
JOIN engage_survey_version v ON v.id = a.version_id
LEFT JOIN resolve_cluster k ON k.id = a.customer_id
LEFT JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
LEFT JOIN engage_send s ON s.id = a.invitation_id
WHERE v.survey_id = %(survey)s AND (%(since)s::timestamptz IS NULL OR a.answered_at >= %(since)s)
ORDER BY a.answered_at, a.id
"""
_OF_NOBODY = """
SELECT a.id, NULL::timestamptz, a.week_on, a.plain, a.sealed, NULL::int, NULL::uuid, a.batch, NULL::uuid FROM engage_survey_anonymous a
JOIN engage_survey_version v ON v.id = a.version_id
WHERE v.survey_id = %(survey)s ORDER BY a.week_on, a.id
"""
_INVITED = """
SELECT count(*), count(opened_at), count(answered_at) FROM engage_survey_invitation WHERE survey_id = %s
"""


@dataclass(frozen=True, slots=True)
class Got:
    """One answer as results count it; of an anonymous one neither the customer nor the time is known."""

    id: UUID
    at: datetime | None
    day: date
    plain: dict[str, Any]
    sealed: bytes | None
    unit_id: int | None
    campaign_id: UUID | None
    batch: int
    customer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Share:
    """How often a value was chosen, of how many who answered; for a row of a matrix `row` names it."""

    value: str
    text: dict[str, str]
    count: int
    row: str = ""


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """What one question came to. `count` answered it, `refused` would not say, the rest left it out or were not shown it."""

    question: Question
    count: int
    refused: int
    estimate: Estimate | None
    shares: list[Share]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Point:
    """A measure in one period, or of one unit."""

    key: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Results:
    """Everything on the page of results. `is_withheld`: fewer answers came than an anonymous survey may tell of."""

    answers: int
    invited: int
    opened: int
    answered: int
    is_withheld: bool
    measure: Question | None
    headline: Estimate | None
    questions: list[OfQuestion]
    trend: list[Point]
    units: list[Point]
    campaigns: list[Point]


def get_results(survey: Survey, *, step: Step, since: datetime | None) -> Results:
    """Return the results of a survey within the open scope. Raises Invalid for an anonymous one cut by `since`."""
    definition = read_definition((survey.current.definition if survey.current else None) or survey.draft)
    measure = definition.score()
    with connection.cursor() as cursor:
        cursor.execute(_INVITED, [survey.pk])
        invited, opened, answered = cursor.fetchone()
    if survey.mode == "anonymous":
        if since is not None:
            raise Invalid(Text("匿名问卷不能按日期截取。", "An anonymous survey cannot be cut by a date."))
        return _results_of_nobody(survey, measure, definition.questions, step)
    got = list_answers(survey, since)
    secrets = _written(got, ANSWER)
    return Results(
        len(got), invited, opened, answered, False, measure, measured(measure, got),
        [_of_question(question, got, secrets) for question in definition.questions],
        _trend(measure, _periods(got, step)), _cut(measure, got, lambda one: one.unit_id),
        _cut(measure, got, lambda one: one.campaign_id),
    )  # fmt: skip


def _results_of_nobody(
    survey: Survey, measure: Question | None, questions: Sequence[Question], step: Step
) -> Results:
    """Return the results of an anonymous survey: of each question the buckets in which enough people told something."""
    least = survey.threshold
    closed = close_answers(survey)
    got = buckets.held(closed)
    if not got:
        return Results(0, 0, 0, 0, True, measure, None, [], [], [], [])
    secrets = _written(got, ANONYMOUS)

    def told(question: Question) -> list[Bucket[Got]]:
        return buckets.join(closed, least, lambda one: _tells(question, one, secrets))

    of_measure = told(measure) if measure else []
    found = [_of_question(question, buckets.held(told(question)), secrets) for question in questions]
    return Results(
        len(got), 0, 0, 0, False, measure, measured(measure, buckets.held(of_measure)),
        [replace(one, texts=shuffled(one.texts)) for one in found],
        _trend(measure, buckets.by_period(of_measure, step)), [], [],
    )  # fmt: skip


def _tells(question: Question, one: Got, secrets: Opened) -> bool:
    """Say whether an answer tells something to a question: it was shown, answered and not refused."""
    if question.is_free:
        return bool(secrets.get(one.id, {}).get(question.name))
    return one.plain.get(question.name, REFUSED) not in (REFUSED, [REFUSED])


def close_answers(survey: Survey) -> list[Bucket[Got]]:
    """Return the answers of an anonymous survey that may be told of, in their buckets."""
    return buckets.close_buckets(
        list_answers(survey),
        batch_of=lambda one: one.batch,
        week_of=lambda one: one.day,
        least=survey.threshold,
    )


def list_answers(survey: Survey, since: datetime | None = None) -> list[Got]:
    """Return the answers of a survey within the open scope, the oldest first; of anonymous ones by week."""
    zone = ZoneInfo(environment().time_zone)
    query = _OF_NOBODY if survey.mode == "anonymous" else _OF_CUSTOMERS
    with connection.cursor() as cursor:
        cursor.execute(query, {"survey": survey.pk, "since": since})
        return [
            Got(identity, at, week or at.astimezone(zone).date(), from_json(plain), *rest)
            for identity, at, week, plain, *rest in cursor.fetchall()
        ]


def estimate_of(question: Question, scores: Sequence[float]) -> Estimate | None:
    """Return what scores of a question estimate: NPS, CSAT, else the mean."""
    if question.kind == "nps":
        return estimates.nps([int(score) for score in scores])
    if question.kind == "csat":
        return estimates.csat([int(score) for score in scores])
    return estimates.mean(scores, question.lowest or -1e15, question.highest or 1e15)


def measured(question: Question | None, got: Iterable[Got]) -> Estimate | None:
    """Return what answers estimate of the measure; None without a measure, or without an answer to it."""
    if question is None:
        return None
    return estimate_of(question, [one.plain[question.name] for one in got if question.name in one.plain])


def _of_question(question: Question, got: Sequence[Got], secrets: Opened) -> OfQuestion:
    telling = [one for one in got if _tells(question, one, secrets)]
    if question.is_free:
        texts = (
            [secrets[one.id][question.name] for one in reversed(telling)] if question.kind == "text" else []
        )
        return OfQuestion(question, len(telling), 0, None, [], texts[:MOST_TEXTS])
    told = [one.plain[question.name] for one in telling]
    refused = sum(question.name in one.plain for one in got) - len(told)
    is_figure = question.kind in {"nps", "csat", "ces", "rating", "number"}
    estimate = estimate_of(question, told) if is_figure else None
    return OfQuestion(question, len(told), refused, estimate, shares_of(question, told) if told else [], [])


def shares_of(question: Question, told: Sequence[Any]) -> list[Share]:
    """Return how often each value was chosen in answers that told one; figures and dates have no shares."""
    if question.kind in {"number", "date"}:
        return []
    if question.kind == "consent":
        counts = Counter(bool(value) for value in told)
        return [
            Share("true", {"default": "同意", "en": "Yes"}, counts[True]),
            Share("false", {"default": "不同意", "en": "No"}, counts[False]),
        ]
    if question.kind == "matrix":
        return [
            Share(c.value, c.text, sum(value.get(row.value) == c.value for value in told), row.value)
            for row in question.rows
            for c in question.choices
        ]
    if question.choices:
        flat = Counter(
            one
            for value in told
            for one in (
                value[:1] if question.kind == "ranking" else value if isinstance(value, list) else [value]
            )
        )
        return [Share(c.value, c.text, flat[c.value]) for c in question.choices]
    counts_of = Counter(int(value) for value in told)
    scale = range(int(question.lowest or 0), int(question.highest or 0) + 1)
    return [Share(str(score), {"default": str(score)}, counts_of[score]) for score in scale]


def _written(got: Sequence[Got], place: str) -> Opened:
    """Return what was written to free questions, of a file its name, by answer. Files themselves are let go at once."""
    sealed = [(one.id, one.sealed) for one in got if one.sealed is not None]
    return {
        identity: {
            name: value if isinstance(value, str) else value.get("name") or name
            for name, value in secret.items()
        }
        for start in range(0, len(sealed), AT_ONCE)
        for identity, secret in open_sealed(sealed[start : start + AT_ONCE], place).items()
    }


def _periods(got: Iterable[Got], step: Step) -> list[tuple[str, list[Got]]]:
    periods: dict[str, list[Got]] = {}
    for one in got:
        periods.setdefault(period_of(one.day, step), []).append(one)
    return sorted(periods.items())


def _trend(question: Question | None, periods: Iterable[tuple[str, list[Got]]]) -> list[Point]:
    """Return the measure by period, oldest first."""
    points = [(key, measured(question, part)) for key, part in periods]
    return [Point(key, estimate) for key, estimate in points if estimate is not None]


def _cut(
    question: Question | None, got: Sequence[Got], key: Callable[[Got], int | UUID | None]
) -> list[Point]:
    """Return the measure by a property of the answers that have it; of anonymous answers there is none."""
    if question is None:
        return []
    parts: dict[int | UUID, list[float]] = {}
    for one in got:
        part = key(one)
        if part is not None and question.name in one.plain:
            parts.setdefault(part, []).append(one.plain[question.name])
    points = [(part, estimate_of(question, scores)) for part, scores in parts.items()]
    return [Point(str(part), estimate) for part, estimate in points if estimate is not None]
