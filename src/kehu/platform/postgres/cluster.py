"""The data folder of the embedded server: made by initdb, then who may connect and how the server is set.

Kehu's own settings are written anew at each start; what an operator sets by ALTER SYSTEM comes after and wins.
"""

import os
import shutil
import subprocess
from pathlib import Path

import psutil

from kehu.platform.errors import KehuError
from kehu.platform.postgres.account import Account, own_name
from kehu.platform.text import Text

ROLES = ("kehu_owner", "kehu_app", "kehu_system", "kehu_sealer")
INITDB = (
    *("--username=postgres", "--encoding=UTF8", "--auth=peer", "--no-instructions"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
)
HBA = "local all all peer map=kehu\nlocal replication postgres peer map=kehu\n"

# Values of customers occur in messages of errors, in their details and in statements: the log takes none of the three.
SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "huge_pages": "off",
    "jit": "off",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "64",
    "io_method": "sync",
    "track_io_timing": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_compression": "pglz",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "logging_collector": "on",
    "log_destination": "'stderr'",
    "log_filename": "'postgres-%a.log'",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "'%m [%p] '",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_statement": "none",
}


class ClusterNotUsable(KehuError):
    """The data folder cannot be made, or belongs to another version of PostgreSQL."""

    code = "cluster_not_usable"


def prepare(data: Path, *, programs: Path, account: Account, sockets: Path, logs: Path) -> None:
    """Make the data folder when missing, and write rules of access and settings. Called under the start lock."""
    if (data / "PG_VERSION").exists():
        _check_version(data, programs)
        _own(data, account)
    else:
        _initialise(data, programs=programs, account=account)
    names = dict.fromkeys((own_name(), account.name))
    lines = [f'kehu "{name}" {role}\n' for name in names for role in ("postgres", *ROLES)]
    memory = psutil.virtual_memory().total // 2**21
    settings = SETTINGS | {
        "unix_socket_directories": f"'{_quoted(sockets)}'",
        "log_directory": f"'{_quoted(logs)}'",
        "effective_cache_size": f"{max(memory, 256)}MB",
    }
    _write(data / "pg_hba.conf", HBA, account)
    _write(data / "pg_ident.conf", "".join(lines), account)
    _write(data / "kehu.conf", "".join(f"{k} = {v}\n" for k, v in settings.items()), account)


def give(path: Path, account: Account) -> None:
    """Make a folder, 0700, that belongs to the server's user."""
    path.mkdir(exist_ok=True, mode=0o700)
    path.chmod(0o700)
    if account.is_other:
        os.chown(path, account.uid, account.gid)


def _initialise(data: Path, *, programs: Path, account: Account) -> None:
    """Run initdb beside the data folder and rename: a kill in between leaves nothing half made."""
    unfinished = data.with_name("initialising")
    shutil.rmtree(unfinished, ignore_errors=True)
    give(unfinished, account)
    done = subprocess.run(
        [programs / "initdb", *INITDB, f"--pgdata={unfinished}"],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        **account.popen_arguments(),
    )
    if done.returncode:
        reason = done.stderr.strip()
        raise ClusterNotUsable(
            Text(
                f"无法在 {data.parent} 创建数据库：{reason}",
                f"The database could not be made in {data.parent}: {reason}",
            )
        )
    with (unfinished / "postgresql.conf").open("a") as conf:
        conf.write("include = 'kehu.conf'\n")
    shutil.rmtree(data, ignore_errors=True)
    unfinished.rename(data)


def _check_version(data: Path, programs: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    own = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    major = own.stdout.split()[2].split(".")[0]
    if found != major:
        raise ClusterNotUsable(
            Text(
                f"{data} 里是 PostgreSQL {found} 的数据，当前版本是 {major}。"
                "请用原来的 Kehu 版本导出（pg_dumpall），再导入到新的 KEHU_HOME。",
                f"{data} holds data of PostgreSQL {found}, and this is {major}. "
                "Dump it with the Kehu version that made it (pg_dumpall) and load it into a new KEHU_HOME.",
            )
        )


def _own(data: Path, account: Account) -> None:
    """Give the data to the server's user again: its number differs after a move to another machine or container."""
    if not account.is_other or data.stat().st_uid == account.uid:
        return
    for folder, _, files in os.walk(data):
        for name in ("", *files):
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)


def _write(path: Path, text: str, account: Account) -> None:
    path.unlink(missing_ok=True)
    path.write_text(text)
    path.chmod(0o600)
    if account.is_other:
        os.chown(path, account.uid, account.gid)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
