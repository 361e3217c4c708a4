"""Data keys of rows: fetched and opened many at a time, made in bulk, destroyed by erasure."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import uuid_array


def get_data_keys(owners: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the opened data keys of rows; an owner whose key was destroyed is left out."""
    ring = keyring()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner_id, wrapped FROM govern_data_key WHERE owner_id = ANY(%s::uuid[])",
            [uuid_array(owners)],
        )
        return {owner: ring.unwrap(wrapped, owner) for owner, wrapped in cursor.fetchall()}


def create_data_key(owner: UUID) -> bytes:
    """Make, store and return the data key of one row."""
    key, version, wrapped = keyring().new_data_key(owner)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO govern_data_key (owner_id, version, wrapped) VALUES (%s, %s, %s)",
            [owner, version, wrapped],
        )
    return key


def destroy_data_keys(owners: Collection[UUID]) -> int:
    """Delete the keys of rows: what they sealed can never be read again. Returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM govern_data_key WHERE owner_id = ANY(%s)", [list(owners)])
        return int(cursor.rowcount)
