"""Writing stays: at one moment everybody's stage is what was found; whose stage is another leaves the one before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.platform.db import bulk

TABLE = "analyze_stay"
_COLUMNS = ("model_id", "customer_id", "stage", "entered_at", "is_traced")
_LEAVE = """
UPDATE analyze_stay s SET left_at = greatest(%(now)s, s.entered_at) WHERE s.model_id = %(model)s AND s.left_at IS NULL
  AND NOT EXISTS (SELECT FROM {twin} t WHERE t.customer_id = s.customer_id AND t.stage = s.stage)
"""
_ENTER = """
INSERT INTO analyze_stay (model_id, customer_id, stage, entered_at, is_traced)
SELECT t.model_id, t.customer_id, t.stage, t.entered_at, t.is_traced FROM {twin} t
JOIN profile_customer c ON c.id = t.customer_id AND c.is_identified
ON CONFLICT (model_id, customer_id) WHERE left_at IS NULL DO NOTHING
"""
_TELL = """
INSERT INTO analyze_trait_value (trait_id, customer_id, number, text, as_of)
SELECT %(trait)s, s.customer_id, NULL, s.stage, s.entered_at FROM analyze_stay s
LEFT JOIN analyze_trait_value v ON v.trait_id = %(trait)s AND v.customer_id = s.customer_id
WHERE s.model_id = %(model)s AND s.left_at IS NULL AND v.text IS DISTINCT FROM s.stage
ON CONFLICT (trait_id, customer_id) DO UPDATE SET number = NULL, text = excluded.text, as_of = excluded.as_of
"""
_TAKE = """
UPDATE analyze_trait_value v SET text = NULL, as_of = %(now)s WHERE v.trait_id = %(trait)s AND v.text IS NOT NULL
  AND NOT EXISTS (SELECT FROM analyze_stay s WHERE s.model_id = %(model)s AND s.customer_id = v.customer_id AND s.left_at IS NULL)
"""


def put(model_id: int, stages: Iterable[tuple[UUID, str]], *, at: datetime, is_traced: bool = False) -> int:
    """Let these be the stages of all customers from a moment on, no earlier than that of the last call. Returns what changed."""
    rows = ((model_id, customer, stage, at, is_traced) for customer, stage in stages)
    twin, _ = bulk.stage(TABLE, _COLUMNS, rows)
    values = {"model": model_id, "now": at}
    with bulk.whole_sets():
        left = _run(_LEAVE.format(twin=twin), values)
    return left + _run(_ENTER.format(twin=twin), values)


def tell_trait(model_id: int, trait_id: int, *, now: datetime) -> int:
    """Let the trait of a lifecycle hold the stage in which everybody is. Returns how many values changed."""
    values = {"model": model_id, "trait": trait_id, "now": now}
    return _run(_TELL, values) + _run(_TAKE, values)


def _run(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
