"""Leaves, roots and heads of the trail (the tree of RFC 6962 over SHA-256). Pure: a verifier needs nothing else.

A column that is null is left out of an event's bytes, so that a later release may add a column and old leaves still hold.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

GENESIS = bytes(32)
NOT_SEALED = frozenset({"batch"})
_encode = msgspec.json.Encoder(order="sorted").encode


def canonical(event: Mapping[str, Any]) -> bytes:
    """Return the bytes of an event: JSON of its columns by name, without the batch that sealed it. Times are UTC."""
    return _encode(
        {
            name: value.astimezone(UTC) if isinstance(value, datetime) else value
            for name, value in event.items()
            if value is not None and name not in NOT_SEALED
        }
    )


def leaf(data: bytes) -> bytes:
    """Return the leaf of an event's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of leaves; splits at the largest power of two below their number (RFC 6962, 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def head(*, before: bytes, root: bytes, number: int, count: int, at: datetime) -> bytes:
    """Return the head of a batch: it binds the head before, the root, number, count and time (microseconds, UTC)."""
    place = f"{number}|{count}|{at.astimezone(UTC).isoformat(timespec='microseconds')}".encode()
    return hashlib.sha256(b"\x01" + before + root + place).digest()
