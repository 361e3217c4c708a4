"""Receipts, opens, clicks and leaving: a GET writes a receipt and nothing else, and machines are told from people."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.world import World

from kehu.engage.channels import tokens, tracking
from kehu.engage.channels.tracking import Sent, Tracker, keep_links, tell_sends, unsubscribe_url
from kehu.engage.models.channels import Receipt
from kehu.flows.consent.change_consent import change_consent
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.ids import new_id
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PERSON = {
    "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
}
SEND = new_id()


def path(url: str) -> str:
    return url.removeprefix(environment().public_url)


@pytest.fixture
def sent(world: World) -> Iterator[dict[UUID, Sent]]:
    """Sends as a ledger would know them: one, a minute ago, of a customer who consented to e-mail and text messages."""
    found = world.say(
        world.core, "C1", unit=world.xihu, owner=world.alice, name="沈静仪", email="shen.jingyi@example.com"
    )
    customer = next(iter(found.customers)) if hasattr(found, "customers") else None
    customer = customer or cluster()
    terms = NewTerms("consent", ("email", "sms"), 365, "告知内容")
    actor = world.actor(world.steward)
    with acting(SYSTEM):
        from kehu.govern.access.actors import Actor

        mighty = Actor(
            actor.id, actor.email, actor.name, "zh", actor.unit_id, actor.unit_name, (), {**actor.permissions, "purpose.manage": "all"},
            actor.field_rules, actor.scope, actor.scope_label,
        )  # fmt: skip
        create_purpose(
            key="marketing", name=Text("营销", "Marketing"), terms=terms, actor=mighty, now=timezone.now()
        )
    with acting(actor.scope):
        change_consent(
            customer_id=customer, purpose="marketing", said=Said("given"), actor=actor, now=timezone.now()
        )
    sends = {SEND: Sent("v1", customer, "marketing", "email", timezone.now() - timedelta(minutes=1))}
    before = list(tracking._finders)  # noqa: SLF001 (given back below)
    tell_sends(sends.get)
    keep_links("v1", ["https://bank.example/a", "https://bank.example/b"])
    yield sends
    tracking._finders[:] = before  # noqa: SLF001 (the same)


def cluster() -> UUID:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM resolve_cluster")
        (row,) = cursor.fetchall()
        return UUID(str(row[0]))


def receipts() -> list[tuple[str, bool, str, int | None]]:
    return list(Receipt.objects.order_by("id").values_list("kind", "is_machine", "reason", "link"))


def consents() -> int:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM govern_consent WHERE state = 'withdrawn'")
        return int(cursor.fetchone()[0])


def test_a_person_opens_and_follows(sent: Any, client: Client) -> None:
    tracker = Tracker(SEND)

    picture = client.get(path(tracker.pixel_url), headers=PERSON)
    link = client.get(path(tracker.link_url(1)), headers=PERSON)

    assert (picture.status_code, picture["Content-Type"]) == (200, "image/gif")
    assert (link.status_code, link["Location"]) == (302, "https://bank.example/b")
    assert receipts() == [("opened", False, "", None), ("clicked", False, "", 1)]
    assert str(SEND) not in tracker.pixel_url + tracker.link_url(1)


@pytest.mark.parametrize(
    ("method", "headers", "reason"),
    [
        ("head", PERSON, "head"),
        ("get", {"user-agent": "Mozilla/5.0"}, "no_agent"),
        ("get", {}, "no_agent"),
        ("get", {"user-agent": "Barracuda Sentinel (EE)"}, "scanner"),
        ("get", {"user-agent": "python-requests/2.0"}, "scanner"),
        ("get", {**PERSON, "sec-purpose": "prefetch"}, "prefetch"),
    ],
)
def test_machines_are_marked(
    sent: Any, client: Client, method: str, headers: dict[str, str], reason: str
) -> None:
    getattr(client, method)(path(Tracker(SEND).link_url(0)), headers=headers)

    assert receipts() == [("clicked", True, reason, 0)]


def test_whoever_follows_within_two_seconds_is_a_machine(sent: dict[UUID, Sent], client: Client) -> None:
    sent[SEND] = Sent(
        "v1", sent[SEND].customer_id, "marketing", "email", timezone.now() + timedelta(seconds=20)
    )

    client.get(path(Tracker(SEND).pixel_url), headers=PERSON)

    assert receipts() == [("opened", True, "quick", None)]


def test_two_links_within_a_second_are_a_machines_and_the_first_is_marked_too(
    sent: Any, client: Client
) -> None:
    client.get(path(Tracker(SEND).link_url(0)), headers=PERSON)
    client.get(path(Tracker(SEND).link_url(1)), headers=PERSON)

    assert [(r[1], r[2]) for r in receipts()] == [(True, "burst"), (True, "burst")]


def test_who_follows_the_hidden_link_gives_itself_away(sent: Any, client: Client) -> None:
    client.get(path(Tracker(SEND).pixel_url), headers=PERSON)
    client.get(path(Tracker(SEND).trap_url), headers=PERSON)

    assert [(r[0], r[1]) for r in receipts()] == [("opened", True), ("clicked", True)]
    assert Tracker(SEND).with_trap("<p>x</p></body></html>").count(Tracker(SEND).trap_url) == 1


@pytest.mark.parametrize("place", [2, 99])
def test_only_known_links_are_led_to(sent: Any, client: Client, place: int) -> None:
    assert client.get(path(Tracker(SEND).link_url(place)), headers=PERSON).status_code == 404
    assert receipts() == []


def test_tokens_are_of_one_kind_and_cannot_be_bent(sent: Any, client: Client) -> None:
    leave = tokens.sign("leave", SEND)

    assert client.get(f"/t/c/{leave}/0", headers=PERSON).status_code == 404
    assert client.get(f"/t/o/{leave}.gif", headers=PERSON).status_code == 200
    assert tokens.read("leave", tokens.sign("click", SEND)) is None
    assert tokens.read("leave", leave[:-1] + ("A" if leave[-1] != "A" else "B")) is None
    assert tokens.read("leave", "é" * 38) is None
    assert receipts() == []


def test_receipts_of_one_send_are_bounded(sent: Any, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "MOST_RECEIPTS", 3)

    for _ in range(6):
        client.get(path(Tracker(SEND).pixel_url), headers=PERSON)

    assert len(receipts()) == 3


def test_one_click_withdraws_for_this_purpose_and_channel_alone(sent: Any, client: Client) -> None:
    address = path(unsubscribe_url(SEND))

    gone = client.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    again = client.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert (gone.status_code, again.status_code) == (200, 200)
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT state, channel, source FROM govern_consent ORDER BY recorded_at DESC, id DESC")
        assert cursor.fetchall() == [("withdrawn", "email", "link"), ("given", "", "staff")]
    assert receipts() == [("unsubscribed", False, "", None)]


@pytest.mark.parametrize("method", ["get", "head", "put", "options"])
def test_no_other_method_withdraws(sent: Any, client: Client, method: str) -> None:
    getattr(client, method)(path(unsubscribe_url(SEND)))
    client.post(path(unsubscribe_url(SEND)), "x=1", content_type="application/x-www-form-urlencoded")

    assert consents() == 0
    assert receipts() == []


def test_the_page_tells_what_is_left_and_acts_by_post(sent: Any, client: Client) -> None:
    token = unsubscribe_url(SEND).rsplit("/", 1)[1]

    def ask(way: str) -> Any:
        return client.post(f"/api/v1/leaving{way}", {"token": token}, content_type="application/json")

    before = ask("/read").json()
    assert before == {
        "purpose": {"zh": "营销", "en": "Marketing"},
        "channel": {"zh": "电子邮件", "en": "E-mail"},
        "is_done": False,
    }
    assert consents() == 0
    assert ask("").json()["is_done"] is True
    assert ask("/read").json()["is_done"] is True
    assert consents() == 1


def test_a_link_that_is_none_of_ours_is_not_there(sent: Any, client: Client) -> None:
    for token in ("x", tokens.sign("leave", new_id()), tokens.sign("open", SEND)):
        answer = client.post("/api/v1/leaving", {"token": token}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "link_not_valid")
        assert client.post(f"/u/{token}", {"List-Unsubscribe": "One-Click"}).status_code == 404
