"""Erasing a person: rows first, keys last, and a log outside the database that every restore replays.

Order (each step may run again): records and everything under them, golden record, links, tokens; staged files and
refused rows of the imports that brought him; then the data keys. The log holds keyed digests only.
"""

import hmac
import json
import os
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from kehu.analyze.segments.saved.members import forget_customers
from kehu.collect import imports
from kehu.collect.records import get_members
from kehu.collect.tracking.quarantine import forget
from kehu.engage.campaigns import ledger
from kehu.engage.channels.suppression import forget_addresses
from kehu.engage.interviews import records as interviews
from kehu.engage.recommendations.queries import forget_outcomes
from kehu.engage.surveys.answers import collecting as surveys
from kehu.flows.events.apply_inbox import apply_all
from kehu.flows.imports.end_staging import erase_staging, forget_samples
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.ledger import delete_words
from kehu.govern.sealing.data_keys import destroy_data_keys
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.installation.home import secrets_dir
from kehu.platform.installation.secret_keys import derive
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.profile.golden import remove_customers
from kehu.relate.tasks import opening as tasks
from kehu.resolve.operations import lock_resolution

LOG = "erasures.jsonl"
_RECORDS = "SELECT DISTINCT record_id FROM resolve_link WHERE cluster_id = ANY(%s)"
_CLUSTERS = """
WITH RECURSIVE back AS (
  SELECT id FROM resolve_cluster WHERE id = %s
  UNION SELECT c.id FROM resolve_cluster c JOIN back b ON c.forwarded_to_id = b.id
) SELECT id FROM back
"""
_STAYS = """
SELECT record_id FROM resolve_link WHERE record_id = ANY(%s) AND ended_at IS NULL AND NOT cluster_id = ANY(%s)
"""
_IMPORTS = """
SELECT i.id, i.state FROM collect_import i WHERE i.id IN (
  SELECT import_id FROM collect_record_version WHERE record_id = ANY(%(r)s) AND import_id IS NOT NULL
  UNION SELECT import_id FROM collect_event WHERE record_id = ANY(%(r)s) AND import_id IS NOT NULL)
"""
_DELETE = (
    "DELETE FROM collect_event WHERE record_id = ANY(%s)",
    "DELETE FROM resolve_review WHERE record_id = ANY(%s)",
    "DELETE FROM resolve_identifier WHERE record_id = ANY(%s)",
    "DELETE FROM resolve_link WHERE record_id = ANY(%s)",
    "DELETE FROM collect_record_version WHERE record_id = ANY(%s)",
    "DELETE FROM collect_record WHERE id = ANY(%s)",
)


class ImportRuns(Conflict):
    """An import that holds this person's rows is running; erasing would leave some behind."""

    code = "import_runs"


def erase_customer(*, customer_id: UUID, reason: str, actor: Actor, now: datetime) -> int:
    """Erase a customer of the actor's scope. Returns how many records went. Raises ImportRuns or CustomerNotFound."""
    actor.require("customer.erase")
    if not reason.strip():
        raise Invalid(Text("写明删除的依据。", "Give the ground for erasing."))
    get_dossier(customer_id, fields=registry())
    audit.record(
        action="customer.erase", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        reason=reason, request_id=actor.request_id,
    )  # fmt: skip
    with acting(SYSTEM):
        return _erase(customer_id, now)


def _erase(customer_id: UUID, now: datetime) -> int:
    apply_all(now=now)  # what waits in the inbox may be his
    lock_resolution()
    with connection.cursor() as cursor:
        cursor.execute(_CLUSTERS, [customer_id])
        clusters = [row[0] for row in cursor.fetchall()]
        cursor.execute(_RECORDS, [clusters])
        records = [row[0] for row in cursor.fetchall()]
        cursor.execute(_STAYS, [records, clusters])
        stays = {row[0] for row in cursor.fetchall()}
        records = [r for r in records if r not in stays]
        staged = _staged(records, now)
        forget_samples([*map(str, clusters), *_names(clusters)])
        marks = _marks(records)
        forget(marks)
        forget_addresses([one for one in marks if "@" in one])
        delete_words(clusters)
        forget_customers(clusters)
        ledger.forget_customers(clusters)
        surveys.forget(clusters)
        interviews.forget(clusters)
        tasks.forget(clusters)
        forget_outcomes(clusters)
        for statement in _DELETE:
            cursor.execute(statement, [records])
        remove_customers(clusters)
        cursor.execute("DELETE FROM resolve_link WHERE cluster_id = ANY(%s)", [clusters])
        cursor.execute("DELETE FROM resolve_review WHERE cluster_id = ANY(%s)", [clusters])
        cursor.execute("UPDATE resolve_cluster SET forwarded_to_id = NULL WHERE id = ANY(%s)", [clusters])
        cursor.execute("DELETE FROM resolve_cluster WHERE id = ANY(%s)", [clusters])
        destroy_data_keys([*records, *clusters, *staged])
    _log(clusters, records, now)
    return len(records)


MARKS = ("user_id", "anonymous_id", "mobile", "mobile_2", "email", "resident_id")


def _marks(records: list[UUID]) -> set[str]:
    """Return the values by which an event that was put away names this person."""
    members = get_members(records).values()
    return {str(m.values[key]) for m in members for key in MARKS if m.values.get(key)}


def _names(clusters: list[UUID]) -> list[str]:
    """Return the names under which trials may have shown this person."""
    with connection.cursor() as db:
        db.execute("SELECT name FROM profile_customer WHERE id = ANY(%s) AND name <> ''", [clusters])
        return [row[0] for row in db.fetchall()]


def _staged(records: list[UUID], now: datetime) -> list[UUID]:
    """Remove the uploaded files and refused rows of the imports that brought these records; returns the imports."""
    with connection.cursor() as db:
        db.execute(_IMPORTS, {"r": records})
        found = db.fetchall()
        if any(state in {"queued", "running"} for _, state in found):
            raise ImportRuns(
                Text("正在进行的导入里有这位客户，等导入结束后再删除。", "An import that holds this customer is running. Erase when it has ended.")
            )  # fmt: skip
        ids = [row[0] for row in found]
    erase_staging(ids, now=now)
    transaction.on_commit(partial(_unlink, ids))
    return ids


def _unlink(ids: list[UUID]) -> None:
    for one in ids:
        imports.path_of(one).unlink(missing_ok=True)


def digest(identity: UUID) -> str:
    """Return what the log keeps of an id: keyed, so that the log tells nobody anything."""
    return hmac.digest(derive("erasure"), identity.bytes, "sha256").hex()


def log_path() -> Path:
    """Return where the log lies: beside the root key, since it must outlive a restored database."""
    return secrets_dir() / LOG


def _log(clusters: list[UUID], records: list[UUID], now: datetime) -> None:
    line: dict[str, Any] = {"at": now.isoformat(), "ids": [digest(i) for i in (*clusters, *records)]}
    with connection.cursor() as cursor:
        values: list[Any] = [bytes.fromhex(line["ids"][0]), Jsonb(line["ids"]), now]
        cursor.execute(
            "INSERT INTO govern_erasure (subject_digest, owner_ids_digest, erased_at) VALUES (%s, %s, %s)",
            values,
        )
    transaction.on_commit(partial(append_log, line))


def append_log(line: dict[str, Any]) -> None:
    """Append one line to the log, durably."""
    handle = os.open(log_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as out:
        out.write(json.dumps(line) + "\n")
        out.flush()
        os.fsync(out.fileno())


def replay_erasures(lines: Iterable[str], *, now: datetime) -> int:
    """Erase again whoever the log names, in a database that was restored from before. Returns how many customers."""
    gone = {mark for line in lines if line.strip() for mark in json.loads(line)["ids"]}
    count = 0
    with acting(SYSTEM), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, id FROM resolve_cluster UNION ALL SELECT record_id, cluster_id FROM resolve_link"
            )
            clusters = {cluster for identity, cluster in cursor.fetchall() if digest(identity) in gone}
        for cluster in sorted(clusters):
            _erase(cluster, now)
            count += 1
    return count
