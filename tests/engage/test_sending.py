"""Everybody once, and only whom one may: the sender with its ledger, its governor and its journal."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.engage.conftest import DAY, Clock, Noting, Scene, states

from kehu.analyze.segments.saved.following import refresh_one
from kehu.engage.campaigns import ledger, operations
from kehu.engage.campaigns.journal import Journal
from kehu.engage.campaigns.ledger import Planned
from kehu.engage.campaigns.operations import CampaignFixed, CampaignNotApproved, CampaignStateWrong
from kehu.engage.campaigns.sending import Sender
from kehu.engage.channels.contract import Outcome
from kehu.engage.channels.suppression import suppress_address
from kehu.engage.models.campaigns import Campaign, Send
from kehu.flows.engage.campaigns.send_due import plan_due
from kehu.govern.access.approvals import ApprovalNotOpen, NotByYourself
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]


def test_everybody_who_has_agreed_and_has_an_address_gets_it_once(
    scene: Scene, sender: Sender, channel: Noting
) -> None:
    campaign = scene.started()

    assert plan_due(now=DAY) == 9
    assert plan_due(now=DAY) == 0
    done = sender.turn()

    assert (done.taken, done.accepted) == (9, 8)
    assert states(campaign) == {"accepted": 8, "skipped:no_address": 1}
    assert sorted(one.address for one in channel.handed) == [f"c{n}@mail.example" for n in range(1, 9)]
    assert channel.handed[0].content.subject.startswith("秋日问候，客户")
    assert sender.turn().taken == 0


def test_planning_again_after_a_crash_writes_nothing_twice(scene: Scene) -> None:
    campaign = scene.started()
    rows = [Planned(one, "once", "A", is_held=False) for one in scene.customers]
    with acting(SYSTEM):
        assert ledger.plan(campaign.pk, rows, step=0, now=DAY) == 10
        assert ledger.plan(campaign.pk, rows, step=0, now=DAY) == 0


def test_who_withdraws_after_planning_is_not_sent(scene: Scene, sender: Sender, channel: Noting) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    scene.consent(scene.customers[1], "withdrawn")
    scene.consent(scene.customers[2], "withdrawn", channel="email")
    scene.consent(scene.customers[3], "withdrawn", channel="sms")

    sender.turn()

    assert states(campaign)["skipped:consent"] == 2
    assert {f"c{n}@mail.example" for n in (1, 2)}.isdisjoint({one.address for one in channel.handed})


def test_a_suppressed_address_is_not_sent(scene: Scene, sender: Sender) -> None:
    campaign = scene.started()
    suppress_address(
        channel="email", address="C1@mail.example", reason="hard_bounce", author_id=None, now=DAY
    )
    plan_due(now=DAY)

    sender.turn()

    assert states(campaign)["skipped:suppressed"] == 1


def test_caps_count_over_all_campaigns_and_service_is_apart(
    scene: Scene, sender: Sender, clock: Clock
) -> None:
    for _ in range(2):
        scene.started()
        plan_due(now=clock())
        sender.turn()
    third, service = scene.started(), scene.started(is_service=True)
    plan_due(now=clock())

    sender.turn()

    assert states(third) == {"skipped:cap": 8, "skipped:no_address": 1}
    assert states(service)["accepted"] == 8


def test_in_quiet_hours_it_waits_for_the_morning(
    scene: Scene, sender: Sender, clock: Clock, channel: Noting
) -> None:
    campaign = scene.started()
    clock.forward(hours=11)  # 23:00 in Shanghai
    plan_due(now=clock())

    assert sender.turn().put_off == 8
    assert channel.handed == []
    with acting(SYSTEM):
        wait = Send.objects.filter(campaign=campaign, state="planned").first()
    assert wait is not None
    assert (wait.not_before - DAY) == timedelta(hours=19)
    clock.forward(hours=8)
    assert sender.turn().accepted == 8


def test_a_server_that_says_later_is_asked_later(
    scene: Scene, sender: Sender, clock: Clock, channel: Noting
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    later = Outcome(campaign.pk, "deferred", reason="451", retry_after=60)
    channel.answers = {
        "c1@mail.example": [later],
        "c2@mail.example": [Outcome(campaign.pk, "refused", reason="550")],
    }

    sender.turn()

    assert states(campaign) == {"accepted": 6, "refused:550": 1, "planned:451": 1, "skipped:no_address": 1}
    clock.forward(seconds=61)
    assert sender.turn().accepted == 1


def test_nothing_is_tried_for_ever(scene: Scene, sender: Sender, clock: Clock, channel: Noting) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    channel.answers = {"c1@mail.example": [Outcome(campaign.pk, "deferred", reason="421")] * 50}
    for _ in range(30):
        sender.turn()
        clock.forward(days=1)

    assert states(campaign)["refused:421"] == 1


def test_what_was_surely_not_handed_over_is_sent_after_a_kill_and_the_rest_is_not(
    scene: Scene, tmp_path: Path, clock: Clock, channel: Noting
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    with acting(SYSTEM):
        rows = ledger.next_rows(limit=100, now=DAY)
        ledger.claim([row.id for row in rows], now=DAY)
    Journal(tmp_path).hand(rows[0].id)

    after = Sender(Journal(tmp_path), clock, {"smtp": channel})
    assert after.recover() == 9
    after.turn()

    assert states(campaign)["unknown:sender_died"] == 1
    assert rows[0].id not in {one.id for one in channel.handed}
    assert len(channel.handed) + 1 + states(campaign).get("skipped:no_address", 0) == 9


def test_after_the_machine_failed_nothing_is_sent_again_by_itself(
    scene: Scene, tmp_path: Path, clock: Clock, channel: Noting
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    with acting(SYSTEM):
        ledger.claim([row.id for row in ledger.next_rows(limit=100, now=DAY)], now=DAY)
    (tmp_path / "sends-another-boot").write_bytes(b"")

    Sender(Journal(tmp_path), clock, {"smtp": channel}).recover()

    assert states(campaign) == {"unknown:sender_died": 9}


def test_what_was_claimed_too_long_ago_is_asked_about_again(
    scene: Scene, sender: Sender, channel: Noting, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    monkeypatch.setattr("kehu.engage.campaigns.sending.HANDING_SECONDS", -1)

    sender.turn()

    assert channel.handed == []
    assert states(campaign)["planned:asked_again"] == 8


def test_pausing_and_stopping_hold_at_once(scene: Scene, sender: Sender) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    operations.pause(campaign.pk, actor=scene.marketer, now=DAY)
    assert sender.turn().taken == 0
    operations.start(campaign.pk, actor=scene.marketer, now=DAY)
    operations.stop(campaign.pk, actor=scene.marketer, now=DAY)

    assert sender.turn().taken == 0
    assert states(campaign) == {"stopped:stopped": 9}
    with pytest.raises(CampaignStateWrong):
        operations.start(campaign.pk, actor=scene.marketer, now=DAY)


def test_who_is_held_out_and_who_gets_what_follows_from_the_seed(scene: Scene, sender: Sender) -> None:
    variants = [{"version": str(scene.version.pk)}, {"version": str(scene.version.pk)}]
    campaign = scene.started(variants=variants, holdout_share=0.4)
    with acting(SYSTEM):
        Campaign.objects.filter(pk=campaign.pk).update(seed="a fixed seed")
    plan_due(now=DAY)
    sender.turn()

    with acting(SYSTEM):
        drawn = dict(Send.objects.filter(campaign=campaign).values_list("customer_id", "variant"))
    assert len(drawn) == 9
    assert set(drawn.values()) <= {"", "A", "B"}
    with acting(SYSTEM):
        assert set(Send.objects.filter(campaign=campaign, variant="").values_list("state", flat=True)) <= {
            "held"
        }


def test_what_was_changed_after_approval_does_not_start(scene: Scene) -> None:
    with acting(scene.marketer.scope):
        made = operations.create_campaign(scene.draft(), actor=scene.marketer, now=DAY)
        with pytest.raises(CampaignNotApproved):
            operations.start(made.pk, actor=scene.marketer, now=DAY)
        operations.submit(made.pk, actor=scene.marketer, now=DAY)
    operations.decide(made.pk, approves=True, note="可以", actor=scene.compliance, now=DAY)
    with acting(scene.marketer.scope):
        operations.change_campaign(made.pk, scene.draft(holdout_share=0.1), actor=scene.marketer, now=DAY)
        with pytest.raises(CampaignNotApproved):
            operations.start(made.pk, actor=scene.marketer, now=DAY)


def test_nobody_approves_his_own_and_nothing_twice(scene: Scene) -> None:
    both = scene.world.actor(scene.world.steward)
    campaign = scene.started()
    with pytest.raises(ApprovalNotOpen):
        operations.decide(campaign.pk, approves=True, note="", actor=scene.compliance, now=DAY)
    with acting(scene.marketer.scope):
        made = operations.create_campaign(scene.draft(), actor=scene.marketer, now=DAY)
    with acting(SYSTEM):
        Campaign.objects.filter(pk=made.pk).update(author_id=scene.compliance.id)
    with pytest.raises(NotByYourself):
        operations.decide(made.pk, approves=True, note="", actor=scene.compliance, now=DAY)
    with pytest.raises(CampaignFixed), acting(scene.marketer.scope):
        operations.change_campaign(campaign.pk, scene.draft(), actor=scene.marketer, now=DAY)
    assert both.id != scene.compliance.id


def test_entering_the_segment_sets_it_off_once_for_each_entry(
    scene: Scene, sender: Sender, channel: Noting
) -> None:
    campaign = scene.started(schedule={"kind": "on_entry"})
    assert plan_due(now=DAY) == 0
    scene.consent(scene.customers[9], "given")
    refresh_one(scene.segment.pk, now=DAY + timedelta(minutes=1))

    assert plan_due(now=DAY + timedelta(minutes=1)) == 1
    assert plan_due(now=DAY + timedelta(minutes=1)) == 0
    sender.clock = lambda: DAY + timedelta(minutes=2)
    sender.turn()

    assert states(campaign) == {"accepted": 1}
    assert [one.address for one in channel.handed] == ["c9@mail.example"]
