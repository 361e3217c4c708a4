"""The command `kehu bench`: benchmarks lie beside the package in a checkout, and each runs on a home of its own.

A benchmark is a module `bench_<name>.py`: `database(options)` names its database, `run(options)` returns figures.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import kehu
from kehu.platform.errors import NotFound
from kehu.platform.installation.home import home
from kehu.platform.text import Text

CHECKOUT = Path(kehu.__file__).resolve().parents[2]
PREFIX = "bench_"


class BenchNotFound(NotFound):
    """No benchmark of this name, or no checkout that has them."""

    code = "bench_not_found"


def add_commands(commands: Any) -> None:
    """Register `bench`."""
    command = commands.add_parser("bench", help="性能基准 / benchmarks")
    command.add_argument("name", help="、".join(names()) or "-")
    command.add_argument("--json", action="store_true", help="以 JSON 输出 / print JSON")
    command.add_argument("--customers", type=int, help="客户数 / how many customers")
    command.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="分析引擎 / the engine that reads the lake",
    )
    command.set_defaults(run=run_bench)


def names() -> list[str]:
    """Return the benchmarks that this checkout has."""
    return sorted(path.stem.removeprefix(PREFIX) for path in (CHECKOUT / "bench").glob(f"{PREFIX}*.py"))


def run_bench(options: argparse.Namespace) -> int:
    """Run one benchmark and print its figures. Raises BenchNotFound."""
    known = names()
    if not known:
        text = f"目录 {CHECKOUT} 下没有 bench。基准测试在源码目录里运行。"
        raise BenchNotFound(
            Text(text, f"There is no bench in {CHECKOUT}. Benchmarks run from a checkout of the source.")
        )
    if options.name not in known:
        listed = "、".join(known)
        raise BenchNotFound(
            Text(f"没有这个基准。可用：{listed}。", f"No such benchmark. There are: {listed}.")
        )
    sys.path.insert(0, str(CHECKOUT))
    bench, figures = import_module(f"bench.{PREFIX}{options.name}"), import_module("bench.figures")
    move(bench.database(options))
    found = bench.run(options)
    print(figures.told(options.name, found, figures.machine()) if options.json else figures.shown(found))
    return 0


def move(database: str) -> None:
    """Let nothing of the benchmark touch the installation: another home, and on an own server another database."""
    os.environ["KEHU_HOME"] = str(home() / "bench")
    url = os.environ.get("KEHU_DATABASE_URL", "").strip()
    if url:
        os.environ["KEHU_DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
    else:
        os.environ["KEHU_DATABASE_NAME"] = database
