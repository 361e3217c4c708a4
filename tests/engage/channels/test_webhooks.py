"""Webhooks over real HTTP on loopback: signed, tried again, given up, and never led inside."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest
from tests.engage.channels.conftest import Make, nothing

from kehu.engage.channels.contract import HandingStopped, Outgoing
from kehu.engage.channels.terms import Limits, WebhookSettings
from kehu.engage.channels.webhook.channel import Endpoint, WebhookChannel
from kehu.engage.channels.webhook.guard import TargetRefused, may_reach, resolve_target
from kehu.engage.channels.webhook.signing import is_signed
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text


class Receiver:
    """An endpoint on loopback that answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.status: Callable[[int], int] = lambda _: 200
        self.headers: dict[str, str] = {}
        self.hangs = 0.0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
                if owner.hangs:
                    time.sleep(owner.hangs)
                self.send_response(owner.status(len(owner.taken)))
                for name, value in owner.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?x=1"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("KEHU_INTERNAL_HOSTS", "127.0.0.1")
    environment.cache_clear()
    running = Receiver()
    running.thread.start()
    yield running
    running.server.shutdown()
    running.server.server_close()
    environment.cache_clear()


class Graves(list[tuple[Outgoing, str, int]]):
    """Where dead letters go."""

    def bury(self, message: Outgoing, reason: str, attempts: int) -> None:
        self.append((message, reason, attempts))


def channel(
    url: str, graves: Graves, *, secrets: tuple[str, ...] = ("new", "old"), **settings: Any
) -> WebhookChannel:
    endpoint = Endpoint(WebhookSettings(url=url, **settings), secrets)
    return WebhookChannel("hook", endpoint, limits=Limits(connections=2), bury=graves.bury)


def test_a_message_is_posted_signed_by_both_secrets(receiver: Receiver, make: Make) -> None:
    sent = make()

    (outcome,) = channel(receiver.url, Graves()).send([sent], handing=nothing)

    assert outcome.state == "accepted"
    ((headers, body),) = receiver.taken
    assert json.loads(body)["id"] == str(sent.id) == headers["webhook-id"]
    for secret in ("new", "old"):
        assert is_signed(
            [secret], event_id=headers["webhook-id"], at=headers["webhook-timestamp"], body=body,
            marks=headers["webhook-signature"], now=time.time(),
        )  # fmt: skip
    at = {
        "event_id": headers["webhook-id"],
        "at": headers["webhook-timestamp"],
        "marks": headers["webhook-signature"],
    }
    assert not is_signed(["other"], body=body, now=time.time(), **at)
    assert not is_signed(["new"], body=body + b" ", now=time.time(), **at)
    assert not is_signed(["new"], body=body, now=time.time() + 301, **at)
    assert not is_signed([""], body=body, now=time.time(), **at)


def test_a_failure_is_tried_again_with_growing_waits_and_then_buried(receiver: Receiver, make: Make) -> None:
    receiver.status = lambda _: 500
    graves, sent = Graves(), make()
    hook = channel(receiver.url, graves, attempts=3)

    outcomes = [next(iter(list(hook.send([sent], handing=nothing)))) for _ in range(3)]

    assert [o.state for o in outcomes] == ["deferred", "deferred", "refused"]
    assert (outcomes[0].retry_after or 0) < (outcomes[1].retry_after or 0)
    assert graves == [(sent, "status_500", 3)]
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == 1


def test_an_endpoint_that_fails_is_left_alone_and_its_messages_wait(receiver: Receiver, make: Make) -> None:
    receiver.status = lambda _: 503
    graves = Graves()
    hook = channel(receiver.url, graves)

    outcomes = list(hook.send([make() for _ in range(40)], handing=nothing))

    assert len(receiver.taken) <= 8
    assert {o.state for o in outcomes} == {"deferred"}
    assert "circuit_open" in {o.reason for o in outcomes}
    assert graves == []


def test_a_redirect_is_not_followed(receiver: Receiver, make: Make) -> None:
    receiver.status, receiver.headers = lambda _: 302, {"Location": "http://169.254.169.254/"}
    graves = Graves()

    (outcome,) = channel(receiver.url, graves).send([make()], handing=nothing)

    assert (outcome.state, outcome.reason) == ("refused", "status_302")
    assert len(receiver.taken) == 1
    assert len(graves) == 1


def test_an_endpoint_that_hangs_holds_nobody_up(receiver: Receiver, make: Make) -> None:
    receiver.hangs = 3
    start = time.monotonic()

    (outcome,) = channel(receiver.url, Graves(), timeout=1.0).send([make()], handing=nothing)

    assert time.monotonic() - start < 2.5
    assert (outcome.state, outcome.reason) == ("deferred", "no_answer")


def test_what_was_withdrawn_is_not_posted(receiver: Receiver, make: Make) -> None:
    def stop(_: object) -> None:
        raise HandingStopped(Text("撤回", "withdrawn"))

    (outcome,) = channel(receiver.url, Graves()).send([make()], handing=stop)

    assert (outcome.state, outcome.reason) == ("refused", "stopped")
    assert receiver.taken == []


FORBIDDEN = [
    "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::]", "0.0.0.0", "[::ffff:169.254.169.254]",  # noqa: S104 (asked for, never bound to)
    "[::ffff:127.0.0.1]", "100.100.100.200", "169.254.169.254", "169.254.0.23", "192.0.0.192", "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001:0:1::1]", "[fec0::1]", "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1",
    "172.16.0.1", "192.168.1.1", "224.0.0.1", "255.255.255.255", "[::7f00:1]", "localhost",
]  # fmt: skip


@pytest.mark.parametrize("host", FORBIDDEN)
def test_nothing_inside_is_ever_called(host: str) -> None:
    with pytest.raises((TargetRefused, OSError)):
        resolve_target(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    ["gopher://example.com/", "file:///etc/passwd", "http://user@example.com/", "http://a:b@example.com/", "http:///x",
     "http://1.1.1.1\\@127.0.0.1/", "http://1.1.1.1:99999/", "ftp://1.1.1.1/", "http://[fe80::1%25eth0]/"],
)  # fmt: skip
def test_addresses_that_play_tricks_are_refused(url: str) -> None:
    with pytest.raises(TargetRefused):
        resolve_target(url)


def test_the_public_internet_is_open() -> None:
    target = resolve_target("https://1.1.1.1/x?y=1")

    assert (target.address, target.port, target.path, target.is_encrypted) == ("1.1.1.1", 443, "/x?y=1", True)
    assert may_reach("x", ip_address("2606:4700::1111"))


def test_a_name_is_looked_up_once_and_all_its_addresses_must_do(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        addresses = ["1.1.1.1"] if len(asked) == 1 else ["1.1.1.1", "127.0.0.1"]
        return [(2, 1, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr("socket.getaddrinfo", answer)

    assert resolve_target("http://rebinding.example/").address == "1.1.1.1"
    assert len(asked) == 1
    with pytest.raises(TargetRefused):
        resolve_target("http://rebinding.example/")


def test_internal_hosts_are_named_by_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHU_INTERNAL_HOSTS", "10.1.0.0/16, crm.bank.internal")
    environment.cache_clear()
    try:
        assert may_reach("x", ip_address("10.1.2.3"))
        assert may_reach("CRM.bank.internal", ip_address("10.9.9.9"))
        assert not may_reach("x", ip_address("10.2.0.1"))
    finally:
        environment.cache_clear()
