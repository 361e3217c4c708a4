"""Commands that bring data in: import, demo."""

import argparse
import sys
from pathlib import Path
from typing import Any

from kehu.cli.boot import boot


def add_commands(commands: Any) -> None:
    """Register the commands."""
    command = commands.add_parser("import", help="导入文件 / import a file")
    command.add_argument("file", type=Path)
    command.add_argument("--source", required=True)
    command.add_argument("--mapping")
    command.add_argument("--kind", default="customer", choices=("customer", "event", "consent"))
    command.add_argument("--encoding", choices=("utf-8", "gb18030", "utf-16", "big5"))
    command.add_argument("--delimiter", choices=("comma", "tab", "semicolon", "pipe", "caret"))
    command.add_argument("--header-row", type=int)
    command.add_argument("--sheet")
    command.add_argument("--dry-run", action="store_true")
    command.set_defaults(run=run_import)


DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", "caret": "^"}


def reading_of(options: argparse.Namespace) -> Any:
    """Return how the file is to be read; rows are counted as Excel does, 0 is no header."""
    from kehu.collect.files.form import Reading

    row = None if options.header_row is None else max(options.header_row, 0) - 1
    return Reading(options.encoding, DELIMITERS.get(options.delimiter), row, options.sheet)


def run_import(options: argparse.Namespace) -> int:
    """Import a file in this process, to its end; prints the figures."""
    boot()
    from django.db import transaction
    from django.utils import timezone

    from kehu.collect.imports import file_name
    from kehu.collect.models import Import
    from kehu.collect.sources import get_source
    from kehu.flows.imports.run_import import run_import as run
    from kehu.flows.imports.start_import import parse_mapping, start_import
    from kehu.flows.imports.upload_file import upload_file
    from kehu.platform.scope import SYSTEM, acting

    with acting(SYSTEM), transaction.atomic():
        job = start_import(
            upload=upload_file(options.file), source=get_source(options.source), kind=options.kind,
            mapping=parse_mapping(options.mapping), reading=reading_of(options), is_dry_run=options.dry_run, actor_id=None, now=timezone.now(),
        )  # fmt: skip
    run(job.pk)
    with acting(SYSTEM), transaction.atomic():
        done = Import.objects.get(pk=job.pk)
        name = file_name(done)
    print(
        f"{name}: {done.state}, read {done.rows_read}, accepted {done.rows_accepted}, rejected {done.rows_rejected}, "
        f"created {done.customers_created}, updated {done.customers_updated}"
    )
    if done.fault:
        print(done.fault["zh"], file=sys.stderr)
    return 0 if done.state == "succeeded" else 1
