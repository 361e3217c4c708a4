"""A test of a template goes to whoever writes it and to nobody else, says that it is one, and stands in no ledger."""

import email
import email.policy
from collections.abc import Callable, Iterator

import pytest
from tests.api.staff import trail
from tests.api.test_templates import GOOD, marketer, marketing
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.engage.channels.testing import MailServer
from kehu.engage.models.campaigns import Send
from kehu.engage.models.channels import ChannelAccount, Receipt
from kehu.engage.templates.trial import BANNER
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
__all__ = ["marketer", "marketing"]
ASKED = {**GOOD, "purpose": "marketing", "account": "smtp"}


@pytest.fixture
def server(world: World) -> Iterator[MailServer]:
    """A mail server, and the account that leads to it."""
    with MailServer() as running:
        settings = {
            "host": running.host,
            "port": running.port,
            "security": "none",
            "from_address": "a@b.example",
        }
        with acting(SYSTEM):
            ChannelAccount.objects.create(
                key="smtp", name="邮件", kind="email", settings=settings, created_at=NOW, changed_at=NOW
            )
        yield running


def test_it_arrives_marked_at_ones_own_address_and_counts_nowhere(
    server: MailServer, marketer: Caller
) -> None:
    told = marketer.post("/templates/test-message", ASKED)

    assert (told.status_code, told.json()["is_good"], told.json()["code"]) == (200, True, "sent")
    (arrived,) = server.arrived
    own = marketer.get("/me").json()["user"]["email"]
    assert arrived.recipients == (own,)
    mail = email.message_from_bytes(arrived.content, policy=email.policy.default)
    assert mail["Subject"] == "【测试】沈静仪，本月要闻"
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        assert BANNER.zh in part.get_content()
        assert "/t/o/" not in part.get_content()
    with acting(SYSTEM):
        assert not Send.objects.exists()
        assert not Receipt.objects.exists()
    assert [event.details["is_good"] for event in trail("template.test")] == [True]


def test_what_a_check_refuses_is_not_sent_and_neither_is_a_gap(server: MailServer, marketer: Caller) -> None:
    refused = marketer.post("/templates/test-message", {**ASKED, "subject": ""})
    missing = {"customer.name": {"policy": "skip", "text": ""}}
    gap = marketer.post("/templates/test-message", {**ASKED, "missing": missing, "sample": "missing"})

    assert refused.status_code == 422
    assert (gap.json()["is_good"], gap.json()["code"]) == (False, "missing")
    assert marketer.post("/templates/test-message", {**ASKED, "account": "none"}).status_code == 404
    assert server.arrived == []


def test_who_does_not_write_templates_sends_none(
    server: MailServer, marketing: None, world: World, call: Callable[..., Caller]
) -> None:
    assert call(world.head).post("/templates/test-message", ASKED).status_code == 403
    assert server.arrived == []
