"""Answers of the same moment: as many as the quota lets in, one for each link, whatever the order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction
from tests.engage.survey_database import shared_database as shared_database  # noqa: PLC0414 (a fixture of a neighbour)

from kehu.engage.models.surveys import Answer, Quota, Survey, SurveyVersion
from kehu.engage.surveys.faults import AnsweredAlready, QuotaFull
from kehu.engage.surveys.links import make_ticket, make_token
from kehu.flows.engage.surveys.answer_survey import Handed, hand_in
from kehu.platform.ids import new_id
from kehu.platform.scope import NOBODY, SYSTEM, acting

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
MOST = 5
DEFINITION = {
    "title": "问",
    "pages": [
        {"elements": [{"type": "radiogroup", "name": "place", "title": "在哪", "choices": ["app", "branch"]}]}
    ],
}


@pytest.fixture
def survey(shared_database: str) -> Survey:
    """An open survey with a quota, really committed."""
    with acting(SYSTEM), transaction.atomic():
        made = Survey.objects.create(
            id=new_id(),
            name="问",
            mode="open",
            state="open",
            draft=DEFINITION,
            created_at=NOW,
            updated_at=NOW,
        )
        version = SurveyVersion.objects.create(
            survey=made, version=1, definition=DEFINITION, published_at=NOW
        )
        made.current = version
        made.save()
        Quota.objects.create(survey=made, question="place", value="app", most=MOST)
    return made


def hand(survey: Survey, ticket: str) -> str:
    """Hand an answer in as a request of its own would."""
    handed = Handed({"place": "app"}, 1, "zh-CN", ticket)
    try:
        with acting(NOBODY), transaction.atomic():
            hand_in(token=make_token("o", survey.pk), handed=handed, now=NOW)
    except QuotaFull:
        return "full"
    except AnsweredAlready:
        return "again"
    finally:
        connections.close_all()
    return "taken"


def test_a_quota_is_never_passed_by_answers_of_one_moment(survey: Survey) -> None:
    tickets = [make_ticket(survey.pk, NOW) for _ in range(20)]

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(lambda ticket: hand(survey, ticket), tickets))

    assert (found.count("taken"), found.count("full")) == (MOST, 15)
    with acting(SYSTEM), transaction.atomic():
        assert Answer.objects.filter(version__survey=survey).count() == MOST
        assert Quota.objects.get(survey=survey).taken == MOST


def test_one_form_sent_many_times_at_once_is_taken_once(survey: Survey) -> None:
    ticket = make_ticket(survey.pk, NOW)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: hand(survey, ticket), range(8)))

    assert (found.count("taken"), found.count("again")) == (1, 7)
    with acting(SYSTEM), transaction.atomic():
        assert Quota.objects.get(survey=survey).taken == 1
