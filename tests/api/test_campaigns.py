"""Campaigns by the API: from a draft over approval to results, with the reason for everybody who was not sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import trail
from tests.conftest import Caller
from tests.engage.conftest import DAY, Scene
from tests.engage.conftest import channel as channel  # noqa: PLC0414
from tests.engage.conftest import clock as clock  # noqa: PLC0414
from tests.engage.conftest import scene as scene  # noqa: PLC0414
from tests.engage.conftest import sender as sender  # noqa: PLC0414

from kehu.collect.events import Happening, write_events
from kehu.engage.campaigns.sending import Sender
from kehu.engage.channels.suppression import suppress_address
from kehu.engage.models.campaigns import Send
from kehu.engage.models.channels import Receipt
from kehu.flows.engage.campaigns.send_due import plan_due
from kehu.govern.models.access import User
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def marketer(scene: Scene, call: Callable[..., Caller]) -> Caller:
    return call(User.objects.get(pk=scene.marketer.id))


@pytest.fixture
def compliance(scene: Scene, call: Callable[..., Caller]) -> Caller:
    return call(User.objects.get(pk=scene.compliance.id))


def body(scene: Scene, **changed: Any) -> dict[str, Any]:
    return {
        "name": "秋季通讯", "segment_id": str(scene.segment.pk), "account": "smtp",
        "variants": [{"version": str(scene.version.pk)}], "schedule": {"kind": "once"}, **changed,
    }  # fmt: skip


def test_a_campaign_goes_from_draft_to_results(
    scene: Scene, marketer: Caller, compliance: Caller, sender: Sender
) -> None:
    made = marketer.post("/campaigns", body(scene))
    assert made.status_code == 201
    path = f"/campaigns/{made.json()['id']}"
    assert marketer.post(f"{path}/start").json()["code"] == "campaign_not_approved"
    assert marketer.post(f"{path}/submit").json()["approval"]["state"] == "open"
    assert marketer.post(f"{path}/approve", {}).status_code == 403
    approved = compliance.post(f"{path}/approve", {"note": "内容合规"}).json()
    assert (approved["approval"]["state"], approved["approval"]["is_valid"]) == ("approved", True)
    assert approved["approval"]["note"] == "内容合规"
    started = marketer.post(f"{path}/start").json()
    assert started["state"] == "running"

    later = started["started_at"]
    assert later
    plan_due(now=DAY + timedelta(days=300))
    sender.clock = lambda: DAY + timedelta(days=300)
    sender.turn()

    (tally,) = marketer.get(f"{path}/results").json()["variants"]
    assert (tally["drawn"], tally["sent"]) == (9, 8)
    assert [(one["reason"], one["count"]) for one in tally["reasons"]] == [("no_address", 1)]
    page = marketer.get(f"{path}/recipients", state="skipped").json()
    assert [one["reason_text"]["zh"] for one in page["items"]] == ["没有地址"]
    assert [event.action for event in trail("campaign.start")] == ["campaign.start"]


def test_a_draft_with_a_mistake_is_told_its_place(scene: Scene, marketer: Caller) -> None:
    for changed, place in (
        ({"account": "nothing"}, "account"), ({"variants": [{"version": str(scene.segment.pk)}]}, "variants[0].version"),
        ({"schedule": {"kind": "sometimes"}}, "schedule.kind"), ({"goal": {"days": 3}}, "goal.event"),
    ):  # fmt: skip
        answer = marketer.post("/campaigns", body(scene, **changed))
        assert (answer.status_code, answer.json()["code"]) == (422, "campaign_invalid")
        assert answer.json()["detail"].startswith(place)


def test_conversion_is_counted_by_intention_beside_those_held_out(
    scene: Scene, marketer: Caller, sender: Sender
) -> None:
    campaign = scene.started(goal={"event": "购买", "days": 7}, holdout_share=0.3)
    plan_due(now=DAY)
    sender.turn()
    with acting(SYSTEM):
        drawn = list(Send.objects.filter(campaign=campaign))
    bought = [one for one in drawn if one.variant][:3]
    records = record_of(scene)
    with acting(SYSTEM):
        events = [
            Happening(
                f"b{n}",
                records[str(one.customer_id)],
                "behavior",
                "购买",
                DAY + timedelta(days=span),
                DAY,
                {},
            )
            for n, (one, span) in enumerate(zip(bought, (1, 6.9, 7.1), strict=True))
        ]
        write_events(events, source_id=scene.world.core.pk)

    found = marketer.get(f"/campaigns/{campaign.pk}/results").json()

    held = sum(one.variant == "" for one in drawn)
    (tally,) = found["variants"]
    assert (tally["converted"], tally["drawn"], found["held"]["drawn"]) == (2, 9 - held, held)
    assert tally["conversion"]["low"] < tally["conversion"]["value"] < tally["conversion"]["high"]
    if held:
        assert found["uplift"]["value"] == pytest.approx(2 / (9 - held))


def test_what_machines_open_is_told_apart(scene: Scene, marketer: Caller, sender: Sender) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    sender.turn()
    with acting(SYSTEM):
        first, second, *_ = Send.objects.filter(campaign=campaign, state="accepted")
        for send, is_machine in ((first, False), (first, False), (first, True), (second, True)):
            Receipt.objects.create(send_id=send.pk, kind="opened", at=DAY, is_machine=is_machine)

    (tally,) = marketer.get(f"/campaigns/{campaign.pk}/results").json()["variants"]

    assert (tally["receipts"], tally["machine"]) == ({"opened": 1}, {"opened": 2})
    assert tally["open_rate"]["value"] == pytest.approx(1 / 8)


def test_a_branch_sees_its_own_recipients_and_figures(
    scene: Scene, sender: Sender, call: Callable[..., Caller]
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    sender.turn()
    head = call(scene.world.head)

    page = head.get(f"/campaigns/{campaign.pk}/recipients").json()
    (tally,) = head.get(f"/campaigns/{campaign.pk}/results").json()["variants"]

    assert len(page["items"]) == tally["drawn"] == 4
    one = page["items"][0]["customer_id"]
    contacts = head.get(f"/campaigns/of/{one}").json()
    assert [(c["name"], c["state"]) for c in contacts] == [("秋季通讯", "accepted")]


def test_erasure_forgets_whom_it_was_for_and_keeps_the_count(
    scene: Scene, marketer: Caller, sender: Sender, call: Callable[..., Caller]
) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    sender.turn()
    steward = call(scene.world.steward)

    assert steward.post(f"/customers/{scene.customers[1]}/erase", {"reason": "本人要求"}).status_code == 200

    with acting(SYSTEM):
        rows = Send.objects.filter(campaign=campaign)
        assert rows.count() == 9
        assert not rows.filter(customer_id=scene.customers[1]).exists()


def test_who_withdraws_while_it_waits_is_told_as_such(scene: Scene, marketer: Caller, sender: Sender) -> None:
    campaign = scene.started()
    plan_due(now=DAY)
    scene.consent(scene.customers[5], "withdrawn")
    sender.turn()

    page = marketer.get(f"/campaigns/{campaign.pk}/recipients", reason="consent").json()

    assert [one["customer_id"] for one in page["items"]] == [str(scene.customers[5])]


def test_sample_size_and_what_is_not_there(marketer: Caller) -> None:
    assert marketer.get("/campaigns/sample-size", base="0.1", lift="0.05").json() == {"each": 686}
    for path in ("", "/results", "/recipients"):
        answer = marketer.get(f"/campaigns/01930000-0000-7000-8000-000000000001{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "campaign_not_found")


def record_of(scene: Scene) -> dict[str, Any]:
    """Return a record of each customer."""
    from django.db import connection

    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT cluster_id::text, record_id FROM resolve_link WHERE ended_at IS NULL")
        return dict(cursor.fetchall())


def test_the_outlook_tells_whom_it_would_reach_and_what_could_be_seen(
    scene: Scene, marketer: Caller, call: Callable[..., Caller]
) -> None:
    asked = {"segment_id": str(scene.segment.pk), "account": "smtp", "variants": 2, "holdout_share": 0.2}

    found = marketer.post("/campaigns/outlook", {**asked, "base": 0.3}).json()
    head = call(scene.world.head).post("/campaigns/outlook", asked).json()

    assert (found["members"], found["allowed"], found["held"], found["each"]) == (9, 9, 2, 3)
    assert found["to_compare"] is None
    assert (head["members"], head["allowed"], head["base"]) == (4, 4, 0.03)
    scene.consent(scene.customers[1], "withdrawn", channel="email")
    assert marketer.post("/campaigns/outlook", asked).json()["allowed"] == 8
    assert marketer.post("/campaigns/outlook", {**asked, "account": "nothing"}).status_code == 404


def test_who_approves_reads_what_is_said(scene: Scene, compliance: Caller, marketer: Caller) -> None:
    made = marketer.post("/campaigns", body(scene)).json()

    (message,) = compliance.get(f"/campaigns/{made['id']}/messages").json()

    assert (message["key"], message["template_name"], message["number"], message["share"]) == (
        "A",
        "通讯",
        1,
        1,
    )
    assert message["subject"].startswith("秋日问候，")
    assert "您好" in message["html"]
    assert made["account_name"] == "邮件"


def test_a_customers_page_tells_whether_he_may_be_written_to(
    scene: Scene,
    marketer: Caller,
    sender: Sender,
    call: Callable[..., Caller],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def standing(place: int) -> tuple[str, str]:
        (one,) = marketer.get(f"/campaigns/of/{scene.customers[place]}/standing").json()
        assert (one["purpose"]["zh"], one["channel"]["zh"]) == ("营销", "电子邮件")
        return one["state"], one["reason_text"]["zh"]

    monkeypatch.setattr("kehu.api.engage.campaign_results.timezone.now", lambda: DAY)
    assert standing(1) == ("yes", "")
    assert standing(0) == ("no", "没有地址")
    assert standing(9) == ("no", "没有同意，或已撤回、已反对")
    for _ in range(2):
        scene.started()
        plan_due(now=DAY)
        sender.turn()
    assert standing(1) == ("no", "达到联系次数上限")
    suppress_address(channel="email", address="c2@mail.example", reason="manual", author_id=None, now=DAY)
    now = "kehu.api.engage.campaign_results.timezone.now"
    monkeypatch.setattr(now, lambda: DAY + timedelta(days=8))
    assert standing(2) == ("no", "地址在拒收名单上")
    monkeypatch.setattr(now, lambda: DAY + timedelta(days=8, hours=11))
    assert standing(1) == ("later", "静默时段，稍后再发")
    assert standing(2) == ("no", "地址在拒收名单上"), "at night, too"
    other = call(scene.world.head).get(f"/campaigns/of/{scene.customers[1]}/standing")
    mine = call(scene.world.head).get(f"/campaigns/of/{scene.customers[2]}/standing")
    assert {other.status_code, mine.status_code} == {200, 404}
