"""What the talks along a guide come to: themes, closed questions with intervals, and what was said, each with its talk.

Only talks that are done, within the open scope: a manager reads those of his customers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kehu.engage.interviews.guides import get_guide, read_guide
from kehu.engage.interviews.records import Talk, list_done
from kehu.engage.surveys.form.questions import REFUSED, Question
from kehu.engage.surveys.results.estimates import Estimate, wilson
from kehu.engage.surveys.results.queries import Share, estimate_of, shares_of

MOST_QUOTES = 100
FIGURES = frozenset({"nps", "csat", "ces", "rating", "number"})


@dataclass(frozen=True, slots=True)
class Theme:
    """In how many talks a theme came up; the share with Wilson's interval."""

    key: str
    name: dict[str, str]
    share: Estimate


@dataclass(frozen=True, slots=True)
class Quote:
    """What was said in one talk."""

    talk: Talk
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question over the talks: `count` answered it."""

    question: Question
    count: int
    estimate: Estimate | None
    shares: list[Share]
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Summary:
    """The talks of a guide together. `minutes` is the mean length of those that say it."""

    talks: int
    customers: int
    minutes: float | None
    themes: list[Theme]
    questions: list[Asked]


def summarize(guide_id: UUID) -> Summary:
    """Return what the talks of a guide come to, by the questions as they stand. Raises GuideNotFound."""
    guide = get_guide(guide_id)
    definition = read_guide((guide.current.definition if guide.current else None) or guide.draft)
    talks = list_done(guide_id)
    timed = [one.minutes for one in talks if one.minutes]
    return Summary(
        len(talks), len({one.customer_id for one in talks}), sum(timed) / len(timed) if timed else None,
        _themes(guide.codes, talks), [_asked(question, talks) for question in definition.questions],
    )  # fmt: skip


def _themes(codes: Sequence[dict[str, str]], talks: Sequence[Talk]) -> list[Theme]:
    """Return the themes, what came up most first; those that never did are there, too."""
    counts = Counter(code for one in talks for code in one.codes)
    found = [
        Theme(one["key"], {"zh": one["zh"], "en": one["en"] or one["zh"]}, share)
        for one in codes
        if (share := wilson(counts[one["key"]], len(talks))) is not None
    ]
    return sorted(found, key=lambda theme: -theme.share.value)


def _asked(question: Question, talks: Sequence[Talk]) -> Asked:
    answered = [(one, one.answers[question.name]) for one in talks if question.name in one.answers]
    if question.is_free:
        return Asked(question, len(answered), None, [], [Quote(*one) for one in answered[:MOST_QUOTES]])
    told: list[Any] = [value for _, value in answered if value not in (REFUSED, [REFUSED])]
    estimate = estimate_of(question, told) if question.kind in FIGURES and told else None
    return Asked(question, len(told), estimate, shares_of(question, told) if told else [], [])
