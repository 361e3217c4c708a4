"""A disk that can be filled: a real one of its own where this user may mount, else the server's word for a full one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from tests.installation import Installation, until

MEGABYTES = 320
STAND_IN = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""
TABLES = ("profile_customer", "collect_record", "collect_import", "govern_audit_event")


class Disk(Protocol):
    """Where the database server keeps its data."""

    def fill(self) -> None:
        """Leave no room."""

    def free(self) -> None:
        """Give the room back."""


class _Mounted:
    """A file system in memory with a file that takes what room is left."""

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"

    def fill(self) -> None:
        with self.ballast.open("ab", buffering=0) as out, suppress(OSError):
            for piece in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while out.write(bytes(piece)):
                        continue

    def free(self) -> None:
        self.ballast.unlink()


class FullAsTheServerSays:
    """Every writing statement is answered as by a server whose disk is full; for users who may not mount."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation

    def fill(self) -> None:
        with self.installation.connect() as connection:
            connection.execute(STAND_IN)
            for table in TABLES:
                connection.execute(
                    f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION no_room()".encode()
                )

    def free(self) -> None:
        with self.installation.connect() as connection:
            connection.execute("DROP FUNCTION no_room() CASCADE")


@contextmanager
def small_disk(installation: Installation) -> Iterator[Disk]:
    """Put the database of a home that is not yet made on a small disk; everything there ends before it is taken away."""
    folder = installation.home / "postgres"
    if not _mount(installation.home, folder):
        yield FullAsTheServerSays(installation)
        return
    try:
        yield _Mounted(folder)
    finally:
        installation.end()
        until(lambda: _unmount(folder), 20)


def _unmount(folder: Path) -> bool:
    """Take the disk away; for a moment after the server's end its last processes still keep it busy."""
    return subprocess.run(["umount", folder], check=False, capture_output=True).returncode == 0


def _mount(home: Path, folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    home.mkdir(mode=0o711)
    folder.mkdir(mode=0o711)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0711", "tmpfs", str(folder)]
    return subprocess.run(mounting, check=False, capture_output=True).returncode == 0
