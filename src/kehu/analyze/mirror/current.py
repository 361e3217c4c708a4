"""Who may be seen and used now: unit, owner and masks of purposes of every customer, caught up before each query.

The lake may lie a minute behind; scope and consent may not. What is kept here is read from PostgreSQL by the
transaction that wrote it, so that a withdrawal holds for the next query, and joined by every query.
"""

import time
from dataclasses import dataclass, field
from threading import Lock

from django.db import connection

from kehu.platform.db.transactions import database_id, horizon
from kehu.platform.lake.columns import Column, copied, empty, key_of
from kehu.platform.lake.engines import Engine
from kehu.platform.scope import SYSTEM, acting

TABLE = "present"
KEPT_SECONDS = 86_400
"""After so long without a query all is read again: deletions are told for some days only."""
COLUMNS = (
    Column("id", "id", "c.id"),
    Column("customer_id", "text", "c.id"),
    Column("unit_id", "whole", "c.unit_id"),
    Column("unit_set_id", "whole", "c.unit_set_id"),
    Column("owner_id", "whole", "c.owner_id"),
    Column("consented", "whole", "c.consented"),
    Column("objected", "whole", "c.objected"),
    Column("is_automation_objected", "yes_no", "c.is_automation_objected"),
    Column("closed", "wholes", "c.closed"),
)
_GONE = "SELECT key FROM platform_gone WHERE dataset = 'customers' AND written_in >= %s"


@dataclass
class _Kept:
    watermark: int = 0
    at: float = 0.0
    lock: Lock = field(default_factory=Lock)


_kept: dict[tuple[int, int], _Kept] = {}


def catch_up(engine: Engine) -> None:
    """Bring what an engine keeps of the present up to what is committed."""
    import pyarrow as pa

    kept = _kept.setdefault((id(engine), database_id()), _Kept())
    with kept.lock, acting(SYSTEM):
        until = horizon()
        is_old = time.monotonic() - kept.at > KEPT_SECONDS
        is_first = kept.watermark == 0 or kept.watermark > until or is_old
        since = 0 if is_first else kept.watermark
        rows = [
            empty(COLUMNS),
            *copied(COLUMNS, "profile_customer c WHERE c.is_identified AND c.written_in >= %s", [since]),
        ]
        gone = [] if is_first else _gone(since)
        table = pa.concat_tables(rows)
        if is_first or gone or table.num_rows:
            present = set(table.column("id").to_pylist()) if gone else set()
            engine.keep(TABLE, table, "id", [one for one in gone if one not in present], is_first=is_first)
        kept.watermark, kept.at = until, time.monotonic()


def _gone(since: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [since])
        return [key_of(row[0]) for row in cursor.fetchall()]


def forget() -> None:
    """Forget what is kept, so that the next query reads all of it: after a restore, and between tests."""
    _kept.clear()
