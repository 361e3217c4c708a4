"""The masks on the customer: for which purposes he may be taken, as a projection of what he has said."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection

from kehu.govern.purposes.gate import Gate
from kehu.govern.purposes.standing import Masks
from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array

COLUMNS = ("consented", "objected", "is_automation_objected", "closed")
_GET = """
SELECT id, consented, objected, is_automation_objected, coalesce(closed, '{}') FROM profile_customer WHERE id = ANY(%s::uuid[])
"""
_WIPE = """
UPDATE profile_customer SET consented = consented & ~%(bit)s::bigint, objected = objected & ~%(bit)s::bigint,
  closed = (SELECT array_agg(mask & ~%(bit)s::bigint ORDER BY place) FROM unnest(closed) WITH ORDINALITY AS c(mask, place)
    HAVING bit_or(mask) & ~%(bit)s::bigint <> 0)
WHERE id IN (SELECT id FROM profile_customer WHERE (consented | objected) & %(bit)s <> 0
  OR closed IS NOT NULL AND (SELECT bit_or(mask) FROM unnest(closed) AS c(mask)) & %(bit)s <> 0 LIMIT %(limit)s)
"""


def get_masks(customer_ids: Collection[UUID]) -> dict[UUID, Masks]:
    """Return the masks that stand on customers within the open scope."""
    with connection.cursor() as cursor:
        cursor.execute(_GET, [uuid_array(customer_ids)])
        return {row[0]: Masks(row[1], row[2], row[3], tuple(row[4])) for row in cursor.fetchall()}


def write_masks(masks: Mapping[UUID, Masks]) -> int:
    """Write masks where they differ. Returns how many customers changed."""
    standing = get_masks(list(masks))
    changed = [
        (
            customer_id,
            wanted.consented,
            wanted.objected,
            wanted.is_automation_objected,
            list(wanted.closed) or None,
        )
        for customer_id, wanted in masks.items()
        if customer_id in standing and standing[customer_id] != wanted
    ]
    return bulk.update("profile_customer", "id", COLUMNS, changed) if changed else 0


def wipe_bit(bit: int, *, limit: int) -> int:
    """Take one bit off some customers; returns how many had it."""
    with connection.cursor() as cursor:
        cursor.execute(_WIPE, {"bit": 1 << bit, "limit": limit})
        return int(cursor.rowcount)


def count_allowed(gate: Gate) -> tuple[int, int]:
    """Return how many identified customers of the open scope a purpose may take, and how many it leaves out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE {gate.condition()}), count(*) FILTER (WHERE NOT {gate.condition()}) "
            "FROM profile_customer c WHERE c.is_identified"
        )
        allowed, left_out = cursor.fetchone()
    return int(allowed), int(left_out)
