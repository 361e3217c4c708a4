"""Ties hang on records. Of a customer it is the oldest one; where that is withdrawn and the customer stays, on his next."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import connection

from kehu.platform.db.rows import uuid_array

_FIRST = """
SELECT DISTINCT ON (l.cluster_id) l.cluster_id, l.record_id FROM resolve_link l
WHERE l.cluster_id = ANY(%s::uuid[]) AND l.ended_at IS NULL ORDER BY l.cluster_id, l.linked_at, l.record_id
"""
_NEXT = """
WITH gone AS (SELECT unnest(%(records)s::uuid[]) AS record_id),
kept AS (
  SELECT w.record_id, o.record_id AS next_id FROM gone JOIN resolve_link w ON w.record_id = gone.record_id AND w.ended_at IS NULL
  CROSS JOIN LATERAL (
    SELECT l.record_id FROM resolve_link l WHERE l.cluster_id = w.cluster_id AND l.ended_at IS NULL
    AND l.record_id NOT IN (SELECT record_id FROM gone) ORDER BY l.linked_at, l.record_id LIMIT 1
  ) o
)
"""
_OWN = (
    "UPDATE profile_relationship r SET record_id = kept.next_id FROM kept WHERE r.record_id = kept.record_id"
)
_OTHER = """
UPDATE profile_relationship r SET other_record_id = kept.next_id FROM kept WHERE r.other_record_id = kept.record_id
"""
_TAGS = """
INSERT INTO profile_tagged (tag_id, record_id, author_id, given_at)
SELECT t.tag_id, kept.next_id, t.author_id, t.given_at FROM kept JOIN profile_tagged t ON t.record_id = kept.record_id
WHERE t.ended_at IS NULL ON CONFLICT (tag_id, record_id) WHERE ended_at IS NULL DO NOTHING
"""


def first_records(customers: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Return the oldest record of each living customer; who has none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [uuid_array(customers)])
        return dict(cursor.fetchall())


def hang_elsewhere(withdrawn: Sequence[UUID]) -> None:
    """Hang what ties the customers of these records on another record of theirs, before the links of these end."""
    with connection.cursor() as cursor:
        for statement in (_OWN, _OTHER, _TAGS):
            cursor.execute(_NEXT + statement, {"records": uuid_array(withdrawn)})
