"""A question of consent: yes and no go into the ledger with the notice that was shown, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.api.staff import trail
from tests.api.survey_scene import NPS, answer, link_for, make_survey, marketer, questionnaire, send
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.engage.models.surveys import Answer, Invitation
from kehu.govern.models.access import User
from kehu.govern.models.purposes import Consent
from kehu.platform.scope import SYSTEM, acting

pytestmark = pytest.mark.usefixtures("compliance")
ASK = {"type": "boolean", "kehuKind": "consent", "name": "news", "title": "愿意收到优惠信息吗？",
       "consentPurpose": "marketing", "consentChannel": "sms"}  # fmt: skip
TERMS = {"legal_basis": "consent", "channels": ["sms", "email"], "retention_days": 365}


@pytest.fixture
def writer(world: World, call: Callable[..., Caller]) -> Caller:
    return marketer(world, call)


@pytest.fixture
def compliance(writer: Caller, call: Callable[..., Caller]) -> Caller:
    """Somebody from compliance, and the purpose that is asked about; `writer` has made him."""
    del writer
    caller = call(User.objects.get(name="the-compliance"))
    caller.post("/purposes", {"key": "marketing", "name": "营销", "notice": "我们想告诉您优惠", **TERMS})
    return caller


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪").profiles.created[0]


def asked(writer: Caller, **more: Any) -> dict[str, Any]:
    return make_survey(writer, definition=questionnaire(NPS, {**ASK, **more}), cool_down_days=0)


def hand_in(token: str, **data: Any) -> Any:
    form = send("", token).json()
    return send("/answer", token, data=data, version=form["version"], notices=form["notices"])


def ledger(caller: Caller, customer: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(f"/customers/{customer}/consents").json()["entries"]
    return found


@pytest.mark.parametrize(("word", "state"), [("yes", "given"), ("no", "refused")])
def test_yes_and_no_are_written_with_the_notice(
    writer: Caller, compliance: Caller, customer: UUID, word: str, state: str
) -> None:
    survey = asked(writer)
    token = link_for(writer, survey, customer)
    form = send("", token).json()
    element = form["definition"]["pages"][0]["elements"][1]

    assert "我们想告诉您优惠" in element["notice"]["default"]
    assert "consentPurpose" not in element
    assert hand_in(token, nps=9, news=word == "yes").status_code == 204

    (entry,) = ledger(compliance, customer)
    assert (entry["state"], entry["source"], entry["channel"]) == (state, "survey", "sms")
    assert form["notices"]["news"] in entry["evidence"]
    assert survey["id"] in entry["evidence"]
    assert "第 1 版" in entry["evidence"]
    assert entry["notice_hash"] == form["notices"]["news"]
    assert len(trail(f"consent.{state}")) == 1


def test_what_is_not_answered_or_only_begun_says_nothing(writer: Caller, customer: UUID) -> None:
    token = link_for(writer, asked(writer), customer)

    assert send("/save", token, data={"nps": 3, "news": True}).status_code == 204
    with acting(SYSTEM):
        assert not Consent.objects.exists()
    assert hand_in(token, nps=9).status_code == 204
    with acting(SYSTEM):
        assert not Consent.objects.exists()


def test_the_later_answer_counts(writer: Caller, compliance: Caller, customer: UUID) -> None:
    for said in (True, False):
        assert hand_in(link_for(writer, asked(writer), customer), nps=9, news=said).status_code == 204
        with acting(SYSTEM):
            Invitation.objects.update(created_at=NOW - timedelta(days=400))

    found = compliance.get(f"/customers/{customer}/consents").json()
    (held,) = [one for one in found["purposes"] if one["purpose"] == "marketing"]
    assert [entry["state"] for entry in found["entries"]] == ["refused", "given"]
    assert {one["channel"]: one["state"] for one in held["channels"]}["sms"] == "refused"


def test_consent_is_to_the_terms_that_were_shown(writer: Caller, compliance: Caller, customer: UUID) -> None:
    token = link_for(writer, asked(writer), customer)
    form = send("", token).json()
    compliance.post("/purposes/marketing/versions", {**TERMS, "notice": "另外的条款"})
    sent = {"data": {"nps": 9, "news": True}, "version": 1}

    assert send("/answer", token, **sent).json()["code"] == "survey_answer"
    assert send("/answer", token, **sent, notices={"news": "0" * 64}).json()["code"] == "survey_answer"
    with acting(SYSTEM):
        assert not Answer.objects.exists()
    assert send("/answer", token, **sent, notices=form["notices"]).status_code == 204

    assert ledger(compliance, customer)[0]["notice_hash"] == form["notices"]["news"]
    (held,) = [
        one
        for one in compliance.get(f"/customers/{customer}/consents").json()["purposes"]
        if one["purpose"] == "marketing"
    ]
    assert (held["may_use"], held["state"]) == (False, "outdated")


def test_no_form_depends_on_agreeing_to_a_purpose(writer: Caller, customer: UUID) -> None:
    token = link_for(writer, asked(writer, isRequired=True), customer)

    assert hand_in(token, nps=9).json()["code"] == "survey_answer"
    assert hand_in(token, nps=9, news=False).status_code == 204


def test_a_purpose_out_of_use_takes_no_consent(writer: Caller, compliance: Caller, customer: UUID) -> None:
    token = link_for(writer, asked(writer), customer)
    assert compliance.patch("/purposes/marketing", {"is_active": False}).status_code == 200

    form = send("", token).json()
    assert form["notices"] == {"news": ""}
    assert hand_in(token, nps=9, news=True).status_code == 204

    assert ledger(compliance, customer) == []
    assert len(trail("survey.consent_not_taken")) == 1


@pytest.mark.parametrize(
    ("mode", "more", "word"),
    [
        ("anonymous", {}, "个人链接"),
        ("open", {}, "个人链接"),
        ("personal", {"consentPurpose": "moon"}, "moon"),
        ("personal", {"consentChannel": "post"}, "渠道"),
        ("personal", {"consentPurpose": 7}, "consentPurpose"),
    ],
)
def test_what_cannot_be_asked_is_refused(writer: Caller, mode: str, more: dict[str, Any], word: str) -> None:
    body = {"name": "问", "mode": mode, "definition": questionnaire(NPS, {**ASK, **more})}

    refused = writer.post("/surveys", body)

    assert refused.status_code == 422, refused.content
    assert word in refused.json()["detail"]


def test_one_survey_asks_about_a_purpose_once(writer: Caller) -> None:
    for other, status in (("email", 201), ("sms", 422), ("", 422)):
        second = {**ASK, "name": "more", "consentChannel": other}
        body = {"name": "问", "definition": questionnaire(NPS, ASK, second)}
        assert writer.post("/surveys", body).status_code == status


def test_an_open_answer_of_a_plain_consent_writes_nothing(writer: Caller) -> None:
    plain = {key: value for key, value in ASK.items() if not key.startswith("consent")}
    survey = make_survey(writer, "anonymous", definition=questionnaire(NPS, plain))

    assert answer(survey["path"].split("#")[1], nps=9, news=True).status_code == 204

    with acting(SYSTEM):
        assert not Consent.objects.exists()
