"""How far the open scope reaches: a few thousand customers are gathered and sorted, a large share is walked in order.

Measured at most once a minute a scope. A wrong answer costs time only: row security decides what is seen.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from kehu.platform import scope as scopes
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, Scope, acting

FEW = 10_000
KEPT_SECONDS = 60
SAMPLE = 10_000
POLICY_GUESS = 0.5  # what the planner expects the system's own policy to let through; it lets all through
_SIZE = "SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'profile_customer'::regclass"
_SEEN = f"SELECT count(*) FROM (SELECT 1 FROM profile_customer c WHERE c.is_identified AND {{}} LIMIT {FEW + 1}) t"


@dataclass(frozen=True, slots=True)
class Reach:
    """`sql` repeats the scope in constants, which the planner can weigh and the policy's parameters it cannot.

    `seen` counts the scope's customers up to FEW + 1, `estimate` is how many there may be, `share` of all.
    """

    sql: str
    values: tuple[Any, ...]
    seen: int
    estimate: int
    share: float

    @property
    def is_wide(self) -> bool:
        """Whether there are too many customers to gather."""
        return self.seen > FEW


def reach() -> Reach:
    """Return the reach of the open scope."""
    now = scopes.current.get() or scopes.NOBODY
    return _measured(now, str(connection.settings_dict["NAME"]), int(time.monotonic() / KEPT_SECONDS))


@lru_cache(maxsize=1_024)
def _measured(scope: Scope, database: str, minute: int) -> Reach:
    del database, minute  # parts of the cache's key only
    sql, values = _constants(scope)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN.format(sql), values)
        seen = int(cursor.fetchone()[0])
        cursor.execute(_SIZE)
        size = float(cursor.fetchone()[0])
    if seen <= FEW:
        return Reach(sql, values, seen, seen, min(1.0, seen / size))
    guess = estimate(f"SELECT 1 FROM profile_customer c WHERE c.is_identified AND {sql}", values)
    return Reach(sql, values, seen, max(seen, guess), min(1.0, guess / size))


def _constants(scope: Scope) -> tuple[str, tuple[Any, ...]]:
    if scope.is_system or _sees_all(scope):
        return "true", ()
    sql = "(c.unit_id = ANY(%s::int[]) OR c.owner_id = %s OR c.unit_set_id = ANY(%s::int[]))"
    return sql, (list(scope.unit_ids), scope.owner_id, list(scope.unit_set_ids))


def _sees_all(scope: Scope) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM govern_unit")
        return len(scope.unit_ids) >= int(cursor.fetchone()[0])


def sampled(where: str, values: Sequence[Any]) -> int:
    """Return how many customers may meet conditions that the planner cannot weigh, from some ten thousand drawn by chance.

    A small table is counted whole. Without row scope: the conditions must repeat it.
    """
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_SIZE)
        percent = min(100.0, 100.0 * SAMPLE / float(cursor.fetchone()[0]))
        draw = f"SELECT count(*) FROM profile_customer c TABLESAMPLE SYSTEM ({percent:.4f}) WHERE {where}"
        cursor.execute(draw, values)
        return round(int(cursor.fetchone()[0]) * 100 / percent)


def estimate(query: str, values: Any) -> int:
    """Return how many rows the planner expects of a query over one table, without row scope."""
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}", values)
        plan = cursor.fetchone()[0]
    expected: float = (from_json(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]
    return round(expected / POLICY_GUESS)
