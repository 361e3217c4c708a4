"""Where the lake's files lie: a folder of the installation, or a bucket with the folder as its copy. A file never changes.

A file is whole before the manifest names it. Libraries are loaded when the lake is first used: a process that never
asks it stays small.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kehu.platform.ids import new_id
from kehu.platform.installation.home import lake_dir
from kehu.platform.lake.bucket import bucket

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

GROUP_ROWS = 131_072


class Writer:
    """A new file below a folder of the lake, written piece by piece; nothing is held but the piece."""

    def __init__(self, folder: str) -> None:
        self.name = f"{folder}/{new_id().hex}.parquet"
        self.path = place(self.name)
        self.unfinished = self.path.with_suffix(".unfinished")
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.rows = 0
        self.file: parquet.ParquetWriter | None = None

    def add(self, table: "pa.Table") -> None:
        """Write rows behind those that are there."""
        from pyarrow import parquet

        if self.file is None:
            self.file = parquet.ParquetWriter(self.unfinished, table.schema, compression="zstd")
        self.file.write_table(table, row_group_size=GROUP_ROWS)
        self.rows += table.num_rows

    def finish(self) -> int:
        """Make the file part of the lake's store, whole; returns its size in bytes."""
        if self.file is not None:
            self.file.close()
        with self.unfinished.open("rb") as file:
            os.fsync(file.fileno())
        if (remote := bucket()) is not None:
            remote.upload(self.unfinished, self.name)
        self.unfinished.rename(self.path)
        return self.path.stat().st_size


def write_file(table: "pa.Table", path: str) -> None:
    """Write a table to a file of this machine that no manifest names."""
    from pyarrow import parquet

    parquet.write_table(table, f"{path}.unfinished", compression="zstd", row_group_size=GROUP_ROWS)
    Path(f"{path}.unfinished").rename(path)


def local(names: Iterable[str]) -> list[Path]:
    """Return where engines of this machine read these files; those of a bucket are brought here first.

    Raises FileNotFoundError where the bucket lacks one.
    """
    found = [place(name) for name in names]
    remote = bucket()
    if remote is not None:
        for name, path in zip(names, found, strict=True):
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                remote.download(name, path)
    return found


def read(name: str, columns: list[str] | None = None) -> "pa.Table":
    """Return one file, or some columns of it."""
    from pyarrow import parquet

    (path,) = local([name])
    return parquet.ParquetFile(path).read(columns)


def groups(name: str, columns: list[str] | None = None) -> "Iterator[pa.Table]":
    """Yield one file piece by piece, so that no more than a piece is held."""
    from pyarrow import parquet

    (path,) = local([name])
    with parquet.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, columns)


def count(name: str) -> int:
    """Return how many rows a file has, as it lies in the lake itself. Raises OSError or ArrowInvalid where it cannot be read."""
    with _opened(name) as file:
        return int(file.metadata.num_rows)


@contextmanager
def _opened(name: str) -> "Iterator[parquet.ParquetFile]":
    from pyarrow import parquet

    remote = bucket()
    with parquet.ParquetFile(place(name) if remote is None else remote.open(name)) as file:
        yield file


def place(name: str) -> Path:
    """Return where a file of the lake lies on this machine; with a bucket, where its copy does."""
    return lake_dir() / name


def has_all(names: Iterable[str]) -> bool:
    """Whether all these files are there."""
    remote = bucket()
    if remote is None:
        return all(place(name).exists() for name in names)
    wanted = set(names)
    return not wanted or wanted <= remote.listed().keys()


def remove(name: str) -> None:
    """Remove a file that nobody reads any more, and its copy."""
    if (remote := bucket()) is not None:
        remote.remove(name)
    place(name).unlink(missing_ok=True)


def strays(known: set[str], before: datetime) -> set[str]:
    """Return the files that the manifest does not know and that were written before then, the unfinished too.

    What an engine spills is its own.
    """
    remote = bucket()
    there = remote.listed() if remote is not None else {}
    return _old_here(known, before) | {
        name for name, at in there.items() if name not in known and at < before
    }


def forget_copies(known: set[str], *, before: datetime) -> None:
    """Remove copies on this machine of what the lake no longer holds: whoever was erased is erased here too."""
    if bucket() is not None:
        for name in _old_here(known, before):
            place(name).unlink(missing_ok=True)


def _old_here(known: set[str], before: datetime) -> set[str]:
    root = lake_dir()
    paths = (path for kind in ("parquet", "unfinished") for path in root.rglob(f"*.{kind}"))
    found = {str(path.relative_to(root)): path for path in paths}
    return {
        name for name, path in found.items() if name not in known and _written_at(path) < before.timestamp()
    }


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
