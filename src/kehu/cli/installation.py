"""Commands of whoever runs the installation: migrate, worker."""

import argparse
from typing import Any

from kehu.cli.boot import boot

Commands = Any


def add_commands(commands: Commands) -> None:
    """Register the commands."""
    migrate = commands.add_parser("migrate", help="建库、升级表结构 / make the database ready")
    migrate.set_defaults(run=run_migrate)
    worker = commands.add_parser("worker", help="只运行后台任务 / run the background worker alone")
    worker.set_defaults(run=run_worker)


def run_migrate(options: argparse.Namespace) -> int:
    """Bootstrap roles where allowed, migrate and write what every installation begins with."""
    del options
    boot(is_migrated=False)
    _migrate()
    return 0


def _migrate() -> None:
    from django.utils import timezone

    from kehu.flows.upkeep.prepare import prepare
    from kehu.govern.invariants import require_safe_catalog
    from kehu.platform.installation.home import uploads_dir
    from kehu.platform.postgres.address import connection_parameters
    from kehu.platform.postgres.bootstrap import bootstrap
    from kehu.platform.postgres.server import ensure

    bootstrap(connection_parameters("postgres"), ensure().dbname)
    prepare(now=timezone.now())
    require_safe_catalog()
    uploads_dir()


def migrate_if_needed() -> None:
    """Make a new home ready; one whose schema is complete is left as it is."""
    from django.db import OperationalError, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connections["owner"])
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError:
        is_behind = True
    if is_behind:
        _migrate()


def run_worker(options: argparse.Namespace) -> int:
    """Run background jobs until told to stop."""
    del options
    boot(is_migrated=False)
    from kehu.cli.worker import work

    return work()
