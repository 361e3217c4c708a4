"""The two cipher suites: AES-256-GCM with HMAC-SHA256, and SM4-GCM with HMAC-SM3. One is chosen at install."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from kehu.platform.errors import KehuError
from kehu.platform.text import Text

NONCE = 12
TAG = 16
BLOCK = 64
INNER = bytes(byte ^ 0x36 for byte in range(256))
OUTER = bytes(byte ^ 0x5C for byte in range(256))
Marker = Callable[[bytes], bytes]


class SealBroken(KehuError):
    """A sealed value does not open: it was altered, moved to another row, or sealed with another key."""

    code = "seal_broken"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这条数据的密封对不上：可能被改动过，或密钥不是同一把。数据没有显示，已记录，交给管理员核查。",
                "This sealed value does not open: it was altered, or the key is another. Nothing is shown; ask an administrator.",
            )
        )


class Suite(Protocol):
    """An AEAD with a 12-byte nonce and 16-byte tag, and a 32-byte MAC; keys are 32 bytes for both suites."""

    @property
    def code(self) -> int:
        """The suite's number in sealed blobs."""
        ...

    @property
    def name(self) -> str:
        """The suite's name in settings."""
        ...

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return ciphertext and tag."""
        ...

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return the clear bytes. Raises SealBroken."""
        ...

    def marker(self, key: bytes) -> Marker:
        """Return what makes 32-byte keyed digests under a 32-byte key; making many with one is cheap."""
        ...


@dataclass(frozen=True, slots=True)
class Aes:
    """AES-256-GCM and HMAC-SHA256."""

    code: int = 1
    name: str = "aes"

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return ciphertext and tag."""
        return AESGCM(key).encrypt(nonce, data, bound)

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return the clear bytes. Raises SealBroken."""
        try:
            return AESGCM(key).decrypt(nonce, data, bound)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def marker(self, key: bytes) -> Marker:
        """Return HMAC-SHA256 (RFC 2104) from states that have taken the key in: a third of `hmac.digest`'s time."""
        padded = key.ljust(BLOCK, b"\0")
        inner, outer = hashlib.sha256(padded.translate(INNER)), hashlib.sha256(padded.translate(OUTER))

        def mark(data: bytes) -> bytes:
            within, around = inner.copy(), outer.copy()
            within.update(data)
            around.update(within.digest())
            return around.digest()

        return mark


@dataclass(frozen=True, slots=True)
class Sm:
    """SM4-GCM (GB/T 32907; the first 16 bytes of the key) and HMAC-SM3 (GB/T 32905)."""

    code: int = 2
    name: str = "sm"

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return ciphertext and tag."""
        worker = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(bound)
        return worker.update(data) + worker.finalize() + worker.tag

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
        """Return the clear bytes. Raises SealBroken."""
        if len(data) < TAG:
            raise SealBroken
        worker = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, data[-TAG:])).decryptor()
        worker.authenticate_additional_data(bound)
        try:
            return worker.update(data[:-TAG]) + worker.finalize()
        except InvalidTag as error:
            raise SealBroken from error

    def marker(self, key: bytes) -> Marker:
        """Return HMAC-SM3."""
        start = HMAC(key, SM3())

        def mark(data: bytes) -> bytes:
            worker = start.copy()
            worker.update(data)
            return worker.finalize()

        return mark


BY_NAME: dict[str, Suite] = {"aes": Aes(), "sm": Sm()}
BY_CODE: dict[int, Suite] = {suite.code: suite for suite in BY_NAME.values()}
