"""A survey after an event: only the events that count, some hours later, once for each, and governed like any message."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.conftest import Caller
from tests.engage.conftest import DAY, Clock, Noting, Scene, states
from tests.engage.test_asking import asking as asking  # noqa: PLC0414
from tests.engage.test_asking import marketer as marketer  # noqa: PLC0414
from tests.engage.test_asking import survey as survey  # noqa: PLC0414
from tests.engage.test_asking import tokens

from kehu.collect.events import Happening, write_events
from kehu.engage.campaigns.sending import Sender
from kehu.engage.campaigns.terms import CampaignInvalid, read_schedule
from kehu.engage.models.campaigns import Campaign, Send
from kehu.engage.models.surveys import Invitation
from kehu.flows.engage.campaigns.due import is_due
from kehu.flows.engage.campaigns.send_due import plan_due
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.models import Link

pytestmark = [pytest.mark.django_db]
CLOSED = {"kind": "on_event", "event": "投诉结案", "where": {"type": "转账"}, "delay_hours": 2}


def happens(scene: Scene, place: int, mark: str, *, name: str = "投诉结案", kind: str = "转账") -> None:
    """Have a customer live through an event, just after the campaign began."""
    with acting(SYSTEM):
        record_id: UUID = Link.objects.get(cluster_id=scene.customers[place], ended_at=None).record_id
        at = DAY + timedelta(minutes=1)
        details = {"type": kind, "channel": "柜面"}
        event = Happening(mark, record_id, "interaction", name, at, at, details)
        write_events([event], source_id=scene.world.core.pk)


@pytest.fixture
def campaign(scene: Scene, survey: dict[str, Any], asking: dict[str, Any]) -> Campaign:
    return scene.started(**asking, survey_id=survey["id"], schedule=CLOSED)


def test_an_event_that_counts_asks_once_some_hours_later(
    scene: Scene, campaign: Campaign, sender: Sender, clock: Clock, channel: Noting
) -> None:
    happens(scene, 1, "a")
    happens(scene, 2, "b", kind="开户")
    happens(scene, 3, "c", name="登录")
    clock.forward(minutes=2)

    assert is_due(now=clock())
    assert plan_due(now=clock()) == 1
    assert plan_due(now=clock()) == 0
    assert sender.turn().taken == 0
    with acting(SYSTEM):
        assert Send.objects.get().not_before == DAY + timedelta(hours=2, minutes=1)
    clock.forward(hours=2)
    assert sender.turn().accepted == 1
    assert sender.turn().taken == 0

    assert list(tokens(channel)) == ["c1@mail.example"]
    with acting(SYSTEM):
        assert [one.customer_id for one in Invitation.objects.all()] == [scene.customers[1]]


def test_who_may_not_be_asked_is_not_and_the_reason_is_kept(
    scene: Scene, campaign: Campaign, sender: Sender, clock: Clock
) -> None:
    for place, mark in ((0, "a"), (1, "b"), (1, "c"), (2, "d"), (9, "e")):
        happens(scene, place, mark)
    clock.forward(minutes=2)
    plan_due(now=clock())
    scene.consent(scene.customers[2], "withdrawn")
    clock.forward(hours=3)

    sender.turn()

    assert states(campaign) == {
        "accepted": 1, "skipped:no_address": 1, "skipped:survey_cool_down": 1, "skipped:consent": 1,
    }  # fmt: skip


def test_a_sender_that_died_after_planning_asks_nobody_twice(
    scene: Scene, campaign: Campaign, sender: Sender, clock: Clock, channel: Noting
) -> None:
    happens(scene, 1, "a")
    clock.forward(hours=3)
    plan_due(now=clock())
    with acting(SYSTEM):
        Campaign.objects.filter(pk=campaign.pk).update(watermark=0)  # as if the last plan had not been noted

    plan_due(now=clock())
    sender.turn()

    assert states(campaign) == {"accepted": 1}
    assert len(channel.handed) == 1


@pytest.mark.parametrize(
    "changed",
    [{"where": []}, {"where": {"a": None}}, {"where": {"": 1}}, {"where": {str(n): 1 for n in range(6)}},
     {"delay_hours": -1}, {"delay_hours": 721}, {"delay_hours": "2"}],
)  # fmt: skip
def test_a_mistake_in_the_condition_is_told(changed: dict[str, Any]) -> None:
    with pytest.raises(CampaignInvalid, match=r"schedule\.(where|delay_hours)"):
        read_schedule({**CLOSED, **changed}, "Asia/Shanghai")


def test_the_list_tells_what_asks_after_what(
    campaign: Campaign, survey: dict[str, Any], marketer: Caller
) -> None:
    (row,) = marketer.get("/campaigns").json()
    assert (row["id"], row["event"], row["survey_id"]) == (str(campaign.pk), "投诉结案", survey["id"])
