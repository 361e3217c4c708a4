"""From guides, talks and their results to what answers hold."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from kehu.api.engage.surveys.view import EstimateOut, ShareOut
from kehu.engage.interviews.guides import read_guide
from kehu.engage.interviews.records import Talk
from kehu.engage.interviews.results import Asked, Summary
from kehu.engage.models.interviews import InterviewGuide
from kehu.govern.access.actors import Actor
from kehu.govern.fields.presentation import shown_name


class ThemeOut(Schema):
    """A theme by which talks are read: its key, and its name in Chinese and English (which may be empty)."""

    key: str
    zh: str
    en: str


class GuideRow(Schema):
    """A guide in the list."""

    id: UUID
    name: str
    goal: str
    state: str
    version: int
    questions: int
    updated_at: datetime


class GuideOut(GuideRow):
    """A guide with what is being written."""

    definition: dict[str, Any]
    themes: list[ThemeOut]
    is_changed: bool


class TalkRow(Schema):
    """A talk in a list. `state`: draft (one's own) or done."""

    id: UUID
    guide_id: UUID
    guide: str
    customer_id: UUID
    customer: str
    unit: str
    author: str | None
    state: str
    way: str
    held_at: datetime
    minutes: int | None
    codes: list[str]
    updated_at: datetime


class TalkOut(TalkRow):
    """A talk, opened, with the questions as they were published. `is_own`: the reader has written it."""

    version: int
    definition: dict[str, Any]
    themes: list[ThemeOut]
    answers: dict[str, Any]
    notes: str
    revision: int
    is_own: bool


class ThemeShare(Schema):
    """In how many talks a theme came up: the share (0 to 1) with its 95 % interval."""

    key: str
    name: dict[str, str]
    share: EstimateOut


class QuoteOut(Schema):
    """What was said in one talk."""

    record_id: UUID
    customer: str
    held_at: datetime
    text: str


class AskedOut(Schema):
    """One question over the talks."""

    name: str
    kind: str
    title: dict[str, str]
    rows: list[dict[str, Any]]
    count: int
    estimate: EstimateOut | None
    shares: list[ShareOut]
    quotes: list[QuoteOut]


class SummaryOut(Schema):
    """What the talks of a guide come to, within what the reader may see."""

    talks: int
    customers: int
    minutes: float | None
    themes: list[ThemeShare]
    questions: list[AskedOut]


def guide_row(guide: InterviewGuide) -> dict[str, Any]:
    """Return a guide as the list holds it."""
    return {
        "id": guide.pk, "name": guide.name, "goal": guide.goal, "state": guide.state,
        "version": guide.current.version if guide.current else 0,
        "questions": len(read_guide(guide.draft).questions), "updated_at": guide.updated_at,
    }  # fmt: skip


def guide_out(guide: InterviewGuide) -> dict[str, Any]:
    """Return a guide as its page holds it."""
    is_changed = guide.current is None or guide.current.definition != guide.draft
    return {
        **guide_row(guide),
        "definition": guide.draft,
        "themes": guide.codes,
        "is_changed": is_changed,
    }


def talk_row(talk: Talk, actor: Actor) -> dict[str, Any]:
    """Return a talk as a list holds it, the name as the reader may see it."""
    return {
        "id": talk.id, "guide_id": talk.guide_id, "guide": talk.guide, "customer_id": talk.customer_id,
        "customer": shown_name(talk.customer, actor), "unit": talk.unit, "author": talk.author, "state": talk.state,
        "way": talk.way, "held_at": talk.held_at, "minutes": talk.minutes, "codes": talk.codes,
        "updated_at": talk.updated_at,
    }  # fmt: skip


def talk_out(talk: Talk, actor: Actor) -> dict[str, Any]:
    """Return a talk as its page holds it."""
    return {
        **talk_row(talk, actor), "version": talk.version, "definition": talk.definition, "themes": talk.themes,
        "answers": talk.answers, "notes": talk.notes, "revision": talk.revision, "is_own": talk.author_id == actor.id,
    }  # fmt: skip


def summary_out(found: Summary, actor: Actor) -> dict[str, Any]:
    """Return results as the page holds them."""
    return {
        "talks": found.talks, "customers": found.customers, "minutes": found.minutes,
        "themes": [{"key": one.key, "name": one.name, "share": one.share} for one in found.themes],
        "questions": [_asked(one, actor) for one in found.questions],
    }  # fmt: skip


def _asked(one: Asked, actor: Actor) -> dict[str, Any]:
    asked = one.question
    return {
        "name": asked.name, "kind": asked.kind, "title": asked.title,
        "rows": [{"value": row.value, "text": row.text} for row in asked.rows], "count": one.count,
        "estimate": one.estimate, "shares": one.shares,
        "quotes": [
            {
                "record_id": quote.talk.id, "customer": shown_name(quote.talk.customer, actor),
                "held_at": quote.talk.held_at, "text": quote.text,
            }
            for quote in one.quotes
        ],
    }  # fmt: skip
