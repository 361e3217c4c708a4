"""Commands for the lake: have it and the segments follow the database now, compare the two, start a small Spark cluster."""

import argparse
import signal
from contextlib import suppress
from typing import Any

from kehu.cli.boot import boot


def add_commands(commands: Any) -> None:
    """Register the commands."""
    command = commands.add_parser("lake", help="分析数据湖 / the lake of data for analysis")
    command.add_argument("action", choices=("sync", "verify", "cluster"))
    command.add_argument("--workers", type=int, default=2, choices=range(1, 65), metavar="N")
    command.set_defaults(run=run)
    traits = commands.add_parser("traits", help="指标与模型 / computed traits and models")
    traits.add_argument("action", choices=("refresh",))
    traits.add_argument("--full", action="store_true", help="全部重算 / compute all of them anew")
    traits.set_defaults(run=refresh_traits)


def run(options: argparse.Namespace) -> int:
    """Sync the lake and print what was done; compare it with the database, exit status 1 where they differ; or serve Spark."""
    if options.action == "cluster":
        return _cluster(options.workers)
    boot()
    return {"sync": _sync, "verify": _verify}[options.action]()


def _sync() -> int:
    from django.utils import timezone

    from kehu.analyze.mirror.sync import sync
    from kehu.analyze.segments.saved.following import refresh

    done = sync(now=timezone.now())
    refresh(now=timezone.now())
    for one in done:
        print(
            f"{one.dataset}: 写入 {one.written} 行 written, 去掉 {one.gone} 行 gone, 新文件 {one.files} 个 new files"
        )
    if not done:
        print("另一个进程正在同步。 Another process is at it.")
    return 0


def _cluster(workers: int) -> int:
    """Run a Spark master and workers on loopback until Ctrl-C."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from kehu.platform.lake.cluster import standalone

    with (
        TemporaryDirectory(prefix="kehu-spark-") as folder,
        standalone(Path(folder), workers=workers) as address,
    ):
        print(f"KEHU_ENGINE={address}", flush=True)
        with suppress(KeyboardInterrupt):
            signal.pause()
    return 0


def _verify() -> int:
    from kehu.analyze.mirror.verify import verify

    found = verify()
    for one in found:
        print(
            f"{one.dataset}: {'一致 the same' if not one.faults else '不一致 differs'}, {one.rows} 行 rows, {one.files} 个文件 files"
        )
        for fault in one.faults:
            print(f"  {fault.zh} {fault.en}")
    return 1 if any(one.faults for one in found) else 0


def refresh_traits(options: argparse.Namespace) -> int:
    """Bring computed traits and models up to date, or compute all anew, and print what was done."""
    boot()
    from django.utils import timezone

    from kehu.analyze.traits.refreshing import refresh as bring_up
    from kehu.flows.analyze.models.refresh import refresh_models

    done = bring_up(now=timezone.now(), is_full=options.full)
    print(
        f"整体计算 {done.traits} 个指标 traits computed for all, {done.customers} 位客户更新 customers touched, "
        f"{done.changed} 个值变化 values changed"
    )
    models = refresh_models(now=timezone.now(), is_full=options.full)
    print(f"计算 {models.models} 个模型 models computed, {models.changed} 个值变化 values changed")
    return 0
