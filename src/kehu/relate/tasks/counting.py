"""How many tasks wait for somebody, and how pressing they are. Only tasks of customers within the open scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from kehu.govern.access.actors import Actor

SOON_DAYS = 7
_COUNT = """
SELECT t.reason,
  count(*) FILTER (WHERE t.owner_id = %(actor)s),
  count(*) FILTER (WHERE t.owner_id = %(actor)s AND t.due_on < %(today)s),
  count(*) FILTER (WHERE t.owner_id = %(actor)s AND t.due_on = %(today)s),
  count(*) FILTER (WHERE t.owner_id = %(actor)s AND t.due_on > %(today)s AND t.due_on <= %(soon)s),
  count(*) FILTER (WHERE t.owner_id IS NULL),
  count(*) FILTER (WHERE t.owner_id <> %(actor)s AND t.due_on < %(today)s)
FROM relate_task t WHERE t.state <> 'done' AND (t.owner_id = %(actor)s OR t.unit_id = %(unit)s) GROUP BY t.reason
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tasks that are not done. `kinds` are the actor's own by what opened them; `unclaimed` and `others_late` are his unit's."""

    own: int
    late: int
    due: int
    soon: int
    unclaimed: int
    others_late: int
    kinds: Mapping[str, int]


def count_waiting(actor: Actor, *, today: date) -> Waiting:
    """Count the actor's tasks, those of his unit that nobody has taken, and those of his colleagues that are late."""
    asked: dict[str, Any] = {
        "actor": actor.id, "unit": actor.unit_id, "today": today, "soon": today + timedelta(days=SOON_DAYS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        rows = cursor.fetchall()
    own, late, due, soon, unclaimed, others_late = (sum(row[place] for row in rows) for place in range(1, 7))
    kinds = {row[0]: row[1] for row in rows if row[1]}
    return Waiting(own, late, due, soon, unclaimed, others_late, kinds)
