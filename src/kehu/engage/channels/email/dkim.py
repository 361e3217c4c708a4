"""DKIM (RFC 6376): the signature of each mail, and the record that its domain has to publish."""

import base64
from typing import Any

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

LEAST_BITS = 1024
SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"reply-to",
    b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip
"""RFC 8058 demands that both List-Unsubscribe headers are signed."""


def load_key(pem: str) -> Any:
    """Return a private key of RSA or Ed25519 from PEM. Raises Invalid."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
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
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, RSAPrivateKey) and key.key_size >= LEAST_BITS):
        return key
    raise Invalid(
        Text(
            "DKIM 私钥要是 RSA（至少 1024 位）或 Ed25519。",
            "A DKIM key is RSA (1024 bits or more) or Ed25519.",
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
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = load_key(pem)
    public = key.public_key()
    if isinstance(key, Ed25519PrivateKey):
        kind = "ed25519"
        raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    else:
        kind = "rsa"
        raw = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"{selector}._domainkey.{domain}", f"v=DKIM1; k={kind}; p={base64.b64encode(raw).decode()}"
