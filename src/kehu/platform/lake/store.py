"""Where the lake's files lie: a folder of the installation. A file is whole before the manifest names it.

Libraries are loaded when the lake is first used: a process that never asks it stays small.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kehu.platform.ids import new_id
from kehu.platform.installation.home import lake_dir

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 131_072


def write(folder: str, table: "pa.Table") -> tuple[str, int]:
    """Write a table as a new file below `folder`; returns its name within the lake and its size in bytes."""
    from pyarrow import parquet

    name = f"{folder}/{new_id().hex}.parquet"
    path = place(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".unfinished")
    parquet.write_table(table, unfinished, compression="zstd", row_group_size=GROUP_ROWS)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(path)
    return name, path.stat().st_size


def write_file(table: "pa.Table", path: str) -> None:
    """Write a table to a file of this machine that no manifest names."""
    from pyarrow import parquet

    parquet.write_table(table, f"{path}.unfinished", compression="zstd", row_group_size=GROUP_ROWS)
    Path(f"{path}.unfinished").rename(path)


def local(names: Iterable[str]) -> list[Path]:
    """Return where engines of this machine read these files."""
    return [place(name) for name in names]


def read(name: str, columns: list[str] | None = None) -> "pa.Table":
    """Return one file, or some columns of it."""
    from pyarrow import parquet

    return parquet.ParquetFile(place(name)).read(columns)


def count(name: str) -> int:
    """Return how many rows a file has. Raises OSError or ArrowInvalid where there is none that can be read."""
    from pyarrow import parquet

    return int(parquet.ParquetFile(place(name)).metadata.num_rows)


def place(name: str) -> Path:
    """Return where a file of the lake lies."""
    return lake_dir() / name


def has_all(names: Iterable[str]) -> bool:
    """Whether all these files are there."""
    return all(place(name).exists() for name in names)


def remove(name: str) -> None:
    """Remove a file that nobody reads any more."""
    place(name).unlink(missing_ok=True)


def names() -> set[str]:
    """Return every file that lies in the lake, the unfinished too; what an engine spills is its own."""
    root = lake_dir()
    return {
        str(path.relative_to(root)) for kind in ("parquet", "unfinished") for path in root.rglob(f"*.{kind}")
    }
