"""On which days something of a customer changed: a version came or was set aside, a record joined or left.

Only records within the open scope count: what belongs to somebody else today is left out of the past too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kehu.platform.installation.environment import environment

MOST_DAYS = 1_000
_DAYS = f"""
WITH kept AS MATERIALIZED (
  SELECT l.record_id, l.linked_at, coalesce(l.ended_at, 'infinity') AS ended_at
  FROM resolve_link l JOIN collect_record r ON r.id = l.record_id WHERE l.cluster_id = %(id)s
), said AS MATERIALIZED (
  SELECT k.record_id, v.received_at, coalesce(v.reverted_at, 'infinity') AS reverted_at, k.linked_at, k.ended_at
  FROM kept k JOIN collect_record_version v ON v.record_id = k.record_id
  WHERE v.received_at < k.ended_at AND coalesce(v.reverted_at, 'infinity') > k.linked_at
), moments AS (
  SELECT at FROM (SELECT DISTINCT record_id, greatest(received_at, linked_at) AS at FROM said) s
  UNION ALL SELECT reverted_at FROM said WHERE reverted_at < ended_at
  UNION ALL SELECT ended_at FROM kept WHERE ended_at < 'infinity'
)
SELECT (at AT TIME ZONE %(zone)s)::date AS day, count(*), min(min(at)) OVER () FROM moments
GROUP BY day ORDER BY day DESC LIMIT {MOST_DAYS}
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the declared zone on which something changed, and how many things did."""

    on: date
    changes: int


@dataclass(frozen=True, slots=True)
class History:
    """Since when a customer is known, and the days of change, oldest first; of very many the newest 1,000."""

    known_since: datetime
    days: tuple[Day, ...]


def get_history(customer_id: UUID) -> History | None:
    """Return the days on which a customer of the open scope changed; None when there is nothing of him."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"id": customer_id, "zone": environment().time_zone})
        rows = cursor.fetchall()
    if not rows:
        return None
    return History(rows[0][2], tuple(Day(row[0], row[1]) for row in reversed(rows)))


def day_of(at: datetime) -> date:
    """Return the day of an instant in the declared zone."""
    return at.astimezone(ZoneInfo(environment().time_zone)).date()
