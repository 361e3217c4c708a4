"""Restoring a backup: loaded beside what stands, its keys tried, erasures replayed, and only then put in its place.

Whatever fails before the last step leaves the standing database as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.segments import Segment
from kehu.analyze.models.traits import Trait
from kehu.engage.models.campaigns import Campaign
from kehu.flows.erase_customer import replay_erasures
from kehu.flows.upkeep.prepare import prepare
from kehu.govern import audit
from kehu.govern.invariants import require_safe_catalog
from kehu.govern.sealing.keyring import forget, load
from kehu.govern.sealing.rotation import Tell
from kehu.govern.trail import anchors
from kehu.platform.db.transactions import CURRENT_TRANSACTION, take_over
from kehu.platform.errors import Conflict
from kehu.platform.postgres import dumps
from kehu.platform.postgres.address import ADMINISTRATOR, connection_parameters
from kehu.platform.postgres.bootstrap import bootstrap
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

_HAS_DATA = "SELECT EXISTS (SELECT FROM collect_record) OR EXISTS (SELECT FROM govern_user)"
_FAIL_IMPORTS = """
UPDATE collect_import SET state = 'failed', wish = '', finished_at = %s, fault = %s WHERE state IN ('queued', 'running')
"""
_INTERRUPTED = {
    "code": "restored",
    "zh": "数据已从备份恢复，这次导入没有做完，请重新导入。",
    "en": "The data was restored from a backup before this import ended. Import the file again.",
}
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


class HomeHasData(Conflict):
    """There are customers or users already; a restore would replace them."""

    code = "home_has_data"


@dataclass(frozen=True, slots=True)
class Restored:
    """How many customers were erased again."""

    erased: int


def restore(dump: Path, *, erasures: Iterable[str], is_forced: bool, now: datetime, tell: Tell) -> Restored:
    """Put a dump in the place of this installation's database. The root key of this process must be the dump's.

    Raises HomeHasData unless forced, DumpFailed for a dump that does not load, SealBroken for another root key.
    """
    administrator = {**connection_parameters(ADMINISTRATOR), "dbname": "postgres", "autocommit": True}
    dbname = str(connections["default"].settings_dict["NAME"])
    beside = f"{dbname}_restoring"
    if not is_forced and has_data(administrator, dbname):
        raise HomeHasData(
            Text("这里已有数据，恢复会全部替换。确认后加 --force。", "There is data here, and all of it would be replaced. Add --force if that is meant.")
        )  # fmt: skip
    _drop(administrator, beside)
    try:
        tell(Text("载入备份", "loading the dump"))
        bootstrap(administrator, beside)
        dumps.load(connection_parameters(ADMINISTRATOR), beside, dump)
        _point(beside)
        done = _make_ready(erasures, now, tell)
        connections.close_all()
        _swap(administrator, dbname, beside)
    finally:
        _point(dbname)
        _drop(administrator, beside)
    anchors.set_aside(now)
    return done


def has_data(administrator: dict[str, Any], dbname: str) -> bool:
    """Whether a database of this name holds customers or users."""
    try:
        with psycopg.connect(**{**administrator, "dbname": dbname}) as there:
            row = there.execute(_HAS_DATA).fetchone()
            return bool(row and row[0])
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return False


def _make_ready(erasures: Iterable[str], now: datetime, tell: Tell) -> Restored:
    """Try the keys, bring the schema up to date, end what was under way, and erase again whoever was erased since."""
    load()
    prepare(now=now)
    require_safe_catalog()
    failed: list[Any] = [now, Jsonb(_INTERRUPTED)]
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FAIL_IMPORTS, failed)
        _follow_this_server()
    tell(Text("重放删除记录", "replaying erasures"))
    erased = replay_erasures(erasures, now=now)
    with transaction.atomic():
        audit.record(action="backup.restore", actor_id=None, now=now, details={"erased": erased})
    return Restored(erased)


def _follow_this_server() -> None:
    """What follows transactions by their number follows this server's, where the backup came from another.

    What was computed up to a number of the other is computed anew; a campaign on an event goes on with what comes.
    """
    take_over()
    for kept in (Segment, Trait, AnalysisModel):
        kept.objects.filter(watermark__gt=CURRENT_TRANSACTION).update(watermark=0)
    on_event = Campaign.objects.filter(schedule__kind="on_event", watermark__gt=CURRENT_TRANSACTION)
    on_event.update(watermark=CURRENT_TRANSACTION + 1)


def _point(dbname: str) -> None:
    """Let every connection of this process go to a database."""
    connections.close_all()
    forget()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = dbname


def _swap(administrator: dict[str, Any], dbname: str, beside: str) -> None:
    old = f"{dbname}_before_restore"
    _drop(administrator, old)
    with psycopg.connect(**administrator) as server:
        is_there = (
            server.execute("SELECT FROM pg_database WHERE datname = %s", [dbname]).fetchone() is not None
        )
        for name in (dbname, beside):
            server.execute(_END, [name])
        with server.transaction():
            if is_there:
                server.execute(_rename(dbname, old))
            server.execute(_rename(beside, dbname))
    _drop(administrator, old)


def _rename(name: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))


def _drop(administrator: dict[str, Any], name: str) -> None:
    with psycopg.connect(**administrator) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
