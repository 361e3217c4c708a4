"""A campaign that asks: each recipient gets a link of his own, the same however often it is tried, and answers know who asked."""

import email
import email.policy
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.survey_scene import NPS, answer, make_survey, questionnaire
from tests.conftest import Caller
from tests.engage.channels.conftest import channel_to as channel_to  # noqa: PLC0414
from tests.engage.channels.conftest import server as server  # noqa: PLC0414
from tests.engage.conftest import DAY, Clock, Noting, Scene, states

from kehu.engage.campaigns import ledger, operations
from kehu.engage.campaigns.ledger import Planned
from kehu.engage.campaigns.messages import list_messages
from kehu.engage.campaigns.sending import Sender
from kehu.engage.campaigns.terms import CampaignInvalid
from kehu.engage.channels.contract import Outcome
from kehu.engage.channels.email.channel import EmailChannel
from kehu.engage.channels.testing import MailServer
from kehu.engage.models.campaigns import Send
from kehu.engage.models.channels import Receipt
from kehu.engage.models.surveys import Answer, Invitation
from kehu.engage.models.templates import TemplateVersion
from kehu.flows.engage.campaigns.send_due import plan_due
from kehu.govern.models.access import User
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
MJML = """<mjml><mj-body><mj-section><mj-column><mj-text>{{ customer.name }}，您好</mj-text>
<mj-button href="{{ survey_url }}">回答</mj-button>
<mj-text><a href="{{ unsubscribe_url }}">退订</a></mj-text></mj-column></mj-section></mj-body></mjml>"""
LINK = re.compile(r"/survey#([A-Za-z0-9_-]+)")


@pytest.fixture
def marketer(scene: Scene, call: Callable[..., Caller]) -> Caller:
    return call(User.objects.get(pk=scene.marketer.id))


@pytest.fixture
def survey(marketer: Caller) -> dict[str, Any]:
    return make_survey(marketer, definition=questionnaire(NPS), cool_down_days=30)


@pytest.fixture
def asking(scene: Scene) -> dict[str, Any]:
    """What a draft says whose message has the link."""
    with acting(SYSTEM):
        version = TemplateVersion.objects.create(
            id=new_id(), template=scene.version.template, number=2, language="zh", subject="请您评价",
            source=MJML, saved_at=DAY,
        )  # fmt: skip
    return {"variants": [{"version": str(version.pk)}]}


def tokens(channel: Noting) -> dict[str, str]:
    found = {}
    for one in channel.handed:
        (token,) = set(LINK.findall(one.content.html))
        assert token in one.content.text
        found[one.address] = token
    return found


def test_each_recipient_answers_by_his_own_link_and_results_know_the_campaign(
    scene: Scene,
    marketer: Caller,
    survey: dict[str, Any],
    asking: dict[str, Any],
    sender: Sender,
    channel: Noting,
) -> None:
    campaign = scene.started(**asking, survey_id=survey["id"])
    plan_due(now=DAY)
    sender.turn()
    links = tokens(channel)

    assert states(campaign) == {"accepted": 8, "skipped:no_address": 1}
    assert len(set(links.values())) == 8
    with acting(SYSTEM):
        Invitation.objects.update(ends_at="2100-01-01T00:00Z")
    assert answer(links["c1@mail.example"], nps=9).status_code == 204
    assert answer(links["c2@mail.example"], nps=3).status_code == 204

    with acting(SYSTEM):
        held = Answer.objects.get(plain__nps=9)
    assert held.customer_id == scene.customers[1]
    results = marketer.get(f"/surveys/{survey['id']}/results").json()
    assert (results["invited"], results["answered"]) == (8, 2)
    assert [(one["key"], one["estimate"]["count"]) for one in results["campaigns"]] == [("秋季通讯", 2)]
    details = marketer.get(f"/campaigns/{campaign.pk}").json()
    assert (details["survey_id"], details["survey_name"]) == (survey["id"], "服务回访")


def test_a_message_that_is_tried_again_has_the_same_link(
    scene: Scene,
    survey: dict[str, Any],
    asking: dict[str, Any],
    sender: Sender,
    channel: Noting,
    clock: Clock,
) -> None:
    campaign = scene.started(**asking, survey_id=survey["id"])
    channel.answers = {"c1@mail.example": [Outcome(campaign.pk, "deferred", reason="451", retry_after=60)]}
    plan_due(now=DAY)
    sender.turn()
    with acting(SYSTEM):
        before = set(Invitation.objects.values_list("pk", flat=True))
    clock.forward(seconds=61)

    assert sender.turn().accepted == 1

    with acting(SYSTEM):
        assert set(Invitation.objects.values_list("pk", flat=True)) == before
        assert before == set(Send.objects.filter(state="accepted").values_list("pk", flat=True))
    assert len(tokens(channel)) == 8


def test_who_was_asked_lately_is_left_alone(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], sender: Sender
) -> None:
    with acting(SYSTEM):
        Invitation.objects.create(
            id=new_id(), survey_id=survey["id"], customer_id=scene.customers[1], purpose="care", created_at=DAY, ends_at=DAY
        )  # fmt: skip
    campaign = scene.started(**asking, survey_id=survey["id"])
    plan_due(now=DAY)

    sender.turn()

    assert states(campaign) == {"accepted": 7, "skipped:survey_cool_down": 1, "skipped:no_address": 1}


def test_one_turn_asks_a_customer_once(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], sender: Sender
) -> None:
    campaign = scene.started(**asking, survey_id=survey["id"])
    twice = [Planned(scene.customers[1], word, "A", is_held=False) for word in ("event:1", "event:2")]
    with acting(SYSTEM):
        ledger.plan(campaign.pk, twice, step=0, now=DAY)

    sender.turn()

    assert states(campaign) == {"accepted": 1, "skipped:survey_cool_down": 1}


def test_while_the_survey_is_closed_nothing_goes_out(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], sender: Sender, marketer: Caller,
    clock: Clock,
) -> None:  # fmt: skip
    campaign = scene.started(**asking, survey_id=survey["id"])
    assert marketer.post(f"/surveys/{survey['id']}/close").status_code == 200
    plan_due(now=DAY)

    sender.turn()

    assert states(campaign) == {"planned:survey_not_open": 9}
    marketer.post(f"/surveys/{survey['id']}/publish")
    clock.forward(minutes=6)
    sender.turn()
    assert states(campaign)["accepted"] == 8


def test_survey_and_messages_must_fit(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], marketer: Caller
) -> None:
    anonymous = make_survey(marketer, "anonymous", definition=questionnaire(NPS))
    for draft in (
        scene.draft(**asking),
        scene.draft(survey_id=survey["id"]),
        scene.draft(**asking, survey_id=anonymous["id"]),
        scene.draft(**asking, survey_id=new_id()),
    ):
        with acting(scene.marketer.scope), pytest.raises(CampaignInvalid, match="survey_id"):
            operations.create_campaign(draft, actor=scene.marketer, now=DAY)


def test_what_is_approved_is_the_survey_too_and_the_preview_shows_an_example(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], marketer: Caller
) -> None:
    other = make_survey(marketer, definition=questionnaire(NPS))
    with acting(scene.marketer.scope):
        made = operations.create_campaign(
            scene.draft(**asking, survey_id=survey["id"]), actor=scene.marketer, now=DAY
        )
        before = operations.matter_of(made)
        changed = operations.change_campaign(
            made.pk, scene.draft(**asking, survey_id=other["id"]), actor=scene.marketer, now=DAY
        )
    (message,) = list_messages(changed)

    assert operations.matter_of(changed) != before
    assert message.seen.content is not None
    assert "/survey" in message.seen.content.html
    assert not LINK.search(message.seen.content.html)
    assert not Invitation.objects.exists()


def test_a_real_mail_carries_the_link_that_opens_the_form(
    scene: Scene,
    survey: dict[str, Any],
    asking: dict[str, Any],
    sender: Sender,
    server: MailServer,
    channel_to: Callable[..., EmailChannel],
) -> None:
    sender.channels["smtp"] = channel_to(server)
    scene.started(**asking, survey_id=survey["id"])
    plan_due(now=DAY)

    sender.turn()

    assert len(server.arrived) == 8
    with acting(SYSTEM):
        Invitation.objects.update(ends_at="2100-01-01T00:00Z")
    for arrived in server.arrived:
        mail = email.message_from_bytes(arrived.content, policy=email.policy.default)
        body = mail.get_body(("html",))
        assert body is not None
        (token,) = set(LINK.findall(body.get_content()))
        form = Client().post("/api/v1/survey-page", {"token": token}, content_type="application/json")
        assert (form.status_code, form.json()["mode"]) == (200, "personal")


@pytest.mark.parametrize("fate", ["refused", "bounced", "read"])
def test_a_mail_that_never_arrived_has_not_asked(
    scene: Scene, survey: dict[str, Any], asking: dict[str, Any], sender: Sender, channel: Noting, fate: str
) -> None:
    first = scene.started(**asking, survey_id=survey["id"])
    if fate == "refused":
        channel.answers = {"c1@mail.example": [Outcome(first.pk, "refused", reason="too_long")]}
    plan_due(now=DAY)
    sender.turn()
    with acting(SYSTEM):
        asked = Send.objects.get(campaign=first, customer_id=scene.customers[1])
        if fate != "refused":
            Receipt.objects.create(send_id=asked.pk, kind="bounced", at=DAY)
        if fate == "read":
            Invitation.objects.filter(pk=asked.pk).update(opened_at=DAY)

    again = scene.started(**asking, survey_id=survey["id"])
    plan_due(now=DAY)
    sender.turn()

    assert asked.state == ("refused" if fate == "refused" else "accepted")
    assert states(again).get("accepted", 0) == (0 if fate == "read" else 1)
    assert states(again)["skipped:survey_cool_down"] == (8 if fate == "read" else 7)
