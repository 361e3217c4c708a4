"""The sealed blob: `0x01 | suite | key version (2) | nonce (12) | ciphertext | tag (16)`, bound to table, column and row.

A blob cut from one row and pasted into another does not open. Payloads are maps, packed with MessagePack.
"""

import os
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from kehu.govern.sealing.suites import BY_CODE, NONCE, SealBroken, Suite

VERSION = 1
HEAD = 4
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder().decode


def seal_bytes(suite: Suite, key: bytes, data: bytes, bound: bytes, *, version: int = 0) -> bytes:
    """Seal bytes under a 32-byte key; `bound` is what the blob is bound to, `version` the key's, for rotation."""
    nonce = os.urandom(NONCE)
    head = bytes((VERSION, suite.code)) + version.to_bytes(2, "big")
    return head + nonce + suite.encrypt(key, nonce, data, head + bound)


def open_bytes(key: bytes, blob: bytes, bound: bytes) -> bytes:
    """Open what `seal_bytes` sealed. Raises SealBroken for any difference in key, bytes or binding."""
    if len(blob) < HEAD + NONCE or blob[0] != VERSION or blob[1] not in BY_CODE:
        raise SealBroken
    suite = BY_CODE[blob[1]]
    return suite.decrypt(key, blob[HEAD : HEAD + NONCE], blob[HEAD + NONCE :], blob[:HEAD] + bound)


def key_version(blob: bytes) -> int:
    """Return the version of the key that a blob says it was sealed with."""
    return int.from_bytes(blob[2:4], "big")


def binding(place: str, row: UUID | int) -> bytes:
    """Return what a blob is bound to: `table.column` and the row's id."""
    return f"{place}|".encode() + (row.bytes if isinstance(row, UUID) else str(row).encode())


def seal(suite: Suite, key: bytes, values: Mapping[str, Any], place: str, row: UUID | int) -> bytes:
    """Seal a map of values for `place` (`table.column`) in the row with this id."""
    return seal_bytes(suite, key, _pack(values), binding(place, row))


def unseal(key: bytes, blob: bytes, place: str, row: UUID | int) -> dict[str, Any]:
    """Open a sealed map. Raises SealBroken."""
    values: dict[str, Any] = _unpack(open_bytes(key, bytes(blob), binding(place, row)))
    return values
