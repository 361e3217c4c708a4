"""Commands of the security administrator: keys rotate, audit verify."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kehu.cli.boot import boot
from kehu.cli.printing import say, warn
from kehu.platform.text import Text

if TYPE_CHECKING:
    from kehu.govern.trail.verifying import Fault, Report


def add_commands(commands: Any) -> None:
    """Register the commands."""
    keys = commands.add_parser("keys", help="密钥 / keys").add_subparsers(dest="action", required=True)
    rotating = keys.add_parser("rotate", help="轮换密钥，不停机 / rotate keys while everybody works")
    rotating.add_argument("--what", choices=("wrap", "index", "staging", "all"), default="all")
    rotating.set_defaults(run=rotate)
    audit = commands.add_parser("audit", help="审计 / the audit trail").add_subparsers(
        dest="action", required=True
    )
    verifying = audit.add_parser("verify", help="验证审计记录未被改动 / verify that nobody touched the trail")
    verifying.set_defaults(run=verify)


def rotate(options: argparse.Namespace) -> int:
    """Rotate one purpose or all; run it again after a kill. Raises KeysNotRetired when something stays as it is."""
    boot()
    from django.utils import timezone

    from kehu.flows.upkeep import rotate_keys

    for purpose in rotate_keys.PURPOSES:
        if options.what in {purpose, "all"}:
            rotate_keys.rotate(purpose, now=timezone.now(), tell=say)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Verify the whole trail: one line when all is well, else each fault with its place, and exit status 1."""
    del options
    boot()
    from kehu.govern.sealing.keyring import keyring
    from kehu.govern.trail.verifying import verify as verify_trail

    report = verify_trail(keyring())
    for fault in report.faults:
        warn(_fault(fault))
    say(_summary(report))
    return 1 if report.faults else 0


def _fault(fault: "Fault") -> Text:
    zh, en = f"第 {fault.batch} 批", f"batch {fault.batch}"
    if fault.position is not None:
        zh, en = f"{zh}，第 {fault.position} 条", f"{en}, event {fault.position}"
    if fault.event_id is not None:
        zh, en = f"{zh}（{fault.event_id}）", f"{en} ({fault.event_id})"
    return Text(f"{zh}：{fault.text.zh}", f"{en}: {fault.text.en}")


def _summary(report: "Report") -> Text:
    zh = "审计记录有问题" if report.faults else "审计记录完整"
    en = "The trail is not whole" if report.faults else "The trail is whole"
    zh += f"：{report.batches} 批 {report.events} 条，{report.anchored} 批与锚点一致"
    en += (
        f": {report.events} events in {report.batches} batches, {report.anchored} batches equal their anchors"
    )
    if report.batches > report.anchored:
        zh += f"，{report.batches - report.anchored} 批没有锚点"
        en += f", {report.batches - report.anchored} have none"
    if report.unsealed:
        since = (report.unsealed_since or datetime.now(UTC)).astimezone(_zone())
        zh += f"；另有 {report.unsealed} 条尚未封存（自 {since:%Y-%m-%d %H:%M:%S} 起），改动无法发现"
        en += f"; {report.unsealed} more are not sealed yet (since {since:%Y-%m-%d %H:%M:%S}): a change to them would not show"
    return Text(f"{zh}。", f"{en}.")


def _zone() -> ZoneInfo:
    from kehu.platform.installation.environment import environment

    return ZoneInfo(environment().time_zone)
