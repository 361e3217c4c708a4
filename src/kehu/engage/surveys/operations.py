"""Questionnaires: written, published in versions, closed. A version never changes once it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.engage.models.surveys import MODES, Quota, Survey, SurveyVersion
from kehu.engage.surveys.faults import SurveyNotFound, SurveyStateWrong
from kehu.engage.surveys.form.consents import check_consents
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.rules import check_rule
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Invalid
from kehu.platform.ids import new_id
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class QuotaWish:
    """How many answers are wanted, of all or of those who chose a value."""

    most: int
    question: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may change while a survey is open; what is None stays."""

    name: str | None = None
    closes_at: datetime | None = None
    cool_down_days: int | None = None
    threshold: int | None = None
    rule: Mapping[str, Any] | None = None
    quotas: Sequence[QuotaWish] | None = field(default=None)


def create_survey(
    *, name: str, mode: str, definition: Any, settings: Settings, actor: Actor, now: datetime
) -> Survey:
    """Write a new survey, not published yet. Raises DefinitionInvalid or Invalid."""
    actor.require("survey.manage")
    if mode not in MODES:
        raise Invalid(Text(f"方式只有：{'、'.join(MODES)}。", f"A mode is one of: {', '.join(MODES)}."))
    check_consents(read_definition(definition), mode)
    survey = Survey(
        id=new_id(), name=name.strip(), mode=mode, draft=definition, author_id=actor.id, created_at=now, updated_at=now
    )  # fmt: skip
    _check_name(survey.name)
    survey.save(force_insert=True)
    _apply(survey, settings)
    survey.save()
    _record("survey.create", survey, actor, now, {"mode": mode})
    return survey


def update_survey(
    *, survey_id: UUID, definition: Any, settings: Settings, actor: Actor, now: datetime
) -> Survey:
    """Change the questions that are being written, or the settings; None leaves them. Raises SurveyNotFound or Invalid."""
    actor.require("survey.manage")
    survey = get_survey(survey_id, for_update=True)
    if definition is not None:
        check_consents(read_definition(definition), survey.mode)
        survey.draft = definition
    _apply(survey, settings)
    survey.updated_at = now
    survey.save()
    changed = [f.name for f in fields(settings) if getattr(settings, f.name) is not None]
    _record("survey.change", survey, actor, now, {"changed": changed, "questions": definition is not None})
    return survey


def publish_survey(*, survey_id: UUID, actor: Actor, now: datetime) -> SurveyVersion:
    """Publish what was written and open the survey. Raises SurveyStateWrong where nothing has changed."""
    actor.require("survey.manage")
    survey = get_survey(survey_id, for_update=True)
    check_consents(read_definition(survey.draft), survey.mode)
    last = survey.versions.order_by("-version").first()
    if last is not None and last.definition == survey.draft and survey.state == "open":
        raise SurveyStateWrong(
            Text("这一版已经发布，没有改动。", "This is published already; nothing has changed.")
        )
    if last is None or last.definition != survey.draft:
        last = SurveyVersion.objects.create(
            survey=survey, version=last.version + 1 if last else 1, definition=survey.draft, author_id=actor.id,
            published_at=now,
        )  # fmt: skip
    survey.current, survey.state, survey.updated_at = last, "open", now
    survey.save(update_fields=["current", "state", "updated_at"])
    _record("survey.publish", survey, actor, now, {"version": last.version})
    return last


def close_survey(*, survey_id: UUID, actor: Actor, now: datetime) -> Survey:
    """Take no more answers. Publishing opens it again. Raises SurveyStateWrong where it is not open."""
    actor.require("survey.manage")
    survey = get_survey(survey_id, for_update=True)
    if survey.state != "open":
        raise SurveyStateWrong(Text("问卷没有在收集。", "The survey is not collecting."))
    survey.state, survey.updated_at = "closed", now
    survey.save(update_fields=["state", "updated_at"])
    _record("survey.close", survey, actor, now, {})
    return survey


def get_survey(survey_id: UUID, *, for_update: bool = False) -> Survey:
    """Return a survey with its version in force. Raises SurveyNotFound."""
    query = Survey.objects.select_for_update(of=("self",)) if for_update else Survey.objects
    found = query.select_related("current").filter(pk=survey_id).first()
    if found is None:
        raise SurveyNotFound
    return found


def _check_name(name: str) -> None:
    if not name:
        raise Invalid(Text("给问卷起个名字。", "Give the survey a name."))


def _apply(survey: Survey, settings: Settings) -> None:
    definition = read_definition(survey.draft)
    if settings.name is not None:
        survey.name = settings.name.strip()
        _check_name(survey.name)
    if survey.mode == "anonymous" and survey.current is not None:
        _keep_threshold(survey, settings)
    for name in ("closes_at", "cool_down_days", "threshold"):
        if (value := getattr(settings, name)) is not None:
            setattr(survey, name, value)
    if settings.rule is not None:
        survey.rule = check_rule(settings.rule, definition, survey.mode)
    if settings.quotas is not None:
        _write_quotas(survey, settings.quotas)


def _keep_threshold(survey: Survey, settings: Settings) -> None:
    """Refuse what would let two readings of a published anonymous survey be compared: another threshold, a finer quota."""
    if settings.threshold not in {None, survey.threshold}:
        raise Invalid(
            Text(
                "匿名问卷发布以后，显示结果的份数不能再改。",
                "Once an anonymous survey is published its threshold stays.",
            )
        )
    held = {(quota.question, quota.value): quota.most for quota in survey.quotas.all()}
    for wish in settings.quotas or ():
        if wish.most < held.get((wish.question, wish.value), wish.most + 1):
            raise Invalid(
                Text(
                    "匿名问卷发布以后，配额只能提高，不能新增或降低。",
                    "Once an anonymous survey is published quotas can be raised, not added or lowered.",
                )
            )


def _write_quotas(survey: Survey, wishes: Sequence[QuotaWish]) -> None:
    """Set quotas; what was taken stays counted, so that one may not be set below it."""
    questions = read_definition(survey.draft).by_name()
    kept = []
    for wish in wishes:
        asked = questions.get(wish.question)
        known = {choice.value for choice in asked.choices} if asked and asked.kind == "single" else set()
        if wish.question and wish.value not in known:
            raise Invalid(
                Text("配额只能按单选题的选项设。", "A quota goes by a choice of a single-choice question.")
            )
        held = survey.quotas.filter(question=wish.question, value=wish.value).first()
        if held is None:
            held = Quota(survey=survey, question=wish.question, value=wish.value)
        if wish.most < max(1, held.taken):
            raise Invalid(
                Text(f"已收到 {held.taken} 份，配额不能更低。", f"{held.taken} came already; set no less.")
            )
        held.most = wish.most
        held.save(update_fields=["most"] if held.pk else None)
        kept.append(held.pk)
    survey.quotas.exclude(pk__in=kept).delete()


def _record(action: str, survey: Survey, actor: Actor, now: datetime, details: Mapping[str, Any]) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="survey", object_id=survey.pk, details=details,
        request_id=actor.request_id,
    )  # fmt: skip
