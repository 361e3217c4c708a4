"""Folds beside the texts they are of, so that engines compare without regard to 繁簡, width and case."""

from typing import TYPE_CHECKING, Any

import msgspec

from kehu.analyze.mirror.datasets import Dataset
from kehu.standardize.values.folding import fold_text

if TYPE_CHECKING:
    import pyarrow as pa

PREFIX = "folded_"


def folded(dataset: Dataset, table: "pa.Table") -> "pa.Table":
    """Return a table with the folds of its texts. A fold of properties is null where it is what it folds."""
    for name in dataset.texts:
        table = table.append_column(PREFIX + name, _each(table.column(name), fold_text))
    if dataset.properties:
        table = table.append_column(
            PREFIX + dataset.properties, _each(table.column(dataset.properties), _properties)
        )
    return table


def _each(column: "pa.ChunkedArray", fold: Any) -> "pa.Array":
    """Fold each value once."""
    import pyarrow as pa

    known: dict[str | None, str | None] = {None: None}
    made = []
    for value in column.to_pylist():
        if value not in known:
            known[value] = fold(value)
        made.append(known[value])
    return pa.array(made, pa.string())


def _properties(text: str) -> str | None:
    given = msgspec.json.decode(text)
    found = fold_value(given)
    return None if found == given else msgspec.json.encode(found).decode()


def fold_value(value: Any) -> Any:
    """Return a value of JSON with every text in it folded."""
    if isinstance(value, str):
        return fold_text(value)
    if isinstance(value, dict):
        return {key: fold_value(one) for key, one in value.items()}
    return [fold_value(one) for one in value] if isinstance(value, list) else value
