"""The number of a transaction, which rows that are mirrored carry: who follows them reads what came since a number.

A transaction that is under way keeps `horizon` below its number, so that what it commits late is not passed over.
"""

from django.db import connection
from django.db.models import BigIntegerField, Func

CURRENT_TRANSACTION = Func(function="sec.current_transaction", output_field=BigIntegerField())


def horizon() -> int:
    """Return the number below which every transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def database_id() -> int:
    """Return what tells this database from another of its name, one that was restored in its place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


_FOLLOWED = """
SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE a.attname = 'written_in' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""


def take_over() -> int:
    """Have rows that carry numbers of another server's transactions carry one of this server's. Returns how many there were."""
    changed = 0
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"UPDATE {table} SET written_in = sec.current_transaction() WHERE written_in > sec.current_transaction()"
            )
            changed += int(cursor.rowcount)
    return changed
