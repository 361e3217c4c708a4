"""Anchors: every head is also written to a file outside the database, so that a rewritten or shortened chain shows.

Copy the file to another machine (a log collector, write-once storage): whoever holds both the database and this file
could rewrite both.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kehu.platform.installation import home as homes

NAME = "audit-anchors.jsonl"
TAIL_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one batch as it was when it was sealed."""

    number: int
    at: datetime
    count: int
    head: bytes


def path() -> Path:
    """Return where the anchors of this home are."""
    return homes.log_dir() / NAME


def read() -> Iterator[Anchor | None]:
    """Yield the anchors in the order of the file; None for a line that is none."""
    try:
        with path().open("rb") as file:
            for line in file:
                yield _parse(line)
    except FileNotFoundError:
        return


def last_number() -> int:
    """Return the number of the newest anchored batch, 0 when there is none; only the end of the file is read."""
    try:
        with path().open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
            found = [anchor.number for line in file if (anchor := _parse(line)) is not None]
    except FileNotFoundError:
        return 0
    return max(found, default=0)


def append(anchors: Iterable[Anchor]) -> None:
    """Write anchors to the end of the file, 0600, and make them durable."""
    lines = b"".join(
        json.dumps(
            {
                "number": a.number,
                "at": a.at.astimezone(UTC).isoformat(),
                "count": a.count,
                "head": a.head.hex(),
            }
        ).encode()
        + b"\n"
        for a in anchors
    )
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def set_aside(now: datetime) -> None:
    """Keep the anchors under another name: a restored database begins a file of its own."""
    if path().exists():
        path().rename(path().with_stem(f"{path().stem}-until-{now.astimezone(UTC):%Y%m%dT%H%M%S}"))


def _parse(line: bytes) -> Anchor | None:
    try:
        said = json.loads(line)
        return Anchor(
            int(said["number"]),
            datetime.fromisoformat(said["at"]),
            int(said["count"]),
            bytes.fromhex(said["head"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
