"""Sealing what lay clear of a field before its class was raised: every version, every customer, views and trials of imports.

Readers see the field masked from the moment it is raised; this is about what lies in the tables. A run that was killed is
gone on with by the next one: what is left shows in the rows themselves.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction
from django.utils import timezone

from kehu.collect.records import PLACE as RECORD
from kehu.flows.imports.summary import mask_samples
from kehu.govern.fields import sealings
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.govern.sealing.rotation import Tell, outwait
from kehu.platform.db import bulk
from kehu.platform.db.rows import from_json, to_json
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.golden import PLACE as GOLDEN
from kehu.profile.lists.views import drop_filters
from kehu.resolve.operations import lock_resolution

BATCH = 500
FIRST = UUID(int=0)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    """A table with a clear and a sealed half; `owner` is the column whose data key seals the row, `name` where it counts."""

    table: str
    owner: str
    binding: str
    name: str


PLACES = (
    _Place("collect_record_version", "record_id", RECORD, "versions"),
    _Place("profile_customer", "id", GOLDEN, "customers"),
)


def seal_open_fields(*, tell: Tell | None = None) -> None:
    """Seal every field that waits for it, one after the other."""
    with acting(SYSTEM), transaction.atomic():
        keys = sealings.open_keys()
    for key in keys:
        _seal_field(key, tell or (lambda _: None))


def _seal_field(key: str, tell: Tell) -> None:
    """Seal one field to its end: transactions that began before it was raised may still write it clear, so they end first."""
    outwait(tell)
    _in_transaction(lambda: sealings.count(key, sum(_count(place, key) for place in PLACES)))
    while sum(_pass(place, key, tell) for place in PLACES):
        continue
    _in_transaction(lambda: _finish(key))
    _forget_samples()
    log.info("a field's earlier values are sealed", extra={"job": "seal_field"})


def _in_transaction(work: Callable[[], object]) -> None:
    with acting(SYSTEM), transaction.atomic():
        work()


def _count(place: _Place, key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {place.table} WHERE plain ? %s", [key])
        return int(cursor.fetchone()[0])


def _pass(place: _Place, key: str, tell: Tell) -> int:
    """Walk a table once; returns how many rows were sealed."""
    last, done = FIRST, 0
    while True:
        with acting(SYSTEM), transaction.atomic():
            lock_resolution()
            rows = _batch(place, key, last)
            if not rows:
                return done
            _seal_rows(place, key, rows)
            sealings.advance(key, **{place.name: len(rows)})
        last, done = rows[-1][0], done + len(rows)
        tell(Text(f"正在加密以往的值：{done}", f"sealing earlier values: {done}"))


def _batch(place: _Place, key: str, after: UUID) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {place.owner}, plain, sealed FROM {place.table} "
            "WHERE id > %s AND plain ? %s ORDER BY id LIMIT %s",
            [after, key, BATCH],
        )
        return list(cursor.fetchall())


def _seal_rows(place: _Place, key: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Move the field from the clear half of each row into the sealed one; where the key was destroyed nothing may stay."""
    suite, data_keys = keyring().suite, get_data_keys({row[1] for row in rows})
    changed = []
    for row, owner, text, sealed in rows:
        plain = from_json(text)
        value = plain.pop(key)
        if owner in data_keys:
            secret = unseal(data_keys[owner], sealed, place.binding, row)
            sealed = seal(suite, data_keys[owner], {**secret, key: value}, place.binding, row)  # noqa: PLW2901
        changed.append((row, to_json(plain), sealed))
    bulk.update(place.table, "id", ("plain", "sealed"), changed)


def clear_beside(key: str) -> None:
    """Take a field's values out of saved views and trials of imports: few, so at once, and again at the end."""
    sealings.advance(key, views=drop_filters(key), imports=mask_samples(key))


def _finish(key: str) -> None:
    clear_beside(key)
    sealings.finish(key, now=timezone.now())


def _forget_samples() -> None:
    """Have the planner's statistics, which keep examples of what lies in a column, taken anew."""
    with connections["owner"].cursor() as cursor:
        for place in PLACES:
            cursor.execute(f"ANALYZE {place.table}")
