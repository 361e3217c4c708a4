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
