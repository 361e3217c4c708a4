"""Answering: a link opens a form, what is written is kept on the way, and the whole answer sets off what the survey says.

An answer of a customer becomes an event on his timeline; one that a rule calls unhappy opens a task for his manager.
An anonymous answer sets off nothing, for that would lead to whoever gave it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kehu.engage.models.surveys import Answer, Invitation, Survey, SurveyVersion
from kehu.engage.surveys.answers import collecting
from kehu.engage.surveys.answers.collecting import DRAFT, From, require_open
from kehu.engage.surveys.answers.reading import read_answer
from kehu.engage.surveys.faults import AnsweredAlready, SurveyNotFound
from kehu.engage.surveys.form.consents import get_notices, with_notices
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import LANGUAGES
from kehu.engage.surveys.links import SurveyLinkNotValid, make_ticket, read_ticket, read_token
from kehu.engage.surveys.operations import get_survey
from kehu.flows.engage.surveys.follow_up import follow_up
from kehu.flows.engage.surveys.take_consents import take_consents
from kehu.govern.sealing.keyring import keyring
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.forwarding import get_living
from kehu.resolve.operations import lock_resolution


@dataclass(frozen=True, slots=True)
class Form:
    """What a link opens. `saved` is what was written before, `ticket` lets an open form be handed in once.

    `notices` are the digests of the notices that stand in it, by question; they go back with the answer.
    """

    mode: str
    version: int
    definition: dict[str, Any]
    languages: tuple[str, ...]
    saved: dict[str, Any]
    ticket: str
    notices: dict[str, str]


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed in by a link."""

    data: Mapping[str, Any]
    version: int
    language: str
    ticket: str = ""
    notices: Mapping[str, str] = field(default_factory=dict)


def read_form(*, token: str, now: datetime) -> Form:
    """Return the form of a link. Raises SurveyLinkNotValid, AnsweredAlready or SurveyNotOpen."""
    with acting(SYSTEM):
        survey, invitation = _found(token, now)
        version = require_open(survey, now)
        saved: dict[str, Any] = {}
        if invitation is not None:
            if invitation.opened_at is None:
                Invitation.objects.filter(pk=invitation.pk).update(opened_at=now)
            if invitation.sealed is not None:
                place = f"{DRAFT}|{invitation.pk}"
                saved = msgspec.json.decode(keyring().unstage(bytes(invitation.sealed), place))
        definition = read_definition(version.definition)
        ticket = "" if invitation is not None else make_ticket(survey.pk, now)
        notices = get_notices(definition)
        shown = with_notices(version.definition, notices)
        digests = {notice.question: notice.digest for notice in notices}
        return Form(survey.mode, version.version, shown, definition.languages, saved, ticket, digests)


def save_part(*, token: str, data: Mapping[str, Any], now: datetime) -> None:
    """Keep what was written so far, sealed; of personal links only. Raises AnswerInvalid and what `read_form` raises."""
    with acting(SYSTEM):
        survey, invitation = _found(token, now, for_update=True)
        version = require_open(survey, now)
        if invitation is None:
            raise SurveyLinkNotValid
        given = read_answer(read_definition(version.definition), data, is_whole=False)
        kept = {**given.plain, **given.secret}
        invitation.sealed = keyring().stage(msgspec.json.encode(kept), f"{DRAFT}|{invitation.pk}")
        invitation.save(update_fields=["sealed"])


def hand_in(*, token: str, handed: Handed, now: datetime) -> None:
    """Take a whole answer, once. Raises AnswerInvalid, QuotaFull, and what `read_form` raises."""
    with acting(SYSTEM):
        survey, invitation = _found(token, now, for_update=True)
        require_open(survey, now)
        version = SurveyVersion.objects.select_related("survey").filter(
            survey=survey, version=handed.version
        ).first()  # fmt: skip
        if version is None:
            raise SurveyLinkNotValid
        definition = read_definition(version.definition)
        given = read_answer(definition, handed.data)
        language = handed.language if handed.language in LANGUAGES.values() else "zh-CN"
        if invitation is None:
            mark, ends = read_ticket(handed.ticket, survey.pk, now)
            sender = From("link", ticket=mark, ticket_ends_at=ends)
            collecting.write_answer(version=version, given=given, language=language, sender=sender, now=now)
            return
        customer_id = _living(invitation)
        sender = From("invitation", invitation=invitation, customer_id=customer_id)
        answer_id = collecting.write_answer(
            version=version, given=given, language=language, sender=sender, now=now
        )
        Invitation.objects.filter(pk=invitation.pk).update(answered_at=now, sealed=None)
        take_consents(
            version=version, definition=definition, given=given, notices=handed.notices, customer_id=customer_id, now=now
        )  # fmt: skip
        if answer_id is not None:
            follow_up(
                survey=survey, customer_id=customer_id, answer_id=answer_id, given=given, definition=definition, now=now
            )  # fmt: skip


def _found(token: str, now: datetime, *, for_update: bool = False) -> tuple[Survey, Invitation | None]:
    """Return the survey that a link leads to, with the invitation of a personal one."""
    kind, identity = read_token(token)
    if kind == "o":
        try:
            survey = get_survey(identity)
        except SurveyNotFound:
            raise SurveyLinkNotValid from None
        if survey.mode == "personal":
            raise SurveyLinkNotValid
        return survey, None
    if for_update:
        lock_resolution()
    query = Invitation.objects.select_for_update(of=("self",)) if for_update else Invitation.objects
    invitation = query.filter(pk=identity).first()
    if invitation is None or invitation.ends_at <= now:
        raise SurveyLinkNotValid
    _living(invitation)
    if invitation.answered_at is not None or Answer.objects.filter(invitation=invitation).exists():
        raise AnsweredAlready
    return get_survey(invitation.survey_id), invitation


def _living(invitation: Invitation) -> UUID:
    living = get_living(invitation.customer_id)
    if living is None:
        raise SurveyLinkNotValid
    return living
