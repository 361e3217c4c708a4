"""How the lake follows the database: what was written or deleted since the watermark becomes new files, in one commit.

What is deleted is gone from every file with the same commit; files that held it are removed soon after (`manifest.sweep`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from kehu.analyze.mirror.asking import as_table
from kehu.analyze.mirror.behind import must_be_made_anew
from kehu.analyze.mirror.datasets import Dataset, every
from kehu.analyze.mirror.folds import folded
from kehu.govern.fields.registry import registry
from kehu.platform.db import locks
from kehu.platform.db.transactions import horizon
from kehu.platform.lake import duck, manifest, store
from kehu.platform.lake.columns import Column, copied, key_of
from kehu.platform.lake.manifest import File
from kehu.platform.scope import SYSTEM, acting

if TYPE_CHECKING:
    import pyarrow as pa

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
        datasets = every(registry())
        done = [_sync(dataset, now) for dataset in datasets]
        with transaction.atomic():
            manifest.keep_only([one.name for one in datasets], now=now)
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
        gone -= _among([f for f in made if f.is_delta], gone, dataset.key)  # it was taken away, and came back
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
        where, values = f"{where} AND written_in >= %s AND written_in < %s", [since, until]
    elif not is_first:
        read = (*read, Column("is_gone", "yes_no", f"NOT ({dataset.is_kept})"))
        where = "WHERE written_in >= %s"
    writers: dict[str, store.Writer] = {}
    for table in copied(read, f"{dataset.source} {where}", values):
        for part, rows in _parts(dataset, folded(dataset, table)):
            if part not in writers:
                writers[part] = store.Writer(_folder(dataset, part))
            writers[part].add(rows)
    is_delta = not is_first and not dataset.is_append_only
    for part, writer in writers.items():
        size = writer.finish()
        yield File(writer.name, part, writer.rows, size, is_delta)


def _parts(dataset: Dataset, table: "pa.Table") -> "Iterator[tuple[str, pa.Table]]":
    import pyarrow.compute as pc

    if not dataset.part:
        yield "", table
        return
    for part in sorted(pc.unique(table.column("part")).to_pylist()):
        own = table.filter(pc.equal(table.column("part"), part)).drop_columns(["part"])
        yield part, own.sort_by([(name, "ascending") for name in dataset.order])


def _folder(dataset: Dataset, part: str) -> str:
    return f"{dataset.name}/{part}" if part else dataset.name


def _tidied(dataset: Dataset, files: list[File], gone: set[int]) -> tuple[list[File], list[File]]:
    """Return files that are written anew, and those whose place they take: what is gone goes, what is small is joined."""
    if not files:
        return [], []
    if dataset.is_append_only:
        return _tidied_parts(dataset, files, gone)
    deltas = sum(f.rows for f in files if f.is_delta)
    held = sum(f.rows for f in files)
    is_many = len([f for f in files if f.is_delta]) > MOST_DELTAS
    if not gone and not is_many and deltas <= max(LARGEST_DELTA_SHARE * held, 10_000):
        return [], []
    return _joined(dataset, "", files, gone), files


def _joined(dataset: Dataset, part: str, files: Sequence[File], gone: set[int]) -> list[File]:
    """Write files anew as one, without what is gone; nothing where nothing is left."""
    import pyarrow as pa

    writer = store.Writer(_folder(dataset, part))
    rows = duck.joined(
        as_table(dataset, files), pa.array(list(gone), pa.int64()), writer.unfinished,
        order=dataset.order,
    )  # fmt: skip
    if not rows:
        writer.unfinished.unlink()
        return []
    return [File(writer.name, part, rows, writer.finish(), is_delta=False)]


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
        taken += joined
        made += _joined(dataset, part, joined, gone)
    return made, taken


def _holds(file: File, gone: set[int], key: str) -> bool:
    return bool(_among([file], gone, key))


def _among(files: Iterable[File], wanted: set[int], key: str) -> set[int]:
    """Return which of these keys some files hold."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not wanted:
        return set()
    sought, found = pa.array(list(wanted), pa.int64()), set()
    for file in files:
        for piece in store.groups(file.name, [key]):
            ids = piece.column(key)
            found.update(ids.filter(pc.is_in(ids, sought)).to_pylist())
    return found
