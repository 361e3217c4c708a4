"""The command of the sender: plan and send what is due."""

import argparse
from typing import Any

from kehu.cli.boot import boot


def add_commands(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("send", help="发送到期的营销活动 / send what is due of campaigns")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Send until nothing is due soon, and print what was done."""
    del options
    boot()
    from kehu.flows.engage.campaigns.send_due import send_due

    done = send_due()
    print(
        f"发出 {done.accepted} 条 sent, 跳过 {done.skipped} 条 skipped, 推迟 {done.put_off} 条 put off, 不明 {done.unknown} 条 unknown"
    )
    return 0
