"""Whether the lake holds what the database holds: every file whole, of the columns it may have, and row for row the same."""

from dataclasses import dataclass

from django.db import transaction

from kehu.analyze.mirror.asking import as_table, states_of
from kehu.analyze.mirror.datasets import Dataset, every
from kehu.govern.fields.registry import registry
from kehu.platform.lake import duck, store
from kehu.platform.lake.columns import Column, copied
from kehu.platform.lake.manifest import File
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one dataset; without faults it is as it should be."""

    dataset: str
    rows: int
    files: int
    faults: tuple[Text, ...]


def verify() -> list[Verified]:
    """Compare the lake with the database, dataset by dataset. Run a sync before: what came since counts as missing."""
    with acting(SYSTEM), transaction.atomic():
        return [_verify(dataset) for dataset in every(registry())]


def _verify(dataset: Dataset) -> Verified:
    state = states_of([dataset])[dataset.name]
    faults = [fault for file in state.files for fault in _file_faults(file)]
    rows = 0
    if not faults:
        rows, told = duck.sum_of(as_table(dataset, state.files))
        faults += _row_faults(dataset, state.watermark, rows, told)
    return Verified(dataset.name, rows, len(state.files), tuple(faults))


def _file_faults(file: File) -> list[Text]:
    from pyarrow import ArrowInvalid

    try:
        rows = store.count(file.name)
    except (OSError, ArrowInvalid):
        return [Text(f"文件 {file.name} 缺失或损坏。", f"The file {file.name} is missing or broken.")]
    if rows != file.rows:
        return [
            Text(
                f"文件 {file.name} 应有 {file.rows} 行，实有 {rows} 行。",
                f"The file {file.name} should have {file.rows} rows and has {rows}.",
            )
        ]
    return []


def _row_faults(dataset: Dataset, watermark: int, rows: int, told: int) -> list[Text]:
    """Compare number and sum of the keys."""
    where = f"WHERE {dataset.is_kept}"
    if dataset.is_append_only:
        where += f" AND written_in < {int(watermark)}"
    key = next(column for column in dataset.columns if column.name == dataset.key)
    columns: tuple[Column, ...] = (key,)
    expected = wanted = 0
    for table in copied(columns, f"{dataset.source} {where}"):
        expected += table.num_rows
        wanted += sum(table.column(dataset.key).to_pylist())
    if (expected, wanted) == (rows, told):
        return []
    return [
        Text(
            f"{dataset.name}：数据库有 {expected} 行，湖里有 {rows} 行{'，但不是同一些' if expected == rows else ''}。",
            f"{dataset.name}: the database has {expected} rows, the lake {rows}{', but not the same ones' if expected == rows else ''}.",
        )
    ]
