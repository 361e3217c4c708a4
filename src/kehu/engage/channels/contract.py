"""What every channel promises to whoever sends: a batch goes in, one outcome for each message comes out.

Made for e-mail, SMS, WeCom and webhooks alike. A channel keeps no state of sends: who must be sent to, and who was, is the
ledger's business. Addresses live in memory only.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import UUID

from kehu.platform.errors import Conflict, Invalid
from kehu.platform.text import Text

State = Literal["accepted", "deferred", "refused", "unknown"]
Handing = Callable[[UUID], None]
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


class HeaderNotSafe(Invalid):
    """A subject, header or address holds a line break or another control character: somebody tries to add headers."""

    code = "header_not_safe"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"“{name}”里有换行或控制字符，不能发送。去掉后再试。",
                f"“{name}” holds a line break or control character and cannot be sent. Remove it and try again.",
            )
        )


class HandingStopped(Conflict):
    """Raised by `handing`: the message was withdrawn meanwhile and must not be handed over."""

    code = "handing_stopped"


@dataclass(frozen=True, slots=True)
class Content:
    """What is said. `headers` are extra headers, for channels that know such. Raises HeaderNotSafe."""

    subject: str
    html: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in (("subject", self.subject), *self.headers.items()):
            check_line(name, name)
            check_line(name, value)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message. `id` is the send's: Message-ID, event id and receipts are made of it, so that a retry is recognized.

    `purpose` is the key of the purpose. A service message (`is_service`) needs no `unsubscribe_url`.
    """

    id: UUID
    address: str
    content: Content
    purpose: str
    is_service: bool
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message.

    `accepted`: the other side has taken it (`provider_id` is its name there). `deferred`: not now; try again after
    `retry_after` seconds, it is not the recipient's failure. `refused`: never (`reason` says why, without the address).
    `unknown`: it may or may not have been taken; trying again may send it twice.
    """

    id: UUID
    state: State
    provider_id: str = ""
    reason: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a kind of channel can do. `address_field` is the key of the field that holds its address.

    `longest` bounds the text, in characters; `needs_staff`: a person has to press the button (WeCom).
    """

    needs_staff: bool
    longest: int | None
    tells_receipts: bool
    address_field: str


class Channel(Protocol):
    """A way to send. Made by `accounts.channel_of`; used by one thread at a time, whatever threads it has itself."""

    @property
    def key(self) -> str:
        """The key of the account."""

    @property
    def capabilities(self) -> Capabilities:
        """What this kind of channel can do."""

    def send(self, batch: Sequence[Outgoing], *, handing: Handing) -> Iterator[Outcome]:
        """Send a batch; one outcome each, in any order, as soon as it is known. Nothing is raised for one message.

        `handing(id)` is called, from any thread, right before a message can no longer be taken back (e-mail: after DATA's
        354, before the first byte; webhook: before the request is written). Where it raises, the message is not handed
        over and its outcome is `refused` with the reason `stopped`.
        """

    def close(self) -> None:
        """Close connections. What was not begun is not sent."""


def check_line(name: str, value: str) -> None:
    """Pass a text that stays on its line. Raises HeaderNotSafe for CR, LF, NUL and other control characters."""
    if _CONTROL.search(value):
        raise HeaderNotSafe(name)
