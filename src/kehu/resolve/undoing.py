"""Taking back what an import decided: links of records that are gone end, clusters it brought together part again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

_END = """
UPDATE resolve_link SET ended_at = %s WHERE record_id = ANY(%s) AND ended_at IS NULL RETURNING cluster_id
"""
_MERGED = """
SELECT l.record_id, l.cluster_id, (
  SELECT p.cluster_id FROM resolve_link p WHERE p.record_id = l.record_id AND p.ended_at = l.linked_at ORDER BY p.linked_at DESC LIMIT 1)
FROM resolve_link l WHERE l.import_id = %s AND l.reason = 'merged' AND l.ended_at IS NULL
"""
_LEAVE = "UPDATE resolve_link SET ended_at = %s WHERE record_id = ANY(%s) AND ended_at IS NULL"
_BACK = """
INSERT INTO resolve_link (id, record_id, cluster_id, reason, evidence, author_id, linked_at)
SELECT gen_random_uuid(), r, c, 'restored', '[]', %(author)s, %(now)s FROM unnest(%(records)s::uuid[], %(clusters)s::uuid[]) AS t(r, c)
"""
_REVIVE = "UPDATE resolve_cluster SET retired_at = NULL, forwarded_to_id = NULL, living_id = NULL WHERE id = ANY(%s)"
_LEAD_BACK = """
WITH RECURSIVE back AS (
  SELECT id, forwarded_to_id AS living FROM resolve_cluster WHERE forwarded_to_id = ANY(%s)
  UNION ALL SELECT c.id, b.living FROM resolve_cluster c JOIN back b ON c.forwarded_to_id = b.id
)
UPDATE resolve_cluster c SET living_id = b.living FROM back b WHERE b.id = c.id
"""


def end_links(records: Sequence[UUID], *, now: datetime) -> set[UUID]:
    """End the links of records and forget their identifiers; returns the clusters that they were in."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [now, list(records)])
        clusters = {row[0] for row in cursor.fetchall()}
        cursor.execute("DELETE FROM resolve_identifier WHERE record_id = ANY(%s)", [list(records)])
    return clusters


def part_merged(import_id: UUID, *, author_id: int | None, now: datetime) -> set[UUID]:
    """Send records that an import moved back to the clusters they came from; returns every cluster that changed."""
    with connection.cursor() as cursor:
        cursor.execute(_MERGED, [import_id])
        moved = [row for row in cursor.fetchall() if row[2] is not None]
        if not moved:
            return set()
        records, into, old = ([row[i] for row in moved] for i in range(3))
        cursor.execute(_LEAVE, [now, records])
        cursor.execute(_BACK, {"now": now, "records": records, "clusters": old, "author": author_id})
        cursor.execute(_REVIVE, [old])
        cursor.execute(_LEAD_BACK, [old])
        cursor.execute(
            "UPDATE resolve_identifier i SET cluster_id = t.c FROM unnest(%s::uuid[], %s::uuid[]) AS t(r, c) "
            "WHERE i.record_id = t.r",
            [records, old],
        )
    return {*into, *old}


def withdraw_reviews(import_id: UUID, *, now: datetime) -> None:
    """Close the reviews that an import opened; what they were about is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE resolve_review SET state = 'withdrawn', decided_at = %s WHERE import_id = %s AND state = 'open'",
            [now, import_id],
        )


def get_records_of(clusters: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Return the living records of clusters; a cluster without any has an empty list."""
    wanted = list(clusters)
    found: dict[UUID, list[UUID]] = {cluster: [] for cluster in wanted}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cluster_id, record_id FROM resolve_link WHERE cluster_id = ANY(%s) AND ended_at IS NULL",
            [wanted],
        )
        for cluster, record in cursor.fetchall():
            found[cluster].append(record)
    return found
