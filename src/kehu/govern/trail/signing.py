"""The signature over each head: Ed25519 (RFC 8032) with the audit key, for both suites; a stolen database cannot make one."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kehu.govern.sealing.keyring import Keyring

SAID = b"kehu audit head|"


def sign(ring: Keyring, head: bytes) -> tuple[int, bytes]:
    """Return the version of the audit key in use and its signature of a head."""
    version = ring.latest["audit"]
    return version, _key(ring, version).sign(SAID + head)


def is_signed(ring: Keyring, *, version: int, head: bytes, signature: bytes) -> bool:
    """Whether a signature of a head is by the audit key of this version. An unknown version has signed nothing."""
    if ("audit", version) not in ring.keys:
        return False
    try:
        _key(ring, version).public_key().verify(signature, SAID + head)
    except InvalidSignature:
        return False
    return True


def _key(ring: Keyring, version: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(ring.key("audit", version))
