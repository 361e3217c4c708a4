"""Who the embedded server runs as: the user of this process, and for root (which PostgreSQL refuses) a system user."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from kehu.platform.errors import KehuError
from kehu.platform.installation.home import is_root
from kehu.platform.text import Text

SYSTEM_USER = "kehu"
ATTEMPTS = 20


class NoServerAccount(KehuError):
    """The system user that the database server needs does not exist and could not be made."""

    code = "no_server_account"


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system; `is_other` when the server runs as somebody else than this process."""

    name: str
    uid: int
    gid: int
    is_other: bool

    def popen_arguments(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess` run a command as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}


def own_name() -> str:
    """Return the name of the user who runs Kehu; PostgreSQL's `peer` knows users by name."""
    uid = os.geteuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise NoServerAccount(
            Text(
                f"系统中没有编号为 {uid} 的用户名，数据库无法启动。请在 /etc/passwd 中添加该用户。",
                f"User number {uid} has no name on this system, so the database cannot start. Add it to /etc/passwd.",
            )
        ) from None


def server_account() -> Account:
    """Return the user for the embedded server; made on first use when root asks. Raises NoServerAccount."""
    if not is_root():
        return Account(own_name(), os.geteuid(), os.getegid(), is_other=False)
    entry = _find() or _create()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other=True)


def _find() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise NoServerAccount(
            Text(
                "系统中没有 useradd 命令。请安装 passwd（Debian）、shadow-utils（RHEL、openEuler）或 shadow（Alpine），"
                "或自行创建系统用户 kehu。",
                "The command useradd is missing. Install passwd (Debian), shadow-utils (RHEL, openEuler) or shadow (Alpine), "
                "or create the system user kehu yourself.",
            )
        )
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    reason = ""
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True,
            text=True,
            check=False,
        )
        if entry := _find():
            return entry
        reason = done.stderr.strip()
        time.sleep(0.1)
    raise NoServerAccount(
        Text(f"无法创建系统用户 kehu：{reason}", f"The system user kehu could not be made: {reason}")
    )
