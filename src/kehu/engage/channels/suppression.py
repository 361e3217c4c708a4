"""Who must not be sent to, whoever asks: found by a keyed mark of the address, whose clear form is sealed.

The mark is made over the SHA-256 of the standard form, so that lists of digests from other systems can be taken in and
given out without an address. No rotation changes it: digests could not be marked again.
"""

import hashlib
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import bytea_array
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

PLACE = "engage_suppression.sealed"
_ASK = "SELECT address_index FROM engage_suppression WHERE channel = %s AND address_index = ANY(%s::bytea[])"
_ADD = """
INSERT INTO engage_suppression (id, channel, address_index, sealed, reason, author_id, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (channel, address_index) DO NOTHING
"""
_FORGET = "UPDATE engage_suppression SET sealed = NULL WHERE address_index = ANY(%s::bytea[])"
CHANNELS = ("email", "webhook")


def standard_address(channel: str, address: str) -> str:
    """Return the form in which two spellings of an address are one: e-mail folds case, its domain is in ASCII."""
    address = address.strip()
    if channel != "email" or "@" not in address:
        return address
    local, _, domain = address.casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{local}@{domain}"


def digest_of(channel: str, address: str) -> str:
    """Return the SHA-256 of an address in its standard form, as lists are exchanged in."""
    return hashlib.sha256(standard_address(channel, address).encode()).hexdigest()


def index_of_digest(channel: str, digest: str) -> bytes:
    """Return the mark of a SHA-256 in hex."""
    return keyring().stable(f"suppression|{channel}", bytes.fromhex(digest))


def address_index(channel: str, address: str) -> bytes:
    """Return the 16-byte mark of an address, by which the list is asked."""
    return index_of_digest(channel, digest_of(channel, address))


def suppressed(channel: str, indexes: Collection[bytes]) -> set[bytes]:
    """Return those of these marks that must not be sent to by this channel. Opens a transaction where none is open."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ASK, [channel, bytea_array(indexes)])
        return {bytes(row[0]) for row in cursor.fetchall()}


def suppress_address(
    *, channel: str, address: str, reason: str, author_id: int | None, now: datetime
) -> UUID | None:
    """Put an address on the list. Returns the entry's id, or None when it stood there already."""
    made = new_id()
    standard = standard_address(channel, address)
    sealed = keyring().stage(standard.encode(), PLACE)
    values: list[Any] = [made, channel, address_index(channel, standard), sealed, reason, author_id, now]
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD, values)
        return made if cursor.rowcount else None


def suppress_digests(*, channel: str, digests: Collection[str], author_id: int | None, now: datetime) -> int:
    """Put digests of addresses on the list, as another system gave them. Returns how many were new."""
    rows = [
        (new_id(), channel, index_of_digest(channel, one), None, "import", author_id, now) for one in digests
    ]
    added = 0
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            cursor.execute(_ADD, row)
            added += cursor.rowcount
    return added


def forget_addresses(addresses: Collection[str]) -> None:
    """Drop the clear form of an erased person's addresses; the mark stays, so that he is not written to again."""
    marks = [address_index(channel, one) for channel in CHANNELS for one in addresses]
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FORGET, [bytea_array(marks)])
