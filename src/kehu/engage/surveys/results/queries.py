"""What the answers amount to, within the open scope: a branch counts the answers of its customers.

Of an anonymous survey nothing is told of fewer people than its threshold; periods too small are joined with the next.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.answers.collecting import ANONYMOUS, ANSWER, open_sealed, shuffled
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import REFUSED, Definition, Question
from kehu.engage.surveys.results import estimates
from kehu.engage.surveys.results.estimates import Estimate
from kehu.platform.db.rows import from_json
from kehu.platform.installation.environment import environment

Step = Literal["week", "month"]
MOST_TEXTS = 50
AT_ONCE = 50
"""Answers that are unsealed together: files may lie in them."""
_OF_CUSTOMERS = """
SELECT a.id, a.answered_at, NULL::date, a.plain, a.sealed, c.unit_id, s.campaign_id FROM engage_survey_answer a
JOIN engage_survey_version v ON v.id = a.version_id
LEFT JOIN resolve_cluster k ON k.id = a.customer_id
LEFT JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
LEFT JOIN engage_send s ON s.id = a.invitation_id
WHERE v.survey_id = %(survey)s AND (%(since)s::timestamptz IS NULL OR a.answered_at >= %(since)s)
ORDER BY a.answered_at, a.id
"""
_OF_NOBODY = """
SELECT a.id, NULL::timestamptz, a.week_on, a.plain, a.sealed, NULL::int, NULL::uuid FROM engage_survey_anonymous a
JOIN engage_survey_version v ON v.id = a.version_id
WHERE v.survey_id = %(survey)s AND (%(since)s::timestamptz IS NULL OR a.week_on >= (%(since)s::timestamptz)::date)
ORDER BY a.week_on, a.id
"""
_INVITED = """
SELECT count(*), count(opened_at), count(answered_at) FROM engage_survey_invitation WHERE survey_id = %s
"""


@dataclass(frozen=True, slots=True)
class Got:
    """One answer as results count it."""

    id: UUID
    day: date
    plain: dict[str, Any]
    sealed: bytes | None
    unit_id: int | None
    campaign_id: UUID | None


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
    """Return the results of a survey within the open scope."""
    definition = read_definition((survey.current.definition if survey.current else None) or survey.draft)
    got = list_answers(survey, since)
    least = survey.threshold if survey.mode == "anonymous" else 1
    with connection.cursor() as cursor:
        cursor.execute(_INVITED, [survey.pk])
        invited, opened, answered = cursor.fetchone()
    measure = definition.score()
    if len(got) < least:
        return Results(
            0 if survey.mode == "anonymous" else len(got), invited, opened, answered, survey.mode == "anonymous",
            measure, None, [], [], [], [],
        )  # fmt: skip
    return Results(
        len(got), invited, opened, answered, False, measure, _measured(measure, got),
        _of_questions(definition, got, least, survey.mode),
        _trend(measure, got, step, least), _cut(measure, got, lambda one: one.unit_id),
        _cut(measure, got, lambda one: one.campaign_id),
    )  # fmt: skip


def list_answers(survey: Survey, since: datetime | None = None) -> list[Got]:
    """Return the answers of a survey within the open scope, the oldest first; of anonymous ones by week."""
    zone = ZoneInfo(environment().time_zone)
    query = _OF_NOBODY if survey.mode == "anonymous" else _OF_CUSTOMERS
    with connection.cursor() as cursor:
        cursor.execute(query, {"survey": survey.pk, "since": since})
        return [
            Got(row[0], row[2] or row[1].astimezone(zone).date(), from_json(row[3]), *row[4:7])
            for row in cursor.fetchall()
        ]


def estimate_of(question: Question, scores: Sequence[float]) -> Estimate | None:
    """Return what scores of a question estimate: NPS, CSAT, else the mean."""
    if question.kind == "nps":
        return estimates.nps([int(score) for score in scores])
    if question.kind == "csat":
        return estimates.csat([int(score) for score in scores])
    return estimates.mean(scores, question.lowest or -1e15, question.highest or 1e15)


def _measured(question: Question | None, got: Iterable[Got]) -> Estimate | None:
    if question is None:
        return None
    return estimate_of(question, [one.plain[question.name] for one in got if question.name in one.plain])


def _of_questions(definition: Definition, got: Sequence[Got], least: int, mode: str) -> list[OfQuestion]:
    written = _written(definition, got, mode)
    return [
        _of_free(question, written[question.name], least)
        if question.is_free
        else _of_question(question, got, least)
        for question in definition.questions
    ]


def _of_free(question: Question, written: Sequence[str], least: int) -> OfQuestion:
    is_told = question.kind == "text" and len(written) >= least
    return OfQuestion(question, len(written), 0, None, [], list(written[:MOST_TEXTS]) if is_told else [])


def _of_question(question: Question, got: Sequence[Got], least: int) -> OfQuestion:
    values = [one.plain[question.name] for one in got if question.name in one.plain]
    refused = sum(value in (REFUSED, [REFUSED]) for value in values)
    told = [value for value in values if value not in (REFUSED, [REFUSED])]
    if len(told) < least:
        return OfQuestion(question, 0, 0, None, [], [])
    is_figure = question.kind in {"nps", "csat", "ces", "rating", "number"}
    estimate = estimate_of(question, told) if is_figure else None
    return OfQuestion(question, len(told), refused, estimate, shares_of(question, told), [])


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


def _written(definition: Definition, got: Sequence[Got], mode: str) -> dict[str, list[str]]:
    """Return what was written by free question, of a file its name, the newest first; of an anonymous survey in no order."""
    place = ANONYMOUS if mode == "anonymous" else ANSWER
    found: dict[str, list[str]] = {question.name: [] for question in definition.questions if question.is_free}
    sealed = [(one.id, one.sealed) for one in reversed(got) if found and one.sealed is not None]
    for start in range(0, len(sealed), AT_ONCE):
        for secret in open_sealed(sealed[start : start + AT_ONCE], place).values():
            for name in found.keys() & secret.keys():
                text = secret[name] if isinstance(secret[name], str) else secret[name].get("name") or name
                found[name] += [text] if text else []
    return {name: shuffled(texts) if mode == "anonymous" else texts for name, texts in found.items()}


def period_of(day: date, step: Step) -> str:
    """Return the first day of a day's week (Monday) or month."""
    first = day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)
    return first.isoformat()


def _trend(question: Question | None, got: Sequence[Got], step: Step, least: int) -> list[Point]:
    """Return the measure by period, oldest first. A period of fewer answers than the threshold goes into the next one."""
    if question is None:
        return []
    periods: dict[str, list[float]] = {}
    for one in got:
        if question.name in one.plain:
            periods.setdefault(period_of(one.day, step), []).append(one.plain[question.name])
    joined: list[tuple[str, list[float]]] = []
    waiting: list[float] = []
    for key in sorted(periods):
        waiting += periods[key]
        if len(waiting) >= least:
            joined.append((key, waiting))
            waiting = []
    if waiting and joined:
        joined[-1][1].extend(waiting)
    points = [(key, estimate_of(question, scores)) for key, scores in joined]
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
