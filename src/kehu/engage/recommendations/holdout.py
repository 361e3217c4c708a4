"""Who is never shown an offer, so that its effect can be told: chance that can be repeated, from a seed and an id."""

from hashlib import sha256
from uuid import UUID

_DIGITS = 8
_WHOLE = float(1 << 4 * _DIGITS)


def chance(seed: str, customer_id: UUID) -> float:
    """Return a number from 0 to 1 (exclusive) that follows from a seed and an id: SHA-256 of both, its first 32 bits."""
    return int(sha256(f"{seed}{customer_id}".encode()).hexdigest()[:_DIGITS], 16) / _WHOLE


def is_held_out(key: str, share: float, customer_id: UUID) -> bool:
    """Whether a customer is in the share that never sees an offer. The same for ever, and another one for each offer."""
    return chance(key, customer_id) < share
