"""What the tests of channels share: a mail server, a channel to it, a message."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from kehu.engage.channels.contract import Content, Outgoing
from kehu.engage.channels.email.channel import EmailChannel
from kehu.engage.channels.terms import EmailSettings, Limits
from kehu.engage.channels.testing import MailServer
from kehu.platform.ids import new_id

Make = Callable[..., Outgoing]


def message(address: str = "shen.jingyi@example.com", **changes: Any) -> Outgoing:
    content = changes.pop("content", None) or Content("您的月度账单", "<p>您好</p>", "您好")
    values: dict[str, Any] = {
        "id": new_id(), "address": address, "content": content, "purpose": "marketing", "is_service": False,
        "unsubscribe_url": "https://kehu.example.com/u/abc",
    }  # fmt: skip
    return Outgoing(**{**values, **changes})


@pytest.fixture
def make() -> Make:
    """Make a message; keyword arguments change it."""
    return message


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that takes everything until told otherwise."""
    with MailServer() as running:
        yield running


@pytest.fixture
def channel_to() -> Iterator[Callable[..., EmailChannel]]:
    """Open a channel to a server; closed after the test."""
    opened: list[EmailChannel] = []

    def open_channel(
        server: MailServer, *, signer: Any = None, limits: Limits | None = None, **settings: Any
    ) -> EmailChannel:
        values = {"from_address": "service@hengchuan.example", "security": "none", **settings}
        password = values.pop("password", "")
        made = EmailChannel(
            "mail", EmailSettings(host=server.host, port=server.port, **values), limits=limits or Limits(connections=2),
            password=password, signer=signer,
        )  # fmt: skip
        opened.append(made)
        return made

    yield open_channel
    for one in opened:
        one.close()


def nothing(_: UUID) -> None:
    """`handing` of whoever journals nothing."""
