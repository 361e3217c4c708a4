"""A bank to measure in: a database of its own, units, owners, readers, and files that go the way of every import."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psycopg
from bench.crowd import OWNERS, REGIONS, UNITS, Files, owner_email, unit_code, write_files, write_transactions
from django.db import connections, transaction
from django.utils import timezone
from psycopg import sql

from kehu.collect.models import Import, Source
from kehu.collect.sources import create_source
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.flows.upkeep.prepare import prepare
from kehu.govern import operations
from kehu.govern.fields.packs import add_pack_fields
from kehu.govern.models.access import Unit, User, UserRole
from kehu.packs.banking import pack
from kehu.packs.banking.demo.loading import mapping_of
from kehu.packs.banking.mappings import FILES
from kehu.platform.installation.home import home
from kehu.platform.postgres.address import connection_parameters
from kehu.platform.postgres.bootstrap import bootstrap
from kehu.platform.postgres.server import ensure
from kehu.platform.scope import SYSTEM, acting

NO_SIGN_IN = "!"


class Imported(NamedTuple):
    """What an import did, and the seconds from the file on disk to the last commit."""

    rows: int
    customers: int
    seconds: float


def drop_database() -> None:
    """Remove the benchmark's database."""
    connections.close_all()
    name = ensure().dbname
    with psycopg.connect(
        **{**connection_parameters("postgres"), "dbname": "postgres"}, autocommit=True
    ) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def make_database() -> None:
    """Make and migrate it, with units, owners and sources, where they are missing."""
    bootstrap(connection_parameters("postgres"), ensure().dbname)
    prepare(now=timezone.now())
    if Source.objects.filter(key="core").exists():
        return
    with acting(SYSTEM), transaction.atomic():
        _make_units()
        _make_owners()
        add_pack_fields(pack.FIELDS, origin="banking", now=timezone.now())
        for key, trust in (("core", 80), ("cards", 60)):
            create_source(
                key=key, name=key, kind="file", trust=trust, unit=operations.get_unit(None), actor_id=None,
                now=timezone.now(),
            )  # fmt: skip


def _make_units() -> None:
    now = timezone.now()
    regions = [
        operations.create_unit(code=f"r{n:02d}", name=f"分行{n}", parent=None, actor_id=None, now=now)
        for n in range(REGIONS)
    ]
    for n in range(UNITS - REGIONS - 1):
        operations.create_unit(
            code=unit_code(n), name=f"支行{n}", parent=regions[n % REGIONS], actor_id=None, now=now
        )


def _make_owners() -> None:
    now, units = timezone.now(), dict(Unit.objects.values_list("code", "id"))
    users = User.objects.bulk_create(
        User(
            email=owner_email(n),
            name=f"经理{n}",
            password=NO_SIGN_IN,
            unit_id=units[unit_code(n % (UNITS - REGIONS - 1))],
            created_at=now,
        )
        for n in range(OWNERS)
    )
    UserRole.objects.bulk_create(
        UserRole(user=user, role_id="relationship_manager", unit_id=user.unit_id, since=now) for user in users
    )


def fill(customers: int) -> None:
    """Import a crowd by the product's own path, unless an earlier run did; one that was cut short goes on where it stood."""
    make_database()
    with acting(SYSTEM), transaction.atomic():
        started = dict(Import.objects.values_list("source__key", "id"))
        done = set(Import.objects.filter(state="succeeded").values_list("source__key", flat=True))
    if done == set(Files._fields):
        return
    with crowd_files(customers) as files:
        for source, path in files._asdict().items():
            if source in started:
                run_import(started[source])
            else:
                bring_in(path, source)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_events() -> None:
    """Import the transactions of the busiest customers, unless an earlier run did."""
    with acting(SYSTEM), transaction.atomic():
        if Import.objects.filter(kind="event", state="succeeded").exists():
            return
    with TemporaryDirectory(dir=home(), prefix="files-") as folder:
        path = Path(folder, "transactions.csv")
        write_transactions(path)
        bring_in(path, "core", "transactions")


def bring_in(path: Path, source: str, name: str = "") -> Imported:
    """Import one file to its end; `name` is that of its mapping, where it is not the source's."""
    mapping = FILES[name or source]
    begin = time.perf_counter()
    with acting(SYSTEM), transaction.atomic():
        job = start_import(
            upload=upload_file(path), source=Source.objects.get(key=source), mapping=mapping_of(mapping),
            kind="event" if mapping.holds == "events" else "customer", actor_id=None, now=timezone.now(),
        )  # fmt: skip
    run_import(job.pk)
    seconds = time.perf_counter() - begin
    with acting(SYSTEM), transaction.atomic():
        done = Import.objects.get(pk=job.pk)
    if done.state != "succeeded":
        raise RuntimeError(done.fault)
    return Imported(done.rows_read, done.customers_created, seconds)


@contextmanager
def crowd_files(customers: int) -> Iterator[Files]:
    """Write the files of so many customers into a folder that is removed afterwards."""
    with TemporaryDirectory(dir=home(), prefix="files-") as folder:
        yield write_files(Path(folder), customers)


def database_size() -> int:
    """Return the size of the database in bytes."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
