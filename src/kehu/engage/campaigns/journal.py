"""What was handed over, outside the database: a mark just before a message cannot be taken back, one when it was taken.

A process that is killed loses nothing it has written to a file. So its successor knows of every claimed row whether it
was surely not handed over (it is sent again), was taken, or may have been handed over (it is not sent again). After the machine itself has failed nothing
is sure, and nothing is sent again by itself.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kehu.platform.installation.home import run_dir

_BOOT = Path("/proc/sys/kernel/random/boot_id")


_HANDED, _TAKEN = b"h", b"t"
_LENGTH = 17


@dataclass(frozen=True, slots=True)
class Settled:
    """Claimed rows by what is known of them: surely not handed over, surely taken, or perhaps handed over."""

    fresh: list[UUID]
    taken: list[UUID]
    unknown: list[UUID]


class Journal:
    """The journal of this installation's sender; one sender writes it at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        boot = _BOOT.read_text(encoding="ascii").strip() if _BOOT.exists() else "unknown"
        self.path = (folder or run_dir()) / f"sends-{boot}"
        self.file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hand(self, send_id: UUID) -> None:
        """Note that a message is handed over now. May be called from any thread."""
        os.write(self.file, _HANDED + send_id.bytes)

    def taken(self, send_id: UUID) -> None:
        """Note that the other side has said that it has a message."""
        os.write(self.file, _TAKEN + send_id.bytes)

    def clear(self) -> None:
        """Forget everything: the database knows what became of each."""
        os.ftruncate(self.file, 0)

    def close(self) -> None:
        """Close the file."""
        os.close(self.file)

    def split(self, claimed: Iterable[UUID]) -> Settled:
        """Return what is known of claimed rows."""
        ids = list(claimed)
        if not self._is_of_this_boot():
            return Settled([], [], ids)
        held = self.path.read_bytes()
        marks = [held[start : start + _LENGTH] for start in range(0, len(held) - _LENGTH + 1, _LENGTH)]
        handed = {UUID(bytes=mark[1:]) for mark in marks}
        taken = {UUID(bytes=mark[1:]) for mark in marks if mark[:1] == _TAKEN}
        return Settled(
            [one for one in ids if one not in handed],
            [one for one in ids if one in taken],
            [one for one in ids if one in handed - taken],
        )

    def _is_of_this_boot(self) -> bool:
        """Whether no journal of an earlier boot is left: then what is claimed was claimed since this one."""
        others = [path for path in self.path.parent.glob("sends-*") if path != self.path]
        return not others

    def forget_others(self) -> None:
        """Remove the journals of earlier boots, once what they were for is settled."""
        for path in self.path.parent.glob("sends-*"):
            if path != self.path:
                path.unlink()
