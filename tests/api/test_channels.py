"""Accounts of channels, the suppression list and the demo mailbox, by the API."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from tests.conftest import Caller
from tests.world import World

from kehu.engage.channels.accounts import channel_of, get_account
from kehu.engage.channels.contract import Content, Outgoing
from kehu.engage.channels.email.compose import message_id
from kehu.engage.channels.sink import keep_mail
from kehu.engage.channels.suppression import address_index, forget_addresses, suppressed
from kehu.engage.channels.testing import Behavior, MailServer
from kehu.engage.channels.webhook.signing import sign
from kehu.engage.models.channels import DeadLetter, Receipt, Suppression
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

CALL = Callable[..., Caller]
ADDRESS = "shen.jingyi@example.com"


@pytest.fixture
def steward(world: World) -> Caller:
    return Caller(world.steward)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(Behavior(users={"kehu": "right"})) as running:
        yield running


def mail_account(server: MailServer | None = None, **changes: Any) -> dict[str, Any]:
    settings = {
        "host": server.host if server else "mail.example.com", "port": server.port if server else 587, "security": "none",
        "from_address": "service@hengchuan.example", "username": "kehu", "dkim_domain": "hengchuan.example", "dkim_selector": "k1",
    }  # fmt: skip
    return {
        "key": "mail", "kind": "email", "name": "行内邮件", "settings": settings, "secrets": {"password": "right"}, **changes,
    }  # fmt: skip


def test_an_account_is_added_and_its_password_never_comes_back(steward: Caller) -> None:
    made = steward.post("/channels", mail_account(makes_dkim_key=True, secrets={"password": "s3cret-words"}))

    assert made.status_code == 201, made.json()
    assert made.json()["secrets"] == ["dkim_key", "password"]
    assert made.json()["dns"]["name"] == "k1._domainkey.hengchuan.example"
    assert made.json()["dns"]["text"].startswith("v=DKIM1; k=rsa; p=")
    assert "s3cret-words" not in made.content.decode() + steward.get("/channels").content.decode()
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT secrets_sealed, settings::text FROM engage_channel_account")
        sealed, settings = cursor.fetchone()
    assert b"s3cret-words" not in bytes(sealed)
    assert "s3cret-words" not in settings


def test_limits_are_numbers_whole_or_not(steward: Caller) -> None:
    limits = {"per_second": 0.5, "window_count": 100, "window_seconds": 60}

    made = steward.post("/channels", mail_account(limits=limits))

    assert made.status_code == 201, made.json()
    assert limits.items() <= made.json()["limits"].items()


def test_a_secret_that_is_left_out_stays(steward: Caller) -> None:
    steward.post("/channels", mail_account(secrets={"password": "a", "bounce_secret": "b"}))
    changed = {k: v for k, v in mail_account(name="改名").items() if k not in {"key", "kind"}}

    answer = steward.client.put(
        "/api/v1/channels/mail",
        {**changed, "secrets": {"bounce_secret": ""}},
        content_type="application/json",
    )

    assert (answer.json()["name"], answer.json()["secrets"]) == ("改名", ["password"])


@pytest.mark.parametrize(
    "settings",
    [
        {}, {"host": "mail.example.com"}, {"host": "a b", "from_address": "a@b.example"},
        {"host": "m.example", "from_address": "a@b.example\r\nBcc: c@d.example"},
        {"host": "m.example", "from_address": "a@b.example", "port": 0},
        {"host": "m.example", "from_address": "a@b.example", "surprise": 1},
        {"host": "m.example", "from_address": "a@b.example", "from_name": "x\r\nBcc: y"},
        {"host": "m.example", "from_address": "a@b.example", "dkim_domain": "b.example"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(steward: Caller, settings: dict[str, Any]) -> None:
    assert steward.post("/channels", mail_account(settings=settings)).status_code == 422


def test_a_key_is_taken_once_and_an_unknown_one_is_not_there(steward: Caller) -> None:
    steward.post("/channels", mail_account())

    assert steward.post("/channels", mail_account()).status_code == 409
    assert steward.post("/channels/other/try").status_code == 404


def test_only_who_manages_channels_sees_them(world: World) -> None:
    assert Caller(world.alice).get("/channels").status_code == 403
    assert Caller(world.alice).post("/suppressions/search", {}).status_code == 403
    assert Caller(world.alice).get("/sink-mails").status_code == 403


def test_a_server_is_tried_and_a_mail_goes_to_oneself(steward: Caller, server: MailServer) -> None:
    steward.post("/channels", mail_account(server, makes_dkim_key=True))

    tried = steward.post("/channels/mail/try").json()
    sent = steward.post("/channels/mail/test-message").json()

    assert (tried["is_good"], tried["code"]) == (True, "works")
    assert (sent["is_good"], sent["code"]) == (True, "sent")
    (arrived,) = server.arrived
    assert arrived.recipients == ("steward@hengchuan.example",)
    assert arrived.content.startswith(b"DKIM-Signature: ")


def test_a_server_that_does_not_let_in_is_told(steward: Caller, server: MailServer) -> None:
    steward.post("/channels", mail_account(server, secrets={"password": "wrong"}))

    assert steward.post("/channels/mail/try").json() == {
        "is_good": False,
        "code": "sign_in_refused",
        "detail": "535",
    }


def test_a_webhook_that_leads_inside_is_refused(steward: Caller) -> None:
    steward.post(
        "/channels",
        {"key": "hook", "kind": "webhook", "name": "x", "settings": {"url": "http://127.0.0.1:1/"}},
    )

    assert steward.post("/channels/hook/try").json()["code"] == "target_refused"


def test_what_is_never_taken_is_kept_sealed_and_sent_again(steward: Caller) -> None:
    steward.post(
        "/channels",
        {"key": "hook", "kind": "webhook", "name": "x", "settings": {"url": "http://127.0.0.1:1/"}},
    )
    message = Outgoing(new_id(), ADDRESS, Content("月结单", "", "正文"), "marketing", is_service=True)
    list(channel_of(get_account("hook")).send([message], handing=lambda _: None))

    (letter,) = steward.get("/dead-letters").json()
    again = steward.post(f"/dead-letters/{letter['id']}/send").json()

    assert (letter["account"], letter["reason"]) == ("hook", "target_refused")
    assert (again["is_good"], again["detail"]) == (False, "target_refused")
    with acting(SYSTEM):
        (row,) = DeadLetter.objects.all()
    assert ADDRESS.encode() not in bytes(row.sealed)
    assert steward.post(f"/dead-letters/{new_id()}/send").status_code == 404


def test_a_provider_reports_a_dead_address_with_a_signature(steward: Caller, world: World) -> None:
    steward.post("/channels", mail_account(secrets={"bounce_secret": "shared"}))
    send_id = new_id()
    report = {
        "kind": "bounced",
        "message_id": message_id(send_id, ADDRESS, "x.example"),
        "address": ADDRESS,
        "reason": "no_such_address",
    }
    body = json.dumps([report, {**report, "address": "boss@bank.example"}]).encode()

    def tell(secret: str, at: int) -> Any:
        headers = sign([secret], event_id="e1", at=at, body=body)
        return steward.client.post(
            "/api/v1/channels/mail/bounces", body, content_type="application/json", headers=headers
        )

    now = int(time.time())
    assert tell("wrong", now).status_code == 404
    assert tell("shared", now - 400).status_code == 404
    assert tell("shared", now).json() == {"heard": 1}
    assert tell("shared", now).json() == {"heard": 0}
    assert suppressed("email", [address_index("email", " Shen.Jingyi@EXAMPLE.com")]) == {
        address_index("email", ADDRESS)
    }
    assert suppressed("email", [address_index("email", "boss@bank.example")]) == set()
    assert list(Receipt.objects.values_list("send_id", "kind")) == [(send_id, "bounced")]


def test_the_list_is_masked_added_to_and_taken_from_with_a_reason(steward: Caller) -> None:
    assert steward.post("/suppressions", {"address": ADDRESS, "reason": "来电要求"}).status_code == 204
    assert steward.post("/suppressions", {"address": ADDRESS.upper(), "reason": "又来"}).status_code == 409
    assert steward.post("/suppressions", {"address": "nothing", "reason": "x"}).status_code == 422

    page = steward.post("/suppressions/search", {}).json()
    (entry,) = page["items"]
    assert ADDRESS not in json.dumps(page)
    assert entry["address"].endswith("@example.com")
    assert steward.post("/suppressions/search", {"address": ADDRESS}).json()["items"] == [entry]
    assert steward.post("/suppressions/search", {"address": "other@example.com"}).json()["items"] == []
    assert steward.post(f"/suppressions/{entry['id']}/remove", {"reason": ""}).status_code == 422
    assert steward.post(f"/suppressions/{entry['id']}/remove", {"reason": "本人同意恢复"}).status_code == 204
    assert steward.post(f"/suppressions/{entry['id']}/remove", {"reason": "x"}).status_code == 404
    assert suppressed("email", [address_index("email", ADDRESS)]) == set()


def test_lists_are_exchanged_as_digests(steward: Caller) -> None:
    digest = hashlib.sha256(b"a@example.com").hexdigest()
    text = f"sha256\n{digest},hard_bounce,2026-01-01\nB@example.com\n"

    assert steward.post("/suppressions/import", {"text": text}).json() == {"added": 2}
    assert steward.post("/suppressions/import", {"text": text}).json() == {"added": 0}
    assert steward.post("/suppressions/import", {"text": "sha256\nrubbish"}).status_code == 422
    marks = [address_index("email", one) for one in ("A@example.com", "b@example.com", "c@example.com")]
    assert suppressed("email", marks) == set(marks[:2])
    steward.post("/suppressions", {"address": ADDRESS, "reason": "来电"})
    exported = steward.post("/suppressions/export").content.decode()
    assert hashlib.sha256(ADDRESS.encode()).hexdigest() in exported
    assert "@" not in exported


def test_an_erased_persons_address_goes_and_he_stays_on_the_list(steward: Caller) -> None:
    steward.post("/suppressions", {"address": ADDRESS, "reason": "来电"})

    forget_addresses([ADDRESS])

    with acting(SYSTEM):
        assert Suppression.objects.get().sealed is None
    assert suppressed("email", [address_index("email", ADDRESS)]) == {address_index("email", ADDRESS)}
    assert steward.post("/suppressions/search", {}).json()["items"][0]["address"] == "******"


def test_the_demo_mailbox_shows_what_arrived(steward: Caller) -> None:
    raw = b"From: a@b.example\r\nSubject: =?utf-8?b?5oKo5aW9?=\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>x</script><p>hi</p>\r\n"
    from tests.world import NOW

    keep_mail(sender="a@b.example", recipients=("c@d.example",), raw=raw, now=NOW)

    (row,) = steward.get("/sink-mails").json()["items"]
    opened = steward.get(f"/sink-mails/{row['id']}").json()

    assert (row["subject"], row["recipient"]) == ("您好", "c@d.example")
    assert "<p>hi</p>" in opened["html"]
    assert opened["raw"].startswith("From: a@b.example")
    assert steward.get(f"/sink-mails/{new_id()}").status_code == 404
