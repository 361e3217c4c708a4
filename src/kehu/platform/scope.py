"""The signed scope: who acts, and which rows he may touch. The database checks the signature; a forged one is an error.

No scope set means no rows. The scope travels in a transaction-local setting, signed with a key that only the
owner of the schema can read back; `kehu.platform.db` sets it whenever a transaction opens.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from kehu.platform.installation import secret_keys

LIFE_SECONDS = 60
SYSTEM_LIFE_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Scope:
    """What one actor may see: rows of `unit_ids`, rows whose unit set is in `unit_set_ids`, rows that `owner_id` owns.

    `is_system` stands for Kehu's own work (resolving, erasing), which sees every row and is never given to a user.
    """

    actor_id: int | None
    unit_ids: tuple[int, ...] = ()
    unit_set_ids: tuple[int, ...] = ()
    owner_id: int | None = None
    is_system: bool = False


SYSTEM = Scope(actor_id=None, is_system=True)
NOBODY = Scope(actor_id=None)

current: ContextVar[Scope | None] = ContextVar("kehu_scope", default=None)


def pads() -> tuple[bytes, bytes]:
    """Return the inner and outer HMAC pads (64 bytes each) that the database keeps to check signatures."""
    key = secret_keys.derive("scope").ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def sign(scope: Scope, *, backend_pid: int) -> str:
    """Return the signed text of a scope, valid for one backend and for a minute (15 for the system)."""
    life = SYSTEM_LIFE_SECONDS if scope.is_system else LIFE_SECONDS
    fields = (
        str(int(time.time()) + life),
        str(backend_pid),
        "" if scope.owner_id is None else str(scope.owner_id),
        "1" if scope.is_system else "0",
        ",".join(map(str, scope.unit_ids)),
        bits(scope.unit_set_ids).hex(),
    )
    payload = "|".join(fields)
    mark = hmac.new(secret_keys.derive("scope"), payload.encode(), hashlib.sha256).hexdigest()
    return f"{payload}~{mark}"


@lru_cache(maxsize=256)
def bits(ids: tuple[int, ...]) -> bytes:
    """Return numbers as bits, as PostgreSQL's `get_bit` reads them: bit n stands in byte n / 8, the lowest first."""
    made = bytearray(max(ids) // 8 + 1 if ids else 0)
    for one in ids:
        made[one >> 3] |= 1 << (one & 7)
    return bytes(made)


@contextmanager
def acting(scope: Scope) -> Iterator[None]:
    """Act under `scope` within the block; an open transaction changes hats at once and back at the end."""
    from kehu.platform.db import hats

    token = current.set(scope)
    try:
        hats.change()
        yield
    finally:
        current.reset(token)
        hats.change_back()
