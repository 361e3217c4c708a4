"""Signed addresses in messages: they hold the id of a send and a mark, and nothing personal.

Each kind of address has its own mark: the token of a pixel unsubscribes nobody.
"""

import base64
import hmac
from functools import cache
from uuid import UUID

from kehu.platform.installation.secret_keys import derive

MARK = 12
LENGTH = 38
"""Characters of a token: 16 bytes of the id and 12 of the mark, in base64 for addresses."""


def sign(kind: str, send_id: UUID) -> str:
    """Return the token of a send for one kind of address (`open`, `click`, `trap`, `leave`)."""
    return base64.urlsafe_b64encode(send_id.bytes + _mark(kind, send_id.bytes)).decode().rstrip("=")


def read(kind: str, token: str) -> UUID | None:
    """Return the send of a token, or None when it was not made here for this kind of address."""
    if len(token) != LENGTH:
        return None
    try:
        raw = base64.b64decode(token + "==", altchars=b"-_", validate=True)
    except ValueError:
        return None
    if base64.urlsafe_b64encode(raw).rstrip(b"=") != token.encode():
        return None  # the last character has bits to spare: only one way of writing counts
    head, mark = raw[:16], raw[16:]
    return UUID(bytes=head) if hmac.compare_digest(mark, _mark(kind, head)) else None


def _mark(kind: str, head: bytes) -> bytes:
    return hmac.digest(_key(), kind.encode() + b"|" + head, "sha256")[:MARK]


@cache
def _key() -> bytes:
    return derive("tracking")


ADDRESS_MARK = 8


def mark_address(send_id: UUID, address: str) -> str:
    """Return the mark that ties a send to the address it went to: a bounce that names another one is forged."""
    return _mark("to", send_id.bytes + address.encode())[:ADDRESS_MARK].hex()


def is_address_of(send_id: UUID, address: str, mark: str) -> bool:
    """Whether a mark ties this send to this address."""
    return hmac.compare_digest(mark_address(send_id, address).encode(), mark.encode())
