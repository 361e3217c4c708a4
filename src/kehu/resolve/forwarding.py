"""Ids that went into others, for what was said under them."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from kehu.govern.purposes.standing import Retired
from kehu.platform.db.rows import uuid_array

_RETIRED = """
SELECT living_id, id, forwarded_to_id, retired_at FROM resolve_cluster
WHERE living_id = ANY(%s::uuid[]) AND forwarded_to_id IS NOT NULL AND retired_at IS NOT NULL
"""


_LIVING = """
SELECT c.id FROM resolve_cluster k JOIN resolve_cluster c ON c.id = coalesce(k.living_id, k.id)
WHERE k.id = %s AND c.retired_at IS NULL AND EXISTS (
  SELECT 1 FROM resolve_link l WHERE l.cluster_id = c.id AND l.ended_at IS NULL)
"""


def get_living(customer_id: UUID) -> UUID | None:
    """Return the customer to whom an id leads; None when nobody is left."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [customer_id])
        row = cursor.fetchone()
    return row[0] if row else None


def list_retired(living: Collection[UUID]) -> dict[UUID, list[Retired]]:
    """Return the ids that lead to each of these customers, with the way they went."""
    found: dict[UUID, list[Retired]] = {customer_id: [] for customer_id in living}
    with connection.cursor() as cursor:
        cursor.execute(_RETIRED, [uuid_array(living)])
        for customer_id, gone, into, at in cursor.fetchall():
            found[customer_id].append(Retired(gone, into, at))
    return found
