"""`kehu doctor`: is this installation sound? One line a question, ✓ or ✗; · for what cannot be asked while it is stopped."""

import argparse
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kehu.cli.boot import boot
from kehu.cli.printing import language, say
from kehu.platform.installation import home as homes
from kehu.platform.installation.key_service import WRAPPED
from kehu.platform.installation.secret_keys import OWN
from kehu.platform.text import Text

LEAST_BYTES = 2 * 1024**3
LATE_SECONDS = 30
_BEAT = "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers"
_UNSEALED = """
SELECT count(*), extract(epoch FROM clock_timestamp() - min(at)), (SELECT max(at) FROM govern_audit_batch)
FROM govern_audit_event WHERE batch IS NULL
"""
_BEHIND = (
    "SELECT count(*) FROM govern_key_version WHERE retired_at IS NULL GROUP BY purpose HAVING count(*) > 1"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered; `is_well` is None where the question does not arise."""

    text: Text
    is_well: bool | None

    def line(self) -> str:
        """Return the line to print."""
        mark = {True: "✓", False: "✗", None: "·"}[self.is_well]
        return f"{mark} {self.text.within(language())}"


def add_commands(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("doctor", help="体检 / check this installation")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every answer; exit status 1 when one of them is ✗."""
    del options
    boot(is_migrated=False)
    faults = 0
    for answer in examine(is_served=_is_served()):
        print(answer.line(), flush=True)
        faults += answer.is_well is False
    if faults:
        say(Text(f"{faults} 项需要处理。", f"{faults} of these need attention."))
    return 1 if faults else 0


def examine(*, is_served: bool) -> Iterator[Answer]:
    """Answer every question, schema first: without it the rest cannot be asked."""
    schema = _schema()
    yield schema
    if schema.is_well:
        yield from _catalog()
        yield _keys()
        yield from _rotation()
        yield _worker(is_served=is_served)
        yield _trail(is_served=is_served)
    yield from files(homes.home())


def _schema() -> Answer:
    from django.db import OperationalError, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connections["owner"])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return Answer(
            Text("还没有数据库：执行 kehu migrate", "There is no database yet: run kehu migrate"),
            is_well=False,
        )
    if plan:
        return Answer(
            Text("表结构落后于程序：执行 kehu migrate", "The schema is behind: run kehu migrate"),
            is_well=False,
        )
    return Answer(Text("表结构与程序一致", "The schema is the release's"), is_well=True)


def _catalog() -> Iterator[Answer]:
    from kehu.govern.invariants import check_catalog

    for finding in check_catalog():
        if finding.broken:
            zh = f"未满足：{finding.text.zh}（{'、'.join(finding.broken)}）"
            yield Answer(Text(zh, f"Not so: {finding.text.en} ({', '.join(finding.broken)})"), is_well=False)
        else:
            yield Answer(finding.text, is_well=True)


def _keys() -> Answer:
    from kehu.govern.sealing.keyring import keyring
    from kehu.govern.sealing.suites import SealBroken

    try:
        keyring()
    except SealBroken:
        return Answer(
            Text(
                "根密钥打不开数据库中的密钥：不是同一把",
                "The root key does not open the stored keys: it is another",
            ),
            is_well=False,
        )
    return Answer(Text("根密钥能打开全部密钥", "The root key opens all stored keys"), is_well=True)


def _rotation() -> Iterator[Answer]:
    row = _row(_BEHIND)
    if row is not None:
        yield Answer(
            Text(
                "有密钥轮换没有做完：执行 kehu keys rotate 继续",
                "A key rotation is unfinished: go on with kehu keys rotate",
            ),
            is_well=False,
        )


def _worker(*, is_served: bool) -> Answer:
    if not is_served:
        return Answer(Text("服务没有运行", "The service does not run"), is_well=None)
    row = _row(_BEAT)
    if row is None or row[0] is None or row[0] > LATE_SECONDS:
        return Answer(Text("后台任务没有心跳", "The worker gives no sign of life"), is_well=False)
    return Answer(Text("后台任务运行正常", "The worker is alive"), is_well=True)


def _trail(*, is_served: bool) -> Answer:
    count, age, sealed_at = _row(_UNSEALED) or (0, None, None)
    last = f"{sealed_at:%Y-%m-%d %H:%M:%S} UTC" if sealed_at else "-"
    text = Text(
        f"审计最近封存：{last}，未封存 {count} 条",
        f"Audit last sealed: {last}; {count} events are not sealed yet",
    )
    if not is_served and count:
        return Answer(text, is_well=None)
    return Answer(text, is_well=age is None or age <= LATE_SECONDS)


def files(home: Path) -> Iterator[Answer]:
    """Check the modes of secrets and the room on the disk."""
    loose = [path for path in (home / "secrets", *sorted((home / "secrets").glob("*"))) if _is_open(path)]
    if loose:
        names = ", ".join(path.name for path in loose)
        yield Answer(
            Text(f"其他用户可以读取密钥文件：{names}", f"Others can read the keys: {names}"), is_well=False
        )
    else:
        yield Answer(Text("密钥文件只有本用户可读", "Only this user can read the keys"), is_well=True)
    if (home / "secrets" / WRAPPED).exists() and (home / "secrets" / OWN).exists():
        yield Answer(
            Text(
                "密钥服务已包住根密钥，secrets/root.key 却还在：做好备份后把它移走",
                "The key service wraps the root key, yet secrets/root.key still lies there: back it up and take it away",
            ),
            is_well=False,
        )
    free = shutil.disk_usage(home).free
    size = f"{free / 1024**3:.1f} GB"
    yield Answer(Text(f"磁盘剩余 {size}", f"{size} of disk are free"), is_well=free >= LEAST_BYTES)


def _is_open(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _is_served() -> bool:
    from kehu.platform.supervisor.listening import AlreadyServing, only_one

    try:
        with only_one(homes.run_dir()):
            return False
    except AlreadyServing:
        return True


def _row(query: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()
