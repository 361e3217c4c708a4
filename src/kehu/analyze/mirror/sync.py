"""How the lake follows the database: what was written or deleted since the watermark becomes new files, in one commit.

What is deleted is gone from every file with the same commit; files that held it are removed soon after (`manifest.sweep`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from kehu.analyze.mirror.behind import must_be_made_anew
from kehu.analyze.mirror.datasets import Dataset, every
from kehu.analyze.mirror.folds import folded
from kehu.govern.fields.registry import registry
from kehu.platform.db import locks
from kehu.platform.db.transactions import horizon
from kehu.platform.lake import manifest, store
from kehu.platform.lake.columns import BLOCK_ROWS, Column, copied, empty, key_of
from kehu.platform.lake.manifest import File
from kehu.platform.scope import SYSTEM, acting

if TYPE_CHECKING:
    import pyarrow as pa

MANY_ROWS = 2_000_000
"""Rows of an append-only dataset that are read at once: the more, the fewer files its partitions begin with."""
MOST_DELTAS = 20
LARGEST_DELTA_SHARE = 0.05
MOST_FILES_A_PART = 8
_LEASE = UUID("6c616b65-0000-4000-8000-73796e630001")
_GONE = "SELECT DISTINCT key FROM platform_gone WHERE dataset = %s AND written_in >= %s"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a run did to one dataset: rows that were written, rows that were taken out, files that were made."""

    dataset: str
    written: int
    gone: int
    files: int


def sync(*, now: datetime) -> list[Synced]:
    """Bring the lake up to date. Returns what was done, dataset by dataset; nothing where another process is at it."""
    with acting(SYSTEM), locks.held(_LEASE) as is_held:
        if not is_held:
            return []
        done = [_sync(dataset, now) for dataset in every(registry())]
        with transaction.atomic():
            manifest.sweep(now=now)
    return done


def _sync(dataset: Dataset, now: datetime) -> Synced:
    with transaction.atomic():
        state = manifest.get(dataset.name)
        until = horizon()
        is_new = must_be_made_anew(dataset, state, until)
        since = 0 if is_new else state.watermark
        gone = set() if is_new else _gone(dataset, since)
        made = list(_written(dataset, since, until, is_first=is_new))
        gone -= _keys([f for f in made if f.is_delta], dataset.key)  # it was taken away, and came back
        removed = list(state.files) if is_new else []
        if not is_new and (made or gone):
            tidied, taken = _tidied(dataset, [*state.files, *made], gone)
            kept = [f for f in made if f not in taken]
            made, removed = [*kept, *tidied], [f for f in taken if f not in made]
        manifest.commit(
            dataset.name, added=made, removed=removed, watermark=until, shape=dataset.shape, now=now
        )
    return Synced(dataset.name, sum(f.rows for f in made), len(gone), len(made))


def _gone(dataset: Dataset, since: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [dataset.name, since])
        return {key_of(row[0]) for row in cursor.fetchall()}


def _written(dataset: Dataset, since: int, until: int, *, is_first: bool) -> Iterator[File]:
    """Write what came since the watermark. Rows that change are read up to now, rows that are only added up to `until`."""
    read = dataset.columns
    where, values = f"WHERE {dataset.is_kept}", [] if is_first else [since]
    if dataset.is_append_only:
        read = (*read, Column("part", "text", dataset.part))
        where, values = "WHERE written_in >= %s AND written_in < %s", [since, until]
    elif not is_first:
        read = (*read, Column("is_gone", "yes_no", f"NOT ({dataset.is_kept})"))
        where = "WHERE written_in >= %s"
    rows = MANY_ROWS if dataset.is_append_only else BLOCK_ROWS
    for table in copied(read, f"{dataset.source} {where}", values, block=rows):
        yield from _files(
            dataset, folded(dataset, table), is_delta=not is_first and not dataset.is_append_only
        )


def _files(dataset: Dataset, table: "pa.Table", *, is_delta: bool) -> Iterator[File]:
    import pyarrow.compute as pc

    if not dataset.part:
        yield _file(dataset, table, "", is_delta=is_delta)
        return
    for part in sorted(pc.unique(table.column("part")).to_pylist()):
        own = table.filter(pc.equal(table.column("part"), part)).drop_columns(["part"])
        yield _file(dataset, own, part)


def _file(dataset: Dataset, table: "pa.Table", part: str, *, is_delta: bool = False) -> File:
    folder = f"{dataset.name}/{part}" if part else dataset.name
    if dataset.is_append_only:
        table = table.sort_by([("name", "ascending"), ("happened_at", "ascending")])
    name, size = store.write(folder, table)
    return File(name, part, table.num_rows, size, is_delta)


def _tidied(dataset: Dataset, files: list[File], gone: set[int]) -> tuple[list[File], list[File]]:
    """Return files that are written anew, and those whose place they take: what is gone goes, what is small is joined."""
    if dataset.is_append_only:
        return _tidied_parts(dataset, files, gone)
    deltas = sum(f.rows for f in files if f.is_delta)
    held = sum(f.rows for f in files)
    is_many = len([f for f in files if f.is_delta]) > MOST_DELTAS
    if not gone and not is_many and deltas <= max(LARGEST_DELTA_SHARE * held, 10_000):
        return [], []
    table = whole(dataset, files, gone)
    return [_file(dataset, table, "")] if table.num_rows else [], files


def whole(dataset: Dataset, files: Iterable[File], gone: set[int]) -> "pa.Table":
    """Return a dataset of changing rows as one table: the latest row of each key, without those that are gone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = folded(dataset, empty(dataset.columns))
    done: set[int] = set(gone)
    pieces = []
    for file in reversed(list(files)):
        own = store.read(file.name)
        own = own.filter(pc.invert(pc.is_in(own.column(dataset.key), pa.array(list(done), pa.int64()))))
        done.update(own.column(dataset.key).to_pylist() if file.is_delta else ())
        if file.is_delta:
            own = own.filter(pc.invert(own.column("is_gone")))
        pieces.append(own.select(table.column_names))
    return pa.concat_tables([table, *reversed(pieces)])


def _tidied_parts(dataset: Dataset, files: list[File], gone: set[int]) -> tuple[list[File], list[File]]:
    made, taken = [], []
    by_part: dict[str, list[File]] = {}
    for file in files:
        by_part.setdefault(file.part, []).append(file)
    for part, own in by_part.items():
        touched = [f for f in own if _holds(f, gone, dataset.key)] if gone else []
        joined = own if len(own) > MOST_FILES_A_PART else touched
        if not joined:
            continue
        table = _without(joined, gone, dataset.key)
        taken += joined
        if table.num_rows:
            made.append(_file(dataset, table, part))
    return made, taken


def _holds(file: File, gone: set[int], key: str) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = store.read(file.name, [key]).column(key)
    return bool(pc.any(pc.is_in(ids, pa.array(list(gone), pa.int64()))).as_py())


def _keys(files: Iterable[File], key: str) -> set[int]:
    return {one for file in files for one in store.read(file.name, [key]).column(key).to_pylist()}


def _without(files: Iterable[File], gone: set[int], key: str) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    table = pa.concat_tables([store.read(f.name) for f in files])
    return table.filter(pc.invert(pc.is_in(table.column(key), pa.array(list(gone), pa.int64()))))
