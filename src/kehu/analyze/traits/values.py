"""Values of traits as they stand in PostgreSQL: written as sets, and only what changed.

A value that is no more stays as a row without one, so that whoever follows what was written sees that it went.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array

TABLE = "analyze_trait_value"
_COLUMNS = ("trait_id", "customer_id", "number", "text")
_PUT = """
INSERT INTO analyze_trait_value (trait_id, customer_id, number, text, as_of)
SELECT s.trait_id, s.customer_id, s.number, s.text, %(now)s FROM {twin} s
JOIN profile_customer c ON c.id = s.customer_id AND c.is_identified
LEFT JOIN analyze_trait_value v ON v.trait_id = s.trait_id AND v.customer_id = s.customer_id
WHERE v.id IS NULL OR v.number IS DISTINCT FROM s.number OR v.text IS DISTINCT FROM s.text
ON CONFLICT (trait_id, customer_id) DO UPDATE SET number = excluded.number, text = excluded.text, as_of = excluded.as_of
"""
_TAKE = """
UPDATE analyze_trait_value v SET number = NULL, text = NULL, as_of = %(now)s
WHERE v.trait_id = ANY(%(traits)s) AND (v.number IS NOT NULL OR v.text IS NOT NULL) AND v.customer_id = ANY(%(customers)s::uuid[])
AND NOT EXISTS (SELECT FROM {twin} s WHERE s.trait_id = v.trait_id AND s.customer_id = v.customer_id)
"""
_TAKE_ALL = """
UPDATE analyze_trait_value SET number = NULL, text = NULL, as_of = %(now)s
WHERE trait_id = ANY(%(traits)s) AND (number IS NOT NULL OR text IS NOT NULL)
"""
_HOLDERS = """
UPDATE analyze_trait t SET holders = (SELECT count(*) FROM analyze_trait_value v WHERE v.trait_id = t.id AND (v.number IS NOT NULL OR v.text IS NOT NULL))
WHERE t.id = ANY(%s)
"""


class Value(NamedTuple):
    """The value of one trait for one customer: a number or a text."""

    trait_id: int
    customer_id: UUID
    number: float | None
    text: str | None


def put(
    values: Iterable[Value], *, traits: Collection[int], customers: Collection[UUID], now: datetime
) -> int:
    """Let these be all values of some traits for some customers. Returns how many were written or taken out."""
    twin, _ = bulk.stage(TABLE, _COLUMNS, values)
    given: dict[str, Any] = {"now": now, "traits": list(traits), "customers": uuid_array(customers)}
    with connection.cursor() as cursor:
        cursor.execute(_PUT.format(twin=twin), given)
        changed = int(cursor.rowcount)
        with bulk.whole_sets():
            cursor.execute(_TAKE.format(twin=twin), given)
        return changed + int(cursor.rowcount)


def take_all(traits: Collection[int], *, now: datetime) -> int:
    """Let nobody have a value of some traits any more. Returns how many were taken out."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_ALL, {"traits": list(traits), "now": now})
        return int(cursor.rowcount)


def count_holders(traits: Collection[int]) -> None:
    """Note of how many customers each trait has a value; a count of zeros holds none."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [list(traits)])
