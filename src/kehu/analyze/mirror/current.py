"""What engines keep in memory and catch up before each query: who may be seen and used now, and what people note.

Of every customer that is his unit, his owner and the masks of purposes; beside it lists, tags and relationships.

The lake may lie a minute behind; scope and consent may not. What is kept here is read from PostgreSQL by the
transaction that wrote it, so that a withdrawal holds for the next query, and joined by every query.
"""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connection

from kehu.analyze.mirror.datasets import Dataset, hung
from kehu.platform.db.transactions import database_id, horizon
from kehu.platform.lake.columns import Column, copied, empty, key_of
from kehu.platform.lake.engines import Engine
from kehu.platform.scope import SYSTEM, acting

if TYPE_CHECKING:
    import pyarrow as pa

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
_PRESENT = Dataset(TABLE, "id", COLUMNS, "profile_customer c", "c.is_identified")
_GONE = "SELECT key FROM platform_gone WHERE dataset = %s AND written_in >= %s"
_TOLD_AS = {TABLE: "customers"}
"""Under which name deletions are told, where it is another one."""


@dataclass
class _Kept:
    watermark: int = 0
    at: float = 0.0
    lock: Lock = field(default_factory=Lock)


_kept: dict[tuple[int, int, str], _Kept] = {}


def catch_up(engine: Engine, used: Collection[str] = ()) -> None:
    """Bring what an engine keeps up to what is committed: the present, and what is hung on records where it is used."""
    for dataset in (_PRESENT, *(one for one in hung() if one.name in used)):
        _catch_up(engine, dataset)


def _catch_up(engine: Engine, dataset: Dataset) -> None:
    import pyarrow as pa

    kept = _kept.setdefault((id(engine), database_id(), dataset.name), _Kept())
    with kept.lock, acting(SYSTEM):
        until = horizon()
        is_old = time.monotonic() - kept.at > KEPT_SECONDS
        is_first = kept.watermark == 0 or kept.watermark > until or is_old
        since = 0 if is_first else kept.watermark
        rows = [empty(dataset.columns), *_rows(dataset, since, is_kept=True)]
        gone = [] if is_first else _gone(dataset, since)
        table = pa.concat_tables(rows)
        if is_first or gone or table.num_rows:
            there = set(table.column("id").to_pylist()) if gone else set()
            engine.keep(
                dataset.name, table, "id", [one for one in gone if one not in there], is_first=is_first
            )
        kept.watermark, kept.at = until, time.monotonic()


def _rows(dataset: Dataset, since: int, *, is_kept: bool) -> Iterator["pa.Table"]:
    stands = dataset.is_kept if is_kept else f"NOT ({dataset.is_kept})"
    written = f"{dataset.source.split()[-1]}.written_in >= %s"
    return copied(dataset.columns, f"{dataset.source} WHERE {stands} AND {written}", [since])


def _gone(dataset: Dataset, since: int) -> list[int]:
    """Return what was deleted since, and what stands no more."""
    ended = [one for table in _rows(dataset, since, is_kept=False) for one in table.column("id").to_pylist()]
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [_TOLD_AS.get(dataset.name, dataset.name), since])
        return ended + [key_of(row[0]) for row in cursor.fetchall()]


def forget() -> None:
    """Forget what is kept, so that the next query reads all of it: after a restore, and between tests."""
    _kept.clear()
