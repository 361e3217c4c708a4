"""The demo bank: generated files, brought in by the same path that a user has, and scored against the truth."""

import argparse
import shutil
import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from kehu.cli.boot import boot


def add_commands(commands: Any) -> None:
    """Register `demo`; the packs that offer one are found by their entry point."""
    command = commands.add_parser("demo", help="演示数据 / demo data")
    command.add_argument("name", choices=sorted(point.name for point in entry_points(group="kehu.demos")))
    command.add_argument("--customers", type=int, default=20_000)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--keep", type=Path, help="保留生成的文件 / keep the files here")
    command.add_argument(
        "--if-empty", action="store_true", help="已有客户时不载入 / do nothing where there are customers"
    )
    command.set_defaults(run=run_demo)


def run_demo(options: argparse.Namespace) -> int:
    """Generate and load a demo; prints the figures, precision and recall, and the sign-ins."""
    boot()
    point = next(p for p in entry_points(group="kehu.demos") if p.name == options.name)
    demo = point.load()
    if not (options.if_empty and _has_customers()):
        _load(demo, options)
    print("\n".join(demo.sign_ins()), flush=True)
    return 0


def _load(demo: Any, options: argparse.Namespace) -> None:
    from django.utils import timezone

    from kehu.analyze.mirror.sync import sync

    folder = options.keep or Path(tempfile.mkdtemp(prefix="kehu-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        demo.load(folder, customers=options.customers, seed=options.seed, now=timezone.now(), tell=_tell)
        sync(now=timezone.now())
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def _tell(text: str) -> None:
    print(text, flush=True)


def _has_customers() -> bool:
    """Whether this home holds customers already."""
    from django.db import transaction

    from kehu.platform.scope import SYSTEM, acting
    from kehu.profile.models import Customer

    with acting(SYSTEM), transaction.atomic():
        return Customer.objects.exists()
