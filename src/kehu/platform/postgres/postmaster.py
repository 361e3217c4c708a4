"""The process of a running server, and what a killed one leaves behind: a stale pid file, sockets, orphaned backends.

A pid in `postmaster.pid` proves nothing after a kill (zombies, re-used pids), so the process itself is looked at.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from kehu.platform.installation.home import is_root

READY = "ready"
SOCKET_ROOM = 85
KILL_SECONDS = 10


@dataclass(frozen=True, slots=True)
class PidFile:
    """What a postmaster writes of itself; `sockets` and `status` are empty until it has come that far."""

    pid: int
    port: int
    sockets: str
    status: str


def read_pid_file(data: Path) -> PidFile | None:
    """Read `postmaster.pid`, or return None when it is missing or not yet whole."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, _, _, port, *rest = lines
        sockets, _, _, status = [*rest, "", "", "", ""][:4]
        return PidFile(pid=int(pid), port=int(port), sockets=sockets.strip(), status=status.strip())
    except (OSError, ValueError):
        return None


def find(data: Path) -> psutil.Process | None:
    """Return the living postmaster of a data folder: no zombie, no other process that got its number."""
    noted = read_pid_file(data)
    if noted is None:
        return None
    try:
        process = psutil.Process(noted.pid)
    except psutil.NoSuchProcess:
        return None
    return process if _is_server(process, data) else None


def clear_remains(data: Path, sockets: Path) -> None:
    """End what a killed postmaster left running and remove its lock files. Nobody may be starting it meanwhile."""
    orphans = list(_server_processes(data))
    for process in orphans:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    deadline = time.monotonic() + KILL_SECONDS
    while any(_is_server(process, data) for process in orphans) and time.monotonic() < deadline:
        time.sleep(0.01)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for left in sockets.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def socket_folder(data: Path) -> Path:
    """Return where the sockets go: the data folder, or a short private one when the path would not fit.

    Linux allows 107 bytes. The short path depends on the data folder alone, so clients find it again after a restart.
    """
    if len(os.fsencode(data)) <= SOCKET_ROOM:
        return data
    mark = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/", "run" if is_root() else "tmp", f"kehu-{os.geteuid()}-{mark}")


def is_private(folder: Path, uid: int) -> bool:
    """Whether a path is a real folder of this user that nobody else may enter."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and stat.S_IMODE(found.st_mode) == stat.S_IRWXU


def _server_processes(data: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        if _is_server(process, data):
            yield process


def _is_server(process: psutil.Process, data: Path) -> bool:
    try:
        return (
            process.status() != psutil.STATUS_ZOMBIE
            and process.name().startswith("postgres")
            and process.cwd() == str(data)
        )
    except psutil.Error:
        return False
