"""Asking the lake: which files a query reads, with the present caught up before, and the time that the answer is of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from sqlglot import exp

from kehu.analyze.mirror.current import TABLE, catch_up
from kehu.analyze.mirror.datasets import Dataset, every, hung
from kehu.analyze.mirror.folds import PREFIX
from kehu.govern.fields.registry import registry
from kehu.platform.errors import Unavailable
from kehu.platform.lake import manifest
from kehu.platform.lake.dialects import text_of
from kehu.platform.lake.engines import Rows, Table, engine
from kehu.platform.lake.manifest import File, State
from kehu.platform.text import Text


class LakeEmpty(Unavailable):
    """Nothing was mirrored yet."""

    code = "lake_empty"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "分析数据正在第一次准备，稍后再试。管理员可以运行 kehu lake sync。",
                "The data for analysis is being made ready for the first time; try again in a while. An operator may run kehu lake sync.",
            )
        )


def states_of(datasets: Sequence[Dataset]) -> dict[str, State]:
    """Return what of each dataset is committed, by name; one of an older shape is as good as never written."""
    states = manifest.get_all([one.name for one in datasets])
    for one in datasets:
        if states[one.name].shape != one.shape:
            states[one.name] = replace(states[one.name], files=(), synced_at=None)
    return states


def ask(query: exp.Query) -> tuple[Rows, datetime]:
    """Return the rows of a query over the lake and the present, and the time that the lake is of. Raises LakeEmpty."""
    asked = engine()
    own = {part.alias for part in query.find_all(exp.CTE)}
    used = {table.name for table in query.find_all(exp.Table)} - {TABLE} - own
    kept = {one.name for one in hung()} & used
    tables, as_of = _tables(used - kept)
    catch_up(asked, kept)
    manifest.forget_copies(now=timezone.now())
    return asked.rows(text_of(query, asked.dialect), tables), as_of


def watermark() -> int:
    """Return the transaction up to which all of the lake is complete. Raises LakeEmpty."""
    states = states_of(every(registry())).values()
    if any(state.synced_at is None for state in states):
        raise LakeEmpty
    return min(state.watermark for state in states)


def _tables(used: set[str]) -> tuple[Mapping[str, Table], datetime]:
    tables, oldest = {}, None
    wanted = [one for one in every(registry()) if one.name in used]
    states = states_of(wanted)
    for dataset in wanted:
        state = states[dataset.name]
        if state.synced_at is None:
            continue
        oldest = min(oldest or state.synced_at, state.synced_at)
        tables[dataset.name] = as_table(dataset, state.files)
    if oldest is None or used - tables.keys():
        raise LakeEmpty
    return tables, oldest


def as_table(dataset: Dataset, files: Sequence[File]) -> Table:
    """Return a dataset as engines see it, made up of these files."""
    return Table(_columns(dataset), dataset.key, tuple(files))


def _columns(dataset: Dataset) -> dict[str, str]:
    own = {column.name: column.kind for column in dataset.columns}
    folds = {PREFIX + name: "text" for name in (*dataset.texts, *filter(None, [dataset.properties]))}
    return own | folds
