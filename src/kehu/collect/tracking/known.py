"""What is known already of the records that events belong to; one query a batch, without opening anything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import bytea_array, uuid_array

_FIND = """
SELECT r.key_index, r.id, v.stated_at FROM collect_record r LEFT JOIN collect_record_version v ON v.id = r.version_id
WHERE r.source_id = %s AND r.key_index = ANY(%s::bytea[])
"""
_IDENTIFIED = """
SELECT record_id, max(happened_at) FROM collect_event WHERE record_id = ANY(%s::uuid[]) AND name = 'identify' GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record that stands, and when its present state was stated."""

    id: UUID
    stated_at: datetime | None


def get_known(source_id: int, keys: Collection[str]) -> dict[str, KnownRecord]:
    """Return the records of a source by key, those that there are."""
    if not keys:
        return {}
    ring = keyring()
    by_index = {index: key for key in keys for index in ring.blinds(f"record|{source_id}", key)}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [source_id, bytea_array(by_index)])
        return {by_index[bytes(row[0])]: KnownRecord(row[1], row[2]) for row in cursor.fetchall()}


def get_identified_at(records: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when each record was last identified, by the time of the event."""
    if not records:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_IDENTIFIED, [uuid_array(records)])
        return dict(cursor.fetchall())
