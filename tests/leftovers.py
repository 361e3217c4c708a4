"""Homes that killed test runs left behind: each says whose it is, and goes at the start of a later run once that process is dead.

What carries no mark, is younger than an hour, or is still in use by anybody stays: other runs go on beside this one.
"""

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path

import psutil

PREFIXES = ("kehu-tests-", "kehu-installed-")
PLACE = Path("/var/tmp")
MARK = "owner"
YOUNG_SECONDS = 3600.0
LOCKS = ("serve.lock", "users.lock", "start.lock")


def mark(folder: Path) -> None:
    """Note this process as the owner of a folder, by its number and the time of its start: numbers come again."""
    own = psutil.Process()
    (folder / MARK).write_text(f"{own.pid} {own.create_time()}")


def sweep(place: Path, *, now: float) -> list[Path]:
    """Remove what dead runs left in a folder; returns what went."""
    found = [path for path in place.iterdir() if path.name.startswith(PREFIXES) and path.is_dir()]
    dead = [path for path in found if is_left(path, now)]
    for path in dead:
        _remove(path)
    return dead


def sweep_now() -> None:
    """Sweep where tests make their homes."""
    sweep(PLACE, now=time.time())


def is_left(folder: Path, now: float) -> bool:
    """Whether a home's owner is dead for long and nobody else works in it."""
    try:
        written = (folder / MARK).stat().st_mtime
        number, started = (folder / MARK).read_text().split()
        is_alive = _lives(int(number), float(started))
    except (OSError, ValueError):
        return False
    if is_alive or now - written < YOUNG_SECONDS:
        return False
    return not any(_is_used(home) for home in (folder, folder / "home"))


def _lives(pid: int, started: float) -> bool:
    try:
        return abs(psutil.Process(pid).create_time() - started) < 1
    except psutil.NoSuchProcess:
        return False


def _is_used(home: Path) -> bool:
    """Whether a command holds a lock of a home, or its database server runs."""
    from kehu.platform.postgres import postmaster

    if postmaster.find(home / "postgres" / "data") is not None:
        return True
    for name in LOCKS:
        path = home / "run" / name
        if path.exists():
            with path.open("ab") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return True
    return False


def _remove(folder: Path) -> None:
    """Remove a folder, and first take down the small disk that a test may have put into it."""
    disk = folder / "home" / "postgres"
    if os.path.ismount(disk):
        subprocess.run(["umount", disk], check=False)
    shutil.rmtree(folder, ignore_errors=True)
