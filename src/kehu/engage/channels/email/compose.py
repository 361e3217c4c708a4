"""A mail as bytes: written by hand, since the standard library takes a millisecond for what stays the same in each mail.

Every value is checked or encoded here, so that none can begin a line; the tests read each mail with `email` and compare.
"""

import base64
import secrets
from email.utils import formatdate
from functools import lru_cache
from uuid import UUID

from kehu.engage.channels import tokens
from kehu.engage.channels.contract import Content, HeaderNotSafe, Outgoing, check_line
from kehu.engage.channels.email.dkim import Signer
from kehu.engage.channels.suppression import standard_address
from kehu.engage.channels.terms import ADDRESS, EmailSettings
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

LINE = 76
LONGEST_LINE = 900
_WORD = 45
"""Bytes in one encoded word (RFC 2047): 75 characters with its frame."""
OURS = frozenset(
    {
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "reply-to", "sender",
        "return-path", "content-type", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post",
        "dkim-signature", "received",
    }
)  # fmt: skip


class AddressNotValid(Invalid):
    """The recipient's address is none that mail can be sent to."""

    code = "address_not_valid"

    def __init__(self) -> None:
        super().__init__(Text("收件地址不能用。", "The recipient's address cannot be used."))


def message_id(send_id: UUID, address: str, domain: str) -> str:
    """Return the Message-ID of a send: always the same one, signed and tied to the address, so that no bounce is forged."""
    mark = tokens.mark_address(send_id, standard_address("email", address))
    return f"<{tokens.sign('message', send_id)}.{mark}@{domain}>"


def ascii_address(address: str) -> str:
    """Return an address as it goes on the wire, its domain in ASCII. Raises AddressNotValid."""
    if not ADDRESS.fullmatch(address):
        raise AddressNotValid
    local, _, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        raise AddressNotValid from None


def encode_words(text: str) -> str:
    """Return a header's text in ASCII: as it is, or as encoded words on folded lines."""
    if text.isascii() and len(text) <= LINE and "=?" not in text:
        return text
    words, piece = [], b""
    for char in text:
        raw = char.encode()
        if len(piece) + len(raw) > _WORD:
            words.append(piece)
            piece = b""
        piece += raw
    words.append(piece)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words)


_words = lru_cache(maxsize=1024)(encode_words)


class Composer:
    """Makes the mails of one account. What is constant is encoded once."""

    def __init__(self, settings: EmailSettings, signer: Signer | None) -> None:
        self.settings, self.signer = settings, signer
        self.sender = ascii_address(settings.from_address)
        self.domain = self.sender.rpartition("@")[2]
        check_line("from_name", settings.from_name)
        name = _display(settings.from_name)
        self._from = f"{name} <{self.sender}>" if name else self.sender
        self._reply_to = ascii_address(settings.reply_to) if settings.reply_to else ""

    def compose(self, message: Outgoing, *, to: str, at: int) -> bytes:
        """Return a mail to `to`, dated `at` (seconds since 1970), lines ending in CRLF, signed where there is a key.

        Raises HeaderNotSafe.
        """
        headers = [
            ("From", self._from),
            ("To", to),
            ("Subject", _words(message.content.subject)),
            ("Date", _date(at)),
            ("Message-ID", message_id(message.id, message.address, self.domain)),
            ("MIME-Version", "1.0"),
        ]
        if self._reply_to:
            headers.append(("Reply-To", self._reply_to))
        if message.unsubscribe_url:
            headers += _leaving(message.unsubscribe_url)
        headers += _extra(message.content)
        kind, body = _body(message.content)
        headers += kind
        if self.signer is not None:
            headers.insert(0, ("DKIM-Signature", self.signer.sign(headers, body, at)))
        return "".join([f"{name}: {value}\r\n" for name, value in headers]).encode("ascii") + b"\r\n" + body


def _display(name: str) -> str:
    if not name:
        return ""
    if name.isascii():
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return encode_words(name)


@lru_cache(maxsize=8)
def _date(at: int) -> str:
    return formatdate(at, localtime=False)


def _leaving(url: str) -> list[tuple[str, str]]:
    check_line("unsubscribe_url", url)
    if not url.isascii() or len(url) > LONGEST_LINE or any(c in url for c in "<> "):
        raise HeaderNotSafe("unsubscribe_url")
    return [("List-Unsubscribe", f"<{url}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]


def _extra(content: Content) -> list[tuple[str, str]]:
    made = []
    for name, value in content.headers.items():
        if not name.isascii() or not name.replace("-", "").isalnum() or name.lower() in OURS:
            raise HeaderNotSafe(name)
        made.append((name, encode_words(value)))
    return made


def _body(content: Content) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers that describe the body, and the body: text alone, or text and HTML."""
    if not content.html:
        encoding, text = _part(content.text)
        return [
            ("Content-Type", 'text/plain; charset="utf-8"'),
            ("Content-Transfer-Encoding", encoding),
        ], text
    boundary = f"=_{secrets.token_hex(12)}"  # "_" never stands in base64, nor "=_" in what is left as it is
    pieces = []
    for kind, source in (("plain", content.text), ("html", content.html)):
        encoding, part = _part(source)
        head = f'--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
        pieces += [head.encode(), part]
    pieces.append(f"--{boundary}--\r\n".encode())
    return [("Content-Type", f'multipart/alternative; boundary="{boundary}"')], b"".join(pieces)


def _part(source: str) -> tuple[str, bytes]:
    """Return a text with the name of its encoding, ending in CRLF. Plain ASCII on short lines stays readable."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if source.isascii() and "\x00" not in source and "=_" not in source and _is_short(source):
        lines = source if source.endswith("\n") else source + "\n"
        return "7bit", lines.replace("\n", "\r\n").encode()
    raw = base64.b64encode(source.replace("\n", "\r\n").encode())
    return "base64", b"".join([raw[at : at + LINE] + b"\r\n" for at in range(0, len(raw), LINE)] or [b"\r\n"])


def _is_short(source: str) -> bool:
    return max(map(len, source.split("\n"))) <= LONGEST_LINE
