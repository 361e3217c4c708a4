"""DKIM (RFC 6376): the signature of each mail, and the record that its domain has to publish."""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

LEAST_BITS = 1024
FOLD = 72
SIGNED = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to", "list-unsubscribe",
    "list-unsubscribe-post",
)  # fmt: skip
"""RFC 8058 demands that both List-Unsubscribe headers are signed."""
TWICE = ("from", "to", "subject")
"""Named once more than they stand, so that nobody can add another one on the way."""
_SPACES = re.compile(r"[ \t]+")


def load_key(pem: str) -> Any:
    """Return a private RSA key from PEM. Raises Invalid. Few receivers check any other kind."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise Invalid(
            Text(
                "DKIM 私钥要是没有口令的 PEM。",
                "The DKIM key must be a private key in PEM without a passphrase.",
            )
        ) from error
    if isinstance(key, RSAPrivateKey) and key.key_size >= LEAST_BITS:
        return key
    raise Invalid(
        Text(
            "DKIM 私钥要是 RSA，至少 1024 位。",
            "A DKIM key is RSA with 1024 bits or more.",
        )
    )


def check_key(pem: str) -> None:
    """Pass a key that can sign. Raises Invalid."""
    load_key(pem)


def make_key() -> str:
    """Return a new RSA key of 2048 bits as PEM, for who has none: every receiver can check it."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def dns_record(pem: str, *, domain: str, selector: str) -> tuple[str, str]:
    """Return the name and the text of the TXT record to publish."""
    from cryptography.hazmat.primitives import serialization

    raw = (
        load_key(pem)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return f"{selector}._domainkey.{domain}", f"v=DKIM1; k=rsa; p={base64.b64encode(raw).decode()}"


class Signer:
    """Signs mails of one domain with relaxed headers and simple body. The key is read once."""

    def __init__(self, pem: str, *, domain: str, selector: str) -> None:

        self._key = load_key(pem)
        self._head = f"v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector};\r\n t="

    def sign(self, headers: Sequence[tuple[str, str]], body: bytes, at: int) -> str:
        """Return the value of the DKIM-Signature header. The body ends in one CRLF, as the composer writes it."""
        present = {name.lower(): value for name, value in headers}
        names = [name for name in SIGNED if name in present]
        listed = ":".join((*names, *(name for name in TWICE if name in present)))
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        value = f"{self._head}{at}; h={listed};\r\n bh={digest};\r\n b="
        lines = [f"{name}:{_relax(present[name])}\r\n" for name in names]
        signed = self._signature(("".join(lines) + f"dkim-signature:{_relax(value)}").encode())
        return value + "\r\n ".join(signed[place : place + FOLD] for place in range(0, len(signed), FOLD))

    def _signature(self, data: bytes) -> str:
        from cryptography.hazmat.primitives.asymmetric import padding
        from cryptography.hazmat.primitives.hashes import SHA256

        made = self._key.sign(data, padding.PKCS1v15(), SHA256())
        return base64.b64encode(made).decode()


def _relax(value: str) -> str:
    return _SPACES.sub(" ", value.replace("\r\n", "")).strip(" \t")
