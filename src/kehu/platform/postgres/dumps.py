"""Dumping and loading a whole database with PostgreSQL's own programs: the wheel's for the embedded server.

Never in a dump: the keys that check scopes, sessions, the cache, and which files the lake has. They are made anew where
it is restored.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from kehu.platform.errors import KehuError
from kehu.platform.postgres.binaries import installed
from kehu.platform.postgres.server import ensure
from kehu.platform.text import Text

LEFT_OUT = (
    "sec.k", "public.django_session", "public.platform_cache", "public.platform_lake_dataset", "public.platform_lake_file",
    "public.platform_gone",
)  # fmt: skip


class DumpFailed(KehuError):
    """pg_dump or pg_restore stopped; its first line says why."""

    code = "dump_failed"


def dump(parameters: Mapping[str, Any], dbname: str, target: Path) -> None:
    """Write a dump (custom format, one snapshot) to a new file of mode 0600. Raises DumpFailed, FileExistsError."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
            _run("pg_dump", ["--format=custom", *left_out], {**parameters, "dbname": dbname}, out)
            os.fsync(out.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def load(parameters: Mapping[str, Any], dbname: str, source: Path) -> None:
    """Load a dump into an empty database. Raises DumpFailed."""
    _run("pg_restore", ["--exit-on-error", "--jobs=2", str(source)], {**parameters, "dbname": dbname}, None)


def _run(name: str, arguments: list[str], parameters: Mapping[str, Any], out: Any) -> None:
    known = {key: value for key, value in parameters.items() if value is not None and key != "password"}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    if parameters.get("password"):
        environment["PGPASSWORD"] = str(parameters["password"])
    done = subprocess.run(
        [_program(name), f"--dbname={make_conninfo(**known)}", "--no-password", *arguments],
        stdin=subprocess.DEVNULL, stdout=out or subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr.decode(errors="replace").strip().splitlines() or [""])[0]
        raise DumpFailed(Text(f"{name} 没有完成：{said}", f"{name} did not finish: {said}"))


def _program(name: str) -> Path:
    """Return a program: the machine's own for an external server (the wheel's speaks no TLS), else the wheel's."""
    own = shutil.which(name)
    if own is not None and not ensure().is_embedded:
        return Path(own)
    return installed() / "pginstall" / "bin" / name
