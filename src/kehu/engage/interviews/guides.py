"""Guides: written, published in versions, closed. A version never changes once it is published."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.engage.interviews.faults import GuideNotFound, GuideStateWrong
from kehu.engage.models.interviews import InterviewGuide, InterviewGuideVersion
from kehu.engage.surveys.faults import DefinitionInvalid
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import Definition
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Invalid
from kehu.platform.ids import new_id
from kehu.platform.text import Text

MOST_CODES = 50
NOT_ASKED = frozenset({"file", "consent"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a guide is to be; what is None stays. A code is `{key, zh, en}`."""

    name: str | None = None
    goal: str | None = None
    definition: Any = None
    codes: Sequence[Mapping[str, str]] | None = None


def read_guide(raw: Any) -> Definition:
    """Read the questions of a guide. Raises DefinitionInvalid; files and consents are asked by questionnaires."""
    definition = read_definition(raw)
    for question in definition.questions:
        if question.kind in NOT_ASKED:
            raise DefinitionInvalid(
                f"/{question.name}",
                Text("访谈里不能用文件题和同意题；这两种用问卷。", "An interview asks for no file and no consent; a survey does."),
            )  # fmt: skip
    return definition


def create_guide(*, wish: Wish, actor: Actor, now: datetime) -> InterviewGuide:
    """Write a new guide, not published yet. Raises DefinitionInvalid or Invalid."""
    actor.require("survey.manage")
    guide = InterviewGuide(id=new_id(), author_id=actor.id, created_at=now)
    _apply(guide, wish, now)
    guide.save(force_insert=True)
    _record(guide, actor, now, {"step": "create"})
    return guide


def update_guide(*, guide_id: UUID, wish: Wish, actor: Actor, now: datetime) -> InterviewGuide:
    """Change what is being written. Raises GuideNotFound, DefinitionInvalid or Invalid."""
    actor.require("survey.manage")
    guide = get_guide(guide_id, for_update=True)
    _apply(guide, wish, now)
    guide.save()
    _record(guide, actor, now, {"step": "change"})
    return guide


def publish_guide(*, guide_id: UUID, actor: Actor, now: datetime) -> InterviewGuide:
    """Publish what was written; talks can be recorded along it. Raises GuideStateWrong where nothing has changed."""
    actor.require("survey.manage")
    guide = get_guide(guide_id, for_update=True)
    last = guide.versions.order_by("-version").first()
    is_same = last is not None and last.definition == guide.draft
    if is_same and guide.state == "open":
        raise GuideStateWrong(
            Text("这一版已经发布，没有改动。", "This is published already; nothing has changed.")
        )
    if last is None or not is_same:
        last = InterviewGuideVersion.objects.create(
            guide=guide, version=last.version + 1 if last else 1, definition=guide.draft, author_id=actor.id,
            published_at=now,
        )  # fmt: skip
    guide.current, guide.state, guide.updated_at = last, "open", now
    guide.save(update_fields=["current", "state", "updated_at"])
    _record(guide, actor, now, {"step": "publish", "version": last.version})
    return guide


def close_guide(*, guide_id: UUID, actor: Actor, now: datetime) -> InterviewGuide:
    """Begin no more talks along it; drafts can be finished. Raises GuideStateWrong where it is not open."""
    actor.require("survey.manage")
    guide = get_guide(guide_id, for_update=True)
    if guide.state != "open":
        raise GuideStateWrong(Text("这份提纲没有在用。", "The guide is not in use."))
    guide.state, guide.updated_at = "closed", now
    guide.save(update_fields=["state", "updated_at"])
    _record(guide, actor, now, {"step": "close"})
    return guide


def get_guide(guide_id: UUID, *, for_update: bool = False) -> InterviewGuide:
    """Return a guide with its version in force. Raises GuideNotFound."""
    query = InterviewGuide.objects.select_for_update(of=("self",)) if for_update else InterviewGuide.objects
    found = query.select_related("current").filter(pk=guide_id).first()
    if found is None:
        raise GuideNotFound
    return found


def _apply(guide: InterviewGuide, wish: Wish, now: datetime) -> None:
    if wish.name is not None:
        guide.name = wish.name.strip()
    if wish.goal is not None:
        guide.goal = wish.goal.strip()
    if wish.definition is not None:
        read_guide(wish.definition)
        guide.draft = wish.definition
    if wish.codes is not None:
        guide.codes = _read_codes(wish.codes)
    guide.updated_at = now
    if not guide.name:
        raise Invalid(Text("给提纲起个名字。", "Give the guide a name."))


def _read_codes(raw: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    codes = [{key: str(one.get(key, "")).strip() for key in ("key", "zh", "en")} for one in raw]
    if len(codes) > MOST_CODES or len({one["key"] for one in codes}) < len(codes):
        raise Invalid(
            Text(f"主题最多 {MOST_CODES} 个，代码不能重复。", f"{MOST_CODES} themes at most, each key once.")
        )
    if not all(_KEY.fullmatch(one["key"]) and one["zh"] for one in codes):
        raise Invalid(
            Text(
                "每个主题要有代码（小写字母开头）和名称。",
                "A theme has a key (small letters first) and a name.",
            )
        )
    return codes


def _record(guide: InterviewGuide, actor: Actor, now: datetime, details: Mapping[str, Any]) -> None:
    audit.record(
        action="interview.guide", actor_id=actor.id, now=now, object_kind="interview", object_id=guide.pk,
        details=details, request_id=actor.request_id,
    )  # fmt: skip
