"""One connection to a mail server: opened, signed in, used for many mails, closed. Knows to the byte what was handed over."""

import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kehu.engage.channels.terms import EmailSettings

CONNECT_SECONDS = 15.0
REPLY_SECONDS = 120.0
IDLE_SECONDS = 5.0
OK, READY, MAIL_OK_MOST = 250, 354, 299
MOST_ID = 120


class NotTaken(Exception):
    """The server answered a step with 400 or more; nothing was handed over."""

    def __init__(self, code: int, text: bytes, *, is_recipient: bool = False) -> None:
        super().__init__(code)
        self.code, self.text, self.is_recipient = code, text, is_recipient


class Lost(Exception):
    """The connection went away. `is_doubtful`: the end of the mail was on its way, it may have been taken."""

    def __init__(self, *, is_doubtful: bool) -> None:
        super().__init__(is_doubtful)
        self.is_doubtful = is_doubtful


class NoEncryption(Exception):
    """The server does not offer STARTTLS, though the account demands it: nothing is sent in clear."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a server offers, for the page that tries it."""

    is_encrypted: bool
    protocol: str
    is_signed_in: bool
    offers: tuple[str, ...]


class Session:
    """A connection that is open. Raises NotTaken, Lost, NoEncryption, OSError or smtplib.SMTPException when it cannot be."""

    def __init__(self, settings: EmailSettings, password: str) -> None:
        self.used = 0
        self.is_broken = False
        self._used_at = time.monotonic()
        self._smtp = _connect(settings)
        try:
            self._sign_in(settings, password)
        except BaseException:
            self._smtp.close()
            raise
        self._is_pipelining = self._smtp.has_extn("pipelining")

    def _sign_in(self, settings: EmailSettings, password: str) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            if not self._smtp.has_extn("starttls"):
                raise NoEncryption
            self._smtp.starttls(context=_context(settings))
            self._smtp.ehlo()
        if settings.username:
            self._smtp.login(settings.username, password)
        if self._smtp.sock is None:
            raise Lost(is_doubtful=False)
        self._smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._smtp.sock.settimeout(REPLY_SECONDS)
        self._is_signed_in = bool(settings.username)

    def greeting(self) -> Greeting:
        """Return what the server offers."""
        sock = self._smtp.sock
        protocol = sock.version() or "" if isinstance(sock, ssl.SSLSocket) else ""
        return Greeting(
            bool(protocol), protocol, self._is_signed_in, tuple(sorted(self._smtp.esmtp_features))
        )

    def is_alive(self) -> bool:
        """Whether the server still listens; one that was used a moment ago is not asked."""
        if time.monotonic() - self._used_at < IDLE_SECONDS:
            return True
        try:
            return self._smtp.noop()[0] == OK
        except (smtplib.SMTPException, OSError):
            return False

    def deliver(self, sender: str, to: str, mail: bytes, handing: Callable[[], None]) -> str:
        """Hand over one mail. Returns what the server calls it.

        `handing` is called after 354, before the first byte; what it raises goes through, and the connection is given up.
        Raises NotTaken or Lost.
        """
        self.used += 1
        self._used_at = time.monotonic()
        try:
            self._announce(sender, to)
            try:
                handing()
            except BaseException:
                self.is_broken = True  # DATA cannot be taken back but by hanging up
                raise
            self._send(_stuff(mail))
        except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError, ssl.SSLError) as error:
            self.is_broken = True
            raise Lost(is_doubtful=False) from error
        return self._end()

    def _announce(self, sender: str, to: str) -> None:
        commands = (f"MAIL FROM:<{sender}>\r\n", f"RCPT TO:<{to}>\r\n", "DATA\r\n")
        if self._is_pipelining:
            self._send("".join(commands).encode("ascii"))
            replies = [self._smtp.getreply() for _ in commands]
        else:
            replies = []
            for command in commands:
                self._send(command.encode("ascii"))
                replies.append(self._smtp.getreply())
                if replies[-1][0] >= MAIL_OK_MOST and replies[-1][0] != READY:
                    break
        self._judge(replies)

    def _judge(self, replies: list[tuple[int, bytes]]) -> None:
        for place, (code, text) in enumerate(replies):
            if (place < 2 and code <= MAIL_OK_MOST) or (place == 2 and code == READY):  # noqa: PLR2004 (MAIL and RCPT come first)
                continue
            if replies[-1][0] == READY:
                self.is_broken = (
                    True  # DATA was let in though the recipient was not: hang up, hand over nothing
                )
            else:
                self._reset()
            raise NotTaken(code, text, is_recipient=place == 1)

    def _end(self) -> str:
        try:
            self._send(b".\r\n")
            code, text = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.is_broken = True
            raise Lost(is_doubtful=True) from error
        if code > MAIL_OK_MOST:
            raise NotTaken(code, text)
        return text.decode("ascii", "replace")[:MOST_ID]

    def _reset(self) -> None:
        try:
            code, _ = self._smtp.rset()
            self.is_broken = code != OK
        except (smtplib.SMTPException, OSError):
            self.is_broken = True

    def _send(self, data: bytes) -> None:
        if self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected
        self._smtp.sock.sendall(data)

    def close(self) -> None:
        """Say good-bye where there is somebody to hear it."""
        with suppress(smtplib.SMTPException, OSError):
            if not self.is_broken and self._smtp.sock is not None:
                self._smtp.sock.settimeout(2)
                self._smtp.quit()
        self._smtp.close()


def _connect(settings: EmailSettings) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=CONNECT_SECONDS, context=_context(settings)
        )
    return smtplib.SMTP(settings.host, settings.port, timeout=CONNECT_SECONDS)


def _context(settings: EmailSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not settings.is_certificate_checked:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _stuff(mail: bytes) -> bytes:
    """Return a mail with the dots doubled that begin a line (RFC 5321 4.5.2), ending in CRLF."""
    stuffed = mail.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed
