"""The folder of an installation. As root it can be entered (0711), since the database server runs as another user.

What is secret lies in subfolders that only the owner may open; a home is never shared between system users.
"""

import os
import stat
import threading
from pathlib import Path

from kehu.platform.errors import KehuError
from kehu.platform.text import Text

PRIVATE = 0o700
ENTERABLE = 0o711


class HomeNotUsable(KehuError):
    """The folder that KEHU_HOME names cannot hold an installation."""

    code = "home_not_usable"


def is_root() -> bool:
    """Whether this process runs as root; the embedded server then needs a system user of its own."""
    return os.geteuid() == 0


def home() -> Path:
    """Return the folder of this installation, absolute, made when missing. Raises HomeNotUsable.

    `KEHU_HOME` names it; without it `/var/lib/kehu` for root and `~/.local/share/kehu` for everyone else.
    """
    default = Path("/var/lib/kehu") if is_root() else Path.home() / ".local/share/kehu"
    path = Path(os.environ.get("KEHU_HOME") or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=ENTERABLE if is_root() else PRIVATE)
        _check_owner(path)
        if is_root():
            _check_parents(path)
        _set_mode(path)
    except OSError as error:
        raise HomeNotUsable(
            Text(
                f"无法使用目录 {path}（{error.strerror}）。可将 KEHU_HOME 设为一个有写权限的目录。",
                f"The folder {path} cannot be used ({error.strerror}). Set KEHU_HOME to a folder you may write to.",
            )
        ) from error
    return path


def secrets_dir() -> Path:
    """Return the folder of keys, 0700."""
    return _subfolder("secrets", PRIVATE)


def uploads_dir() -> Path:
    """Return the folder where (sealed) uploads wait for their import, 0700."""
    return _subfolder("uploads", PRIVATE)


def lake_dir() -> Path:
    """Return the folder of the lake's files, 0700."""
    return _subfolder("lake", PRIVATE)


def run_dir() -> Path:
    """Return the folder of locks and of files that matter only while Kehu runs, 0700."""
    return _subfolder("run", PRIVATE)


def log_dir() -> Path:
    """Return the folder of logs; as root it can be entered, for the server writes to its own subfolder."""
    return _subfolder("log", ENTERABLE if is_root() else PRIVATE)


def _subfolder(name: str, mode: int) -> Path:
    path = home() / name
    path.mkdir(exist_ok=True, mode=mode)
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)
    return path


def _check_owner(path: Path) -> None:
    if path.stat().st_uid != os.geteuid():
        raise HomeNotUsable(
            Text(
                f"目录 {path} 属于另一个系统用户。请用该用户运行，或将 KEHU_HOME 设为自己的目录。",
                f"The folder {path} belongs to another system user. Run Kehu as that user, or set KEHU_HOME to a folder of your own.",
            )
        )


def _check_parents(path: Path) -> None:
    for parent in path.parents:
        if not parent.stat().st_mode & stat.S_IXOTH:
            raise HomeNotUsable(
                Text(
                    f"以 root 运行时，数据库使用系统用户 kehu，但它无法进入目录 {parent}。"
                    f"请将 KEHU_HOME 设为 /var/lib/kehu，或执行 chmod o+x {parent}。",
                    f"As root, the database runs as system user kehu, which cannot enter the folder {parent}. "
                    f"Set KEHU_HOME to /var/lib/kehu, or run chmod o+x {parent}.",
                )
            )


def _set_mode(path: Path) -> None:
    """Give the home its mode, unless the folder is somebody else's: `/tmp` or `/etc` must never change theirs."""
    mode = ENTERABLE if is_root() else PRIVATE
    if stat.S_IMODE(path.stat().st_mode) == mode:
        return
    names = {entry.name for entry in path.iterdir()}
    if names - {"lost+found"} and not names & {"secrets", "postgres", "run"}:
        raise HomeNotUsable(
            Text(
                f"目录 {path} 里已有其他文件。请将 KEHU_HOME 设为一个空目录。",
                f"The folder {path} holds other files. Set KEHU_HOME to an empty folder.",
            )
        )
    path.chmod(mode)


def write_new(path: Path, text: str) -> None:
    """Write a file that only the owner reads, whole or not at all; what another process wrote before stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
