"""A real mail server for tests and benchmarks: it takes mails by SMTP, counts them, and fails where it is told to."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answer = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail that was taken: from the envelope, and its bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


def _nothing(_: str) -> str | None:
    return None


@dataclass
class Behavior:
    """How the server fails: replies to MAIL, RCPT and the end of DATA by the recipient; where it hangs up."""

    to_mail: Answer = _nothing
    to_recipient: Answer = _nothing
    to_data: Answer = _nothing
    hangs_up_after_data: bool = False
    hangs_up_at_recipient: bool = False
    users: dict[str, str] = field(default_factory=dict)


def _hang_up(server: SMTP) -> None:
    transport: Any = server.transport
    transport.abort()


class _Handler:
    def __init__(self, server: "MailServer") -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802 (aiosmtpd calls it)
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session
        envelope.mail_from, envelope.mail_options = address, options
        del server
        return self.server.behavior.to_mail(address) or "250 OK"

    async def handle_RCPT(  # noqa: N802 (the same)
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        if self.server.behavior.hangs_up_at_recipient:
            _hang_up(server)
        said = self.server.behavior.to_recipient(address)
        if said is None or said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (the same)
        del session
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        recipients = tuple(envelope.rcpt_tos)
        said = self.server.behavior.to_data(recipients[0])
        if said is None:
            self.server.arrived.append(Arrived(str(envelope.mail_from), recipients, content))
        if self.server.behavior.hangs_up_after_data:
            _hang_up(server)
            await asyncio.sleep(0)
        return said or f"250 2.0.0 OK queued as {len(self.server.arrived)}"


class _Controller(Controller):
    """Counts connections as they are made."""

    def __init__(self, owner: "MailServer", handler: _Handler, options: dict[str, Any]) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0, **options)
        self._owner = owner

    def factory(self) -> SMTP:
        self._owner.connections += 1
        made: SMTP = super().factory()  # type: ignore[no-untyped-call]  # aiosmtpd types no signature here
        return made

    def _trigger_server(self) -> None:
        """The port is the system's choice: read it, and try it once, as aiosmtpd demands."""
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the same
        self._owner.connections = 0


class MailServer:
    """The server, in a thread of its own; a context manager. `host` and `port` say where it listens."""

    def __init__(self, behavior: Behavior | None = None, **options: Any) -> None:
        self.behavior = behavior or Behavior()
        self.arrived: list[Arrived] = []
        self.connections = 0
        if self.behavior.users:
            options |= {"authenticator": self._sign_in, "auth_require_tls": False}
        self._controller = _Controller(self, _Handler(self), options)
        self.host, self.port = "127.0.0.1", 0

    def _sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        del server, session, envelope, mechanism
        is_known = (
            isinstance(given, LoginPassword)
            and self.behavior.users.get(given.login.decode()) == given.password.decode()
        )
        return AuthResult(success=is_known, handled=False)

    def __enter__(self) -> Self:
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
