"""Rotating keys while everybody works: data keys are wrapped anew, blind indexes are computed again, nothing is missed.

A run that was killed is gone on with by the next one: what is left shows in the rows themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kehu.collect.records import PLACE as RECORD
from kehu.collect.records import join
from kehu.govern.fields.registry import Registry, registry
from kehu.govern.sealing import rotation
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import Keyring, keyring
from kehu.govern.sealing.rotation import Purpose, Tell, Versions
from kehu.platform.db import bulk
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.golden import PLACE as GOLDEN
from kehu.profile.lists.tokens import tail_tokens
from kehu.resolve.blocked import Blocklist
from kehu.resolve.kinds import Kinds, get_kinds
from kehu.resolve.operations import lock_resolution, signs_of

PURPOSES: tuple[Purpose, ...] = ("wrap", "index", "staging")
BATCH = 500
FIRST = UUID(int=0)
_RECORDS = """
SELECT r.id, r.source_id, r.key_index, v.id, v.plain, v.sealed
FROM (SELECT * FROM collect_record WHERE id > %s ORDER BY id LIMIT %s) r
CROSS JOIN LATERAL (
  SELECT id, plain, sealed FROM collect_record_version WHERE record_id = r.id
  ORDER BY (id = r.version_id) DESC NULLS LAST, id DESC LIMIT 1
) v ORDER BY r.id
"""
_IDENTIFIERS = "SELECT record_id, kind, value FROM resolve_identifier WHERE record_id = ANY(%s)"
_CUSTOMERS = """
SELECT id, plain, sealed, sort_key FROM profile_customer WHERE id > %s ORDER BY id LIMIT %s
"""
_TAILS = "SELECT customer_id, token FROM profile_search_token WHERE customer_id = ANY(%s) AND token ^@ '#'"


def rotate(what: Purpose, *, now: datetime, tell: Tell) -> None:
    """Rotate one purpose to its end. Raises KeysNotRetired when something stays under the old key."""
    versions = rotation.begin(what, now=now)
    tell(Text(f"{what}：启用第 {versions.target} 版密钥", f"{what}: key version {versions.target}"))
    if what == "wrap":
        rotation.rewrap(versions, tell)
        left = rotation.count_wrapped(versions)
    elif what == "staging":
        rotation.settle(tell)
        rotation.restage(versions, tell)
        left = rotation.count_staged(versions)
    else:
        left = _index_all(versions, now, tell)
    rotation.retire(what, versions, left=left, now=now)
    tell(Text(f"{what}：旧密钥已停用", f"{what}: the old key is retired"))


def _index_all(versions: Versions, now: datetime, tell: Tell) -> int:
    """Compute every blind index anew, in passes, until one finds nothing to change; returns what cannot be changed."""
    if not versions.is_active:
        rotation.settle(tell)
        rotation.activate("index", now=now)
    rotation.settle(tell)
    while True:
        changed, left = _index_once(versions, tell)
        if not changed:
            return left


def _index_once(versions: Versions, tell: Tell) -> tuple[int, int]:
    changed = left = seen = 0
    for step in (_index_records, _index_customers):
        last: UUID | None = FIRST
        while last is not None:
            with acting(SYSTEM), transaction.atomic():
                lock_resolution()
                last, count, batch_changed, batch_left = step(last, versions)
            seen, changed, left = seen + count, changed + batch_changed, left + batch_left
            tell(
                Text(
                    f"重建检索索引：已检查 {seen}，已更新 {changed}",
                    f"blind indexes: {seen} checked, {changed} renewed",
                )
            )
    return changed, left


def _index_records(after: UUID, versions: Versions) -> tuple[UUID | None, int, int, int]:
    """Renew the key index and the identifiers of one batch of records; returns where it ended and its figures."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, [after, BATCH])
        rows = cursor.fetchall()
    if not rows:
        return None, 0, 0, 0
    ring, kinds, fields = (
        keyring().under(versions.target),
        replace(get_kinds(), blocked=Blocklist()),
        registry(),
    )
    keys = get_data_keys([row[0] for row in rows])
    stale_keys: list[tuple[UUID, bytes]] = []
    renewed: dict[tuple[UUID, int, bytes], bytes] = {}
    for record, source, index, version, plain, sealed in rows:
        if record not in keys:
            continue
        secret = unseal(keys[record], sealed, RECORD, version)
        key_index = ring.blind(f"record|{source}", str(secret.get("key")))
        if bytes(index) != key_index:
            stale_keys.append((record, key_index))
        values = join(from_json(plain), secret)
        for old, new in _signs(values, versions, ring, fields, kinds):
            renewed[record, *old] = new
    bulk.update("collect_record", "id", ("key_index",), stale_keys)
    changed, left = _renew_identifiers([row[0] for row in rows], renewed)
    return rows[-1][0], len(rows), len(stale_keys) + changed, left


def _signs(
    values: dict[str, Any], versions: Versions, ring: Keyring, fields: Registry, kinds: Kinds
) -> Iterator[tuple[tuple[int, bytes], bytes]]:
    """Yield each identifier of a record as it is under every living version, with what it is to become."""
    wanted = signs_of(values, fields, kinds, ring)
    for version in (*versions.older, versions.target):
        for old, new in zip(signs_of(values, fields, kinds, ring.under(version)), wanted, strict=True):
            yield (old.kind.id, old.value), new.value


def _renew_identifiers(
    records: Sequence[UUID], renewed: dict[tuple[UUID, int, bytes], bytes]
) -> tuple[int, int]:
    """Put the new value in the place of each old one; returns how many, and how many no value of their record explains."""
    with connection.cursor() as cursor:
        cursor.execute(_IDENTIFIERS, [list(records)])
        present = [(record, kind, bytes(value)) for record, kind, value in cursor.fetchall()]
        stale = [(*row, renewed[row]) for row in present if row in renewed and renewed[row] != row[2]]
        if stale:
            columns: list[list[Any]] = [list(column) for column in zip(*stale, strict=True)]
            cursor.execute(_REPLACE, columns)
    return len(stale), sum(row not in renewed for row in present)


_REPLACE = """
WITH w AS (SELECT * FROM unnest(%s::uuid[], %s::smallint[], %s::bytea[], %s::bytea[]) AS t(record_id, kind, value, renewed)),
gone AS (
  DELETE FROM resolve_identifier i USING w WHERE (i.record_id, i.kind, i.value) = (w.record_id, w.kind, w.value)
  RETURNING i.record_id, i.kind, w.renewed, i.cluster_id, i.seen_at
)
INSERT INTO resolve_identifier (record_id, kind, value, cluster_id, seen_at) SELECT * FROM gone ON CONFLICT DO NOTHING
"""


def _index_customers(after: UUID, versions: Versions) -> tuple[UUID | None, int, int, int]:
    """Renew the tail tokens of one batch of customers; returns where it ended and its figures."""
    with connection.cursor() as cursor:
        cursor.execute(_CUSTOMERS, [after, BATCH])
        rows = cursor.fetchall()
        ids = [row[0] for row in rows]
        cursor.execute(_TAILS, [ids])
        present: dict[UUID, set[str]] = {}
        for customer, token in cursor.fetchall():
            present.setdefault(customer, set()).add(token)
    if not rows:
        return None, 0, 0, 0
    ring, keys = keyring().under(versions.target), get_data_keys(ids)
    stale: list[tuple[UUID, str]] = []
    missing: list[tuple[str, str, UUID]] = []
    for customer, plain, sealed, sort_key in rows:
        if customer in keys:
            values = join(from_json(plain), unseal(keys[customer], sealed, GOLDEN, customer))
            wanted, there = tail_tokens(values, ring), present.get(customer, set())
            stale += [(customer, token) for token in there - wanted]
            missing += [(token, sort_key, customer) for token in wanted - there]
    if stale:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM profile_search_token t USING unnest(%s::uuid[], %s::text[]) AS w(customer_id, token) "
                "WHERE t.customer_id = w.customer_id AND t.token = w.token",
                [[c for c, _ in stale], [t for _, t in stale]],
            )
    bulk.insert("profile_search_token", ("token", "sort_key", "customer_id"), missing)
    return ids[-1], len(ids), len(stale) + len(missing), 0
