"""Mails over real SMTP: what arrives is what was said, and every failure is told as what it is."""

import email
import email.policy
import threading
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any, cast
from uuid import UUID

import dkim
import pytest
from tests.engage.channels.conftest import Make, nothing

from kehu.engage.channels import tokens
from kehu.engage.channels.contract import Content, HandingStopped, HeaderNotSafe
from kehu.engage.channels.email.channel import EmailChannel
from kehu.engage.channels.email.compose import message_id
from kehu.engage.channels.email.dkim import Signer, dns_record, make_key
from kehu.engage.channels.terms import Limits
from kehu.engage.channels.testing import Behavior, MailServer
from kehu.platform.text import Text

Open = Callable[..., EmailChannel]


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_mail_arrives_as_it_was_written(server: MailServer, channel_to: Open, make: Make) -> None:
    content = Content(
        "恒川银行｜您的十一月账单已经可以查看，请在还款日之前登录手机银行核对明细",
        "<p>沈女士，您好</p>",
        ".\n您好\n..点",
        {"X-Campaign": "十一月"},
    )
    sent = make(content=content)

    (outcome,) = channel_to(server, from_name="恒川银行, 客服").send([sent], handing=nothing)

    assert (outcome.state, outcome.id) == ("accepted", sent.id)
    (arrived,) = server.arrived
    mail = read(arrived.content)
    assert mail["Subject"] == content.subject
    assert mail["From"].addresses[0].display_name == "恒川银行, 客服"
    assert mail["From"].addresses[0].addr_spec == "service@hengchuan.example"
    assert mail["To"] == sent.address
    assert mail["X-Campaign"] == "十一月"
    assert mail["Message-ID"] == message_id(sent.id, sent.address, "hengchuan.example")
    assert mail["List-Unsubscribe"] == f"<{sent.unsubscribe_url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Date"].datetime is not None
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").strip("\n") == content.text
    assert html.get_content().strip() == content.html


def test_dots_at_the_beginning_of_lines_survive(server: MailServer, channel_to: Open, make: Make) -> None:
    sent = make(content=Content("dots", "", ".\n..\n.end\n"))

    list(channel_to(server).send([sent], handing=nothing))

    assert read(server.arrived[0].content).get_content().replace("\r\n", "\n") == ".\n..\n.end\n"


def test_a_service_mail_needs_no_way_out_and_any_other_does(
    server: MailServer, channel_to: Open, make: Make
) -> None:
    batch = [make(is_service=True, unsubscribe_url=""), make(unsubscribe_url="")]

    found = {o.id: (o.state, o.reason) for o in channel_to(server).send(batch, handing=nothing)}

    assert found == {batch[0].id: ("accepted", ""), batch[1].id: ("refused", "no_unsubscribe")}
    assert read(server.arrived[0].content)["List-Unsubscribe"] is None


def test_a_second_reader_accepts_the_signature(server: MailServer, channel_to: Open, make: Make) -> None:
    pem = make_key()
    name, record = dns_record(pem, domain="hengchuan.example", selector="k1")
    signer = Signer(pem, domain="hengchuan.example", selector="k1")

    list(
        channel_to(server, signer=signer).send(
            [make(), make(content=Content("ascii", "<b>x</b>", "x  \n"))], handing=nothing
        )
    )

    def ask(asked: bytes, **_: object) -> bytes | None:
        return {name.encode() + b".": record.encode()}.get(asked)

    for arrived in server.arrived:
        assert dkim.verify(arrived.content, dnsfunc=ask)
        assert not dkim.verify(arrived.content.replace(b"To: shen", b"To: chen"), dnsfunc=ask)
        assert b"list-unsubscribe-post" in arrived.content


@pytest.mark.parametrize(
    "bad", ["a@b.example\r\nBcc: x@y.example", "a b@c.example", "no-at", "<a@b.example>", "", "张@b.example"]
)
def test_an_address_that_is_none_is_refused(
    server: MailServer, channel_to: Open, make: Make, bad: str
) -> None:
    (outcome,) = channel_to(server).send([make(bad)], handing=nothing)

    assert (outcome.state, outcome.reason) == ("refused", "address_not_valid")
    assert server.arrived == []


@pytest.mark.parametrize("bad", ["x\r\nBcc: a@b.example", "x\ny", "x\ry", "x\x00", "x\u2028y", "x\x85y"])
def test_nobody_adds_headers(bad: str) -> None:
    with pytest.raises(HeaderNotSafe):
        Content(bad, "", "")
    with pytest.raises(HeaderNotSafe):
        Content("x", "", "", {"X-A": bad})


@pytest.mark.parametrize("name", ["Bcc", "to", "Content-Type", "X A", "X:A", "DKIM-Signature"])
def test_extra_headers_replace_none_of_ours(
    server: MailServer, channel_to: Open, make: Make, name: str
) -> None:
    (outcome,) = channel_to(server).send([make(content=Content("x", "", "x", {name: "v"}))], handing=nothing)

    assert (outcome.state, outcome.reason) == ("refused", "header_not_safe")


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        ("450 4.2.1 greylisted", "deferred", "put_off_450"),
        ("451 4.3.0 local error", "deferred", "put_off_451"),
        ("421 4.7.0 closing", "deferred", "put_off_421"),
        ("454 4.7.0 TLS not available", "deferred", "put_off_454"),
        ("550 Ip frequency limited", "deferred", "rate_limited_550"),
        ("550 5.1.1 User unknown", "refused", "no_such_address"),
        ("550 Mailbox not found. https://service.mail.qq.com/detail/122/169", "refused", "no_such_address"),
        ("550 User not found: x", "refused", "no_such_address"),
        ("552 5.2.2 Mailbox full", "refused", "refused_552"),
        ("554 5.7.1 DT:SPM spam", "refused", "content_refused_554"),
        ("550 5.7.1 relaying denied, recipient rejected", "refused", "refused_550"),
    ],
)
def test_a_servers_answer_is_read_for_what_it_is(
    channel_to: Open, make: Make, reply: str, state: str, reason: str
) -> None:
    with MailServer(Behavior(to_recipient=lambda _: reply)) as server:
        (outcome,) = channel_to(server).send([make()], handing=nothing)

    assert (outcome.state, outcome.reason) == (state, reason)
    assert (outcome.retry_after is not None and outcome.retry_after > 0) == (state == "deferred")


def test_one_refused_address_leaves_the_others(channel_to: Open, make: Make) -> None:
    batch = [make(f"p{n}@example.com") for n in range(30)]
    with MailServer(
        Behavior(to_recipient=lambda to: "550 5.1.1 no such user" if "p7@" in to else None)
    ) as server:
        states = [o.state for o in channel_to(server).send(batch, handing=nothing)]

    assert (states.count("accepted"), states.count("refused")) == (29, 1)
    assert len(server.arrived) == 29
    assert server.connections <= 2


def test_after_421_the_account_rests_and_nobody_is_blamed(channel_to: Open, make: Make) -> None:
    with MailServer(Behavior(to_mail=lambda _: "421 4.7.0 try later")) as server:
        outcomes = list(
            channel_to(server, limits=Limits(connections=1)).send([make() for _ in range(5)], handing=nothing)
        )

    assert {o.state for o in outcomes} == {"deferred"}
    assert all((o.retry_after or 0) > 0 for o in outcomes)


def test_a_connection_lost_after_the_end_is_unknown_and_before_it_is_not(
    channel_to: Open, make: Make
) -> None:
    with MailServer(Behavior(hangs_up_after_data=True)) as server:
        (after,) = channel_to(server).send([make()], handing=nothing)
    with MailServer(Behavior(hangs_up_at_recipient=True)) as server:
        (before,) = channel_to(server).send([make()], handing=nothing)

    assert (after.state, after.retry_after) == ("unknown", None)
    assert before.state == "deferred"


def test_handing_is_told_before_and_may_stop_it(server: MailServer, channel_to: Open, make: Make) -> None:
    batch = [make(f"p{n}@example.com") for n in range(10)]
    told: list[UUID] = []
    lock = threading.Lock()

    def handing(send_id: UUID) -> None:
        with lock:
            assert not any(tokens.sign("message", send_id).encode() in a.content for a in server.arrived)
            told.append(send_id)
        if send_id == batch[3].id:
            raise HandingStopped(Text("撤回", "withdrawn"))

    found = {o.id: (o.state, o.reason) for o in channel_to(server).send(batch, handing=handing)}

    assert found.pop(batch[3].id) == ("refused", "stopped")
    assert set(found.values()) == {("accepted", "")}
    assert set(told) == {m.id for m in batch}
    assert sorted(a.recipients[0] for a in server.arrived) == sorted(
        m.address for m in batch if m is not batch[3]
    )


def test_refused_recipients_are_never_handed_over(channel_to: Open, make: Make) -> None:
    told: list[UUID] = []
    with MailServer(Behavior(to_recipient=lambda _: "550 5.1.1 no")) as server:
        list(channel_to(server).send([make()], handing=told.append))

    assert told == []


def test_whoever_stops_reading_stops_the_sending(channel_to: Open, make: Make) -> None:
    with MailServer() as server:
        stream = channel_to(server, limits=Limits(connections=2, per_second=50)).send(
            [make() for _ in range(200)], handing=nothing
        )
        next(stream)
        cast("Any", stream).close()
        count = len(server.arrived)

    assert count < 150
    assert len(server.arrived) == count


def test_limits_hold_and_long_waits_are_given_back(server: MailServer, channel_to: Open, make: Make) -> None:
    limits = Limits(connections=2, window_seconds=3600, window_count=5)

    outcomes = list(channel_to(server, limits=limits).send([make() for _ in range(8)], handing=nothing))

    assert sorted(o.state for o in outcomes) == ["accepted"] * 5 + ["deferred"] * 3
    assert {o.reason for o in outcomes if o.state == "deferred"} == {"limit"}
    assert all((o.retry_after or 0) > 1000 for o in outcomes if o.state == "deferred")


def test_a_connection_carries_so_many_mails(server: MailServer, channel_to: Open, make: Make) -> None:
    limits = Limits(connections=1, messages_per_connection=3)

    list(channel_to(server, limits=limits).send([make() for _ in range(7)], handing=nothing))

    assert server.connections == 3
    assert len(server.arrived) == 7


def test_no_server_is_no_fault_of_the_recipient(channel_to: Open, make: Make) -> None:
    with MailServer() as server:
        pass

    (outcome,) = channel_to(server).send([make()], handing=nothing)

    assert (outcome.state, outcome.reason) == ("deferred", "no_connection")


def test_nothing_goes_in_clear_where_encryption_is_demanded(
    server: MailServer, channel_to: Open, make: Make
) -> None:
    (outcome,) = channel_to(server, security="starttls").send([make()], handing=nothing)

    assert (outcome.state, outcome.reason) == ("deferred", "no_encryption")
    assert server.arrived == []


def test_a_user_signs_in(channel_to: Open, make: Make) -> None:
    with MailServer(Behavior(users={"kehu": "right"})) as server:
        (good,) = channel_to(server, username="kehu", password="right").send([make()], handing=nothing)
        (bad,) = channel_to(server, username="kehu", password="wrong").send([make()], handing=nothing)

    assert good.state == "accepted"
    assert (bad.state, bad.reason) == ("deferred", "sign_in_refused")
