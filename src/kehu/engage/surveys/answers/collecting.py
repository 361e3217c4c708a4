"""Answers as rows: one for each link or form, counted against the quotas, free text sealed under a key of its own."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction

from kehu.engage.models.surveys import (
    AnonymousAnswer,
    Answer,
    Invitation,
    Quota,
    Survey,
    SurveyVersion,
    UsedTicket,
)
from kehu.engage.surveys.answers.reading import Given
from kehu.engage.surveys.faults import AnsweredAlready, QuotaFull, SurveyNotOpen
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import create_data_key, destroy_data_keys, get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.ids import new_id
from kehu.platform.installation.environment import environment

ANSWER = "engage_survey_answer.sealed"
ANONYMOUS = "engage_survey_anonymous.sealed"
DRAFT = "engage_survey_invitation.sealed"
HIDDEN = "_hidden"
_TAKE = """
UPDATE engage_survey_quota SET taken = taken + 1 WHERE taken < most AND id IN (
  SELECT id FROM engage_survey_quota WHERE id = ANY(%s) ORDER BY id FOR UPDATE)
"""
_random = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class From:
    """Who hands an answer in: by an invitation of a customer, by a form's ticket, or from a file."""

    source: str
    invitation: Invitation | None = None
    customer_id: UUID | None = None
    ticket: bytes | None = None
    ticket_ends_at: datetime | None = None


def require_open(survey: Survey, now: datetime) -> SurveyVersion:
    """Return the version in force. Raises SurveyNotOpen."""
    if survey.state != "open" or survey.current is None:
        raise SurveyNotOpen
    if survey.closes_at is not None and survey.closes_at <= now:
        raise SurveyNotOpen
    return survey.current


def write_answer(
    *, version: SurveyVersion, given: Given, language: str, sender: From, now: datetime
) -> UUID | None:
    """Write an answer in the system's scope; of an anonymous survey nothing is returned, for nothing may lead to it.

    Raises AnsweredAlready or QuotaFull; the transaction is then to be taken back.
    """
    survey = version.survey
    if (
        survey.mode == "anonymous"
    ):  # one after another, and before the quotas: whoever changes the survey locks so, too
        survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if sender.source != "file":
        _take_quotas(survey, given.plain)
    plain = {**given.plain, **({HIDDEN: list(given.hidden)} if given.hidden else {})}
    if survey.mode == "anonymous":
        _write_anonymous(version, given, plain, language, sender, now)
        return None
    answer_id = new_id()
    try:
        with transaction.atomic():
            Answer.objects.create(
                id=answer_id, version=version, invitation=sender.invitation, customer_id=sender.customer_id,
                ticket=sender.ticket, language=language, source=sender.source, answered_at=now, plain=plain,
                sealed=seal_secret(given.secret, ANSWER, answer_id),
            )  # fmt: skip
    except IntegrityError:
        raise AnsweredAlready from None
    return answer_id


def _write_anonymous(
    version: SurveyVersion, given: Given, plain: Mapping[str, Any], language: str, sender: From, now: datetime
) -> None:
    """Write an answer that leads to nobody: the id is random and the time a week, so that no order of arrival remains."""
    if sender.ticket is not None and sender.ticket_ends_at is not None:
        try:
            with transaction.atomic():
                UsedTicket.objects.create(mark=sender.ticket, ends_on=sender.ticket_ends_at.date())
        except IntegrityError:
            raise AnsweredAlready from None
    answer_id = uuid4()
    day = now.astimezone(ZoneInfo(environment().time_zone)).date()
    AnonymousAnswer.objects.create(
        id=answer_id, version=version, week_on=day - timedelta(days=day.weekday()), batch=_batch(version.survey),
        language=language, plain=plain,
        sealed=seal_secret(given.secret, ANONYMOUS, answer_id),
    )  # fmt: skip


def _batch(survey: Survey) -> int:
    """Return the batch that is being filled: the last one, or the next once that has as many as the threshold."""
    there = AnonymousAnswer.objects.filter(version__survey=survey)
    last = there.order_by("-batch").values_list("batch", flat=True).first() or 1
    return last if there.filter(batch=last).count() < survey.threshold else last + 1


def seal_secret(secret: Mapping[str, Any], place: str, answer_id: UUID) -> bytes | None:
    """Seal what was written freely under a new key of the answer's own; None where nothing was."""
    return seal(keyring().suite, create_data_key(answer_id), secret, place, answer_id) if secret else None


def open_sealed(rows: Sequence[tuple[UUID, bytes | None]], place: str = ANSWER) -> dict[UUID, dict[str, Any]]:
    """Return what was written freely in answers, by their id."""
    keys = get_data_keys([identity for identity, sealed in rows if sealed is not None])
    return {
        identity: unseal(keys[identity], sealed, place, identity)
        for identity, sealed in rows
        if sealed is not None and identity in keys
    }


def _take_quotas(survey: Survey, plain: Mapping[str, Any]) -> None:
    """Count the answer against the quotas that it falls under. Raises QuotaFull.

    The rows are locked in order, so that answers of the same moment wait for each other and never for ever.
    """
    ids = [
        quota.pk
        for quota in Quota.objects.filter(survey=survey)
        if not quota.question or plain.get(quota.question) == quota.value
    ]
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [ids])
        if cursor.rowcount != len(ids):
            raise QuotaFull


def shuffled(values: Sequence[Any]) -> list[Any]:
    """Return values in no order: what came first is not told."""
    return _random.sample(list(values), len(values))


def forget(customer_ids: Sequence[UUID]) -> None:
    """Erase what customers were asked and answered, with the keys. In the system's scope."""
    ids = list(customer_ids)
    answers = list(Answer.objects.filter(customer_id__in=ids).values_list("pk", flat=True))
    destroy_data_keys(answers)
    Answer.objects.filter(pk__in=answers).delete()
    Invitation.objects.filter(customer_id__in=ids).delete()
