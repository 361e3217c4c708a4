"""Commands: backup, restore."""

import argparse
import base64
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kehu.cli.boot import boot
from kehu.cli.printing import say
from kehu.platform.errors import Invalid
from kehu.platform.installation import home as homes
from kehu.platform.text import Text


class PassphraseMissing(Invalid):
    """The root key goes into a backup only under a passphrase."""

    code = "passphrase_missing"


class FileMissing(Invalid):
    """A file that was named does not exist."""

    code = "file_missing"


class DumpChanged(Invalid):
    """The dump is not the one that the key file was written with."""

    code = "dump_changed"


def add_commands(commands: Any) -> None:
    """Register the commands."""
    making = commands.add_parser("backup", help="备份数据库和根密钥 / back up database and root key")
    making.add_argument("target", type=Path, help="文件或目录 / file or folder")
    making.add_argument("--passphrase-file", type=Path, help="保护根密钥的口令 / passphrase for the root key")
    making.add_argument("--without-key", action="store_true", help="不含根密钥 / leave the root key out")
    making.set_defaults(run=run_backup)
    restoring = commands.add_parser("restore", help="从备份恢复 / restore a backup")
    restoring.add_argument("dump", type=Path)
    restoring.add_argument("--key", type=Path, help="密钥文件 / key file")
    restoring.add_argument("--passphrase-file", type=Path)
    restoring.add_argument(
        "--erasures", type=Path, help="备份之后的删除记录 / log of erasures since the backup"
    )
    restoring.add_argument(
        "--force", action="store_true", help="替换现有数据 / replace the data that is here"
    )
    restoring.set_defaults(run=run_restore)


def run_backup(options: argparse.Namespace) -> int:
    """Back up to a file or folder, while everybody works. Raises PassphraseMissing."""
    passphrase = _passphrase(options.passphrase_file)
    if passphrase is None and not options.without_key:
        raise PassphraseMissing(
            Text(
                "没有根密钥，备份打不开。请用 --passphrase-file 或 KEHU_BACKUP_PASSPHRASE 给出口令；根密钥另有保管时用 --without-key。",
                "Without the root key a backup cannot be read. Give a passphrase by --passphrase-file or KEHU_BACKUP_PASSPHRASE, "
                "or say --without-key when you keep the root key elsewhere.",
            )
        )
    boot()
    from django.utils import timezone

    from kehu.flows.upkeep.backup import back_up

    made = back_up(
        options.target.resolve(), passphrase=None if options.without_key else passphrase, now=timezone.now()
    )
    say(Text(f"数据：{made.dump}", f"Data: {made.dump}"))
    if made.key:
        say(
            Text(
                f"根密钥：{made.key}（与数据分开保管）", f"Root key: {made.key} (keep it apart from the data)"
            )
        )
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore into this home, which nobody may be using. Raises what `kehu.flows.upkeep.restore` raises."""
    from kehu.platform.supervisor.listening import only_one

    dump = _existing(options.dump)
    with only_one(homes.run_dir()):
        root = _root(dump, options)
        if root is not None:
            os.environ["KEHU_ROOT_KEY"] = base64.b64encode(root).decode()
        boot(is_migrated=False)
        from django.utils import timezone

        from kehu.flows.upkeep.restore import restore
        from kehu.platform.installation.secret_keys import keep

        now = timezone.now()
        done = restore(dump, erasures=_erasures(options.erasures), is_forced=options.force, now=now, tell=say)
        if root is not None:
            keep(root, now=now)
    say(
        Text(
            f"已恢复，重新删除了 {done.erased} 位客户。",
            f"Restored; {done.erased} customers were erased again.",
        )
    )
    return 0


def _passphrase(path: Path | None) -> str | None:
    if path is not None:
        return _existing(path).read_text().rstrip("\r\n")
    return os.environ.get("KEHU_BACKUP_PASSPHRASE") or None


def _root(dump: Path, options: argparse.Namespace) -> bytes | None:
    """Return the root key of the key file; None where the installation's own is to be used."""
    from kehu.govern.sealing import root_file

    key = _existing(options.key) if options.key else dump.with_suffix(root_file.SUFFIX)
    if not key.exists() or os.environ.get("KEHU_ROOT_KEY") or os.environ.get("KEHU_ROOT_KEY_FILE"):
        return None
    passphrase = _passphrase(options.passphrase_file)
    if passphrase is None:
        raise PassphraseMissing(
            Text(
                f"打开 {key.name} 需要口令：--passphrase-file 或 KEHU_BACKUP_PASSPHRASE。",
                f"{key.name} opens with a passphrase: --passphrase-file or KEHU_BACKUP_PASSPHRASE.",
            )
        )
    content = root_file.read(key, passphrase)
    if content.dump_digest != root_file.digest(dump):
        raise DumpChanged(
            Text(
                "备份文件与密钥文件不是同一次备份，或已被改动。",
                "Dump and key file are not of one backup, or the dump was changed.",
            )
        )
    return content.root


def _erasures(extra: Path | None) -> Iterable[str]:
    """Read the home's own log of erasures, which outlives its database, and one that was brought along."""
    own = homes.secrets_dir() / "erasures.jsonl"
    for path in (own, *([_existing(extra)] if extra else [])):
        if path.exists():
            yield from path.read_text().splitlines()


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FileMissing(Text(f"找不到文件 {path}。", f"There is no file {path}."))
    return path.resolve()
