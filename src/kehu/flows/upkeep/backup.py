"""A backup: one dump of the database and, apart from it, the root key under a passphrase. Uploads are not part of it.

The dump shows names and what else lies clear, never a sealed value; whoever has dump, key file and passphrase has all.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections, transaction

from kehu.govern import audit
from kehu.govern.sealing import root_file
from kehu.platform.errors import Conflict
from kehu.platform.installation.secret_keys import root
from kehu.platform.postgres import dumps
from kehu.platform.postgres.address import ADMINISTRATOR, connection_parameters
from kehu.platform.text import Text

DUMP = ".dump"


class BackupExists(Conflict):
    """A file of this name is there already; backups never overwrite."""

    code = "backup_exists"


@dataclass(frozen=True, slots=True)
class Backup:
    """The files of one backup; `key` is None when the root key is kept elsewhere."""

    dump: Path
    key: Path | None


def back_up(target: Path, *, passphrase: str | None, now: datetime) -> Backup:
    """Back up to a file, or into a folder under a name with the time. Without passphrase the root key is left out.

    Raises BackupExists, DumpFailed, PassphraseTooShort.
    """
    dump = target / f"kehu-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{DUMP}" if target.is_dir() else target
    key = dump.with_suffix(root_file.SUFFIX) if passphrase is not None else None
    if passphrase is not None:
        root_file.check(passphrase)
    for path in (dump, *([key] if key else [])):
        if path.exists():
            raise BackupExists(Text(f"{path} 已存在。", f"{path} exists already."))
    dumps.dump(connection_parameters(ADMINISTRATOR), str(connections["default"].settings_dict["NAME"]), dump)
    if key is not None and passphrase is not None:
        root_file.write(key, root_file.RootFile(root(), root_file.digest(dump)), passphrase)
    with transaction.atomic():
        audit.record(
            action="backup.make", actor_id=None, now=now, object_kind="backup", object_id=dump.name[:64]
        )
    return Backup(dump, key)
