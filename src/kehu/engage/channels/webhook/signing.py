"""Signatures by the Standard Webhooks rules: HMAC-SHA256 over id, time and body; two secrets may be valid at once."""

import base64
import hashlib
import hmac
from collections.abc import Sequence

TOLERANCE_SECONDS = 300
PREFIX = "whsec_"


def _key(secret: str) -> bytes:
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except ValueError:
            return secret.encode()
    return secret.encode()


def _mark(secret: str, event_id: str, at: int, body: bytes) -> str:
    made = hmac.digest(_key(secret), f"{event_id}.{at}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(made).decode()


def sign(secrets: Sequence[str], *, event_id: str, at: int, body: bytes) -> dict[str, str]:
    """Return the headers of a signed request: one signature for each secret, so that a receiver may know either."""
    marks = " ".join(_mark(secret, event_id, at, body) for secret in secrets)
    return {"webhook-id": event_id, "webhook-timestamp": str(at), "webhook-signature": marks}


def is_signed(secrets: Sequence[str], *, event_id: str, at: str, body: bytes, marks: str, now: float) -> bool:
    """Whether a request that came is signed by one of these secrets, and not older than five minutes."""
    if not at.isdecimal() or abs(now - int(at)) > TOLERANCE_SECONDS:
        return False
    given = [one.encode() for one in marks.split(" ")]
    wanted = [_mark(secret, event_id, int(at), body).encode() for secret in secrets if secret]
    return any(hmac.compare_digest(one, other) for one in given for other in wanted)
