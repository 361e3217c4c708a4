"""Taking an import's versions back: each record stands again as before it, but for fields that somebody stated since."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from kehu.collect.records import PLACE, Values, join, split
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db import bulk
from kehu.platform.db.rows import from_json
from kehu.platform.ids import new_id

_TOUCHED = """
SELECT DISTINCT v.record_id FROM collect_record_version v WHERE v.import_id = %s AND v.reverted_at IS NULL
"""
_STACKS = """
SELECT v.record_id, v.id, v.import_id, v.stated, v.plain, v.sealed, v.unit_id, v.owner_id, v.stated_at, v.digest, r.source_id
FROM collect_record_version v JOIN collect_record r ON r.id = v.record_id
WHERE v.record_id = ANY(%s) AND v.reverted_at IS NULL ORDER BY v.record_id, v.received_at, v.id
"""
_VERSION = (
    "id", "record_id", "previous_id", "import_id", "actor_id", "received_at", "stated_at",
    "unit_id", "owner_id", "digest", "stated", "plain", "sealed",
)  # fmt: skip


@dataclass(slots=True)
class Version:
    """A version as it lies in the table, opened."""

    id: UUID
    import_id: UUID | None
    stated: tuple[str, ...]
    values: Values
    key: str
    unit_id: int
    owner_id: int | None
    stated_at: datetime
    digest: bytes


@dataclass(slots=True)
class Taken:
    """What taking back did: records that say nothing any more, records that stand otherwise, values kept and restored."""

    withdrawn: list[UUID] = field(default_factory=list)
    restored: list[UUID] = field(default_factory=list)
    values_restored: int = 0
    values_kept: int = 0


def touched_records(import_id: UUID) -> list[UUID]:
    """Return the records of which an import stated a version that still counts."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [import_id])
        return [row[0] for row in cursor.fetchall()]


def refold(stack: list[Version], gone: UUID) -> tuple[Values, int, int]:
    """Lay the versions of a record again without those of one import; returns the state, values restored, values kept.

    A field that a later version stated keeps that value; the others are as they were before the import.
    """
    state: Values = {}
    before: Values = {}
    touched: set[str] = set()
    later: set[str] = set()
    for version in stack:
        if version.import_id == gone:
            touched.update(version.stated)
            later -= set(version.stated)
        else:
            later |= touched & set(version.stated)
            for key in version.stated:
                if key in version.values:
                    state[key] = version.values[key]
                else:
                    state.pop(key, None)
        before = version.values
    restored = sum(1 for key in touched - later if before.get(key) != state.get(key))
    return state, restored, len(later)


class Reverting:
    """Takes an import back from a batch of records; lives for one transaction."""

    def __init__(self, *, import_id: UUID, fields: Registry, actor_id: int | None, now: datetime) -> None:
        self.import_id, self.fields, self.actor_id, self.now = import_id, fields, actor_id, now
        self.ring = keyring()
        self.taken = Taken()
        self.versions: list[tuple[Any, ...]] = []
        self.moved: list[tuple[Any, ...]] = []

    def take_back(self, records: list[UUID]) -> Taken:
        """Set the import's versions aside and restore what stood before them."""
        keys = get_data_keys(records)
        for record, stack in self._stacks(records, keys).items():
            self._one(record, stack, keys[record])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE collect_record_version SET reverted_at = %s WHERE import_id = %s AND record_id = ANY(%s)",
                [self.now, self.import_id, records],
            )
        bulk.insert("collect_record_version", _VERSION, self.versions)
        bulk.update("collect_record", "id", ("version_id", "unit_id", "owner_id"), self.moved)
        return self.taken

    def _stacks(self, records: list[UUID], keys: dict[UUID, bytes]) -> dict[UUID, list[Version]]:
        with connection.cursor() as cursor:
            cursor.execute(_STACKS, [records])
            rows = cursor.fetchall()
        stacks: dict[UUID, list[Version]] = {}
        for record, version_id, import_id, stated, plain, sealed, unit, owner, stated_at, digest, _ in rows:
            if record in keys:
                secret = unseal(keys[record], sealed, PLACE, version_id)
                stacks.setdefault(record, []).append(
                    Version(
                        version_id,
                        import_id,
                        tuple(from_json(stated)),
                        join(from_json(plain), secret),
                        str(secret.get("key", "")),
                        unit,
                        owner,
                        stated_at,
                        bytes(digest),
                    )
                )
        return stacks

    def _one(self, record: UUID, stack: list[Version], key: bytes) -> None:
        remaining = [v for v in stack if v.import_id != self.import_id]
        last = stack[-1]
        state, restored, kept = refold(stack, self.import_id)
        self.taken.values_kept += kept
        if not remaining:
            self.taken.withdrawn.append(record)
            self.moved.append((record, None, last.unit_id, last.owner_id))
            return
        self.taken.values_restored += restored
        self.taken.restored.append(record)
        top = remaining[-1]
        if last.import_id == self.import_id and top.values == state:
            self.moved.append((record, top.id, top.unit_id, top.owner_id))
            return
        self._write(record, top, state, key)

    def _write(self, record: UUID, top: Version, state: Values, key: bytes) -> None:
        """Write a version that restores what none of the remaining ones holds as a whole."""
        version_id = new_id()
        plain, secret = split(state, self.fields)
        sealed = seal(self.ring.suite, key, {"key": top.key, **secret}, PLACE, version_id)
        changed = sorted(k for k in state.keys() | top.values.keys() if state.get(k) != top.values.get(k))
        self.versions.append(
            (version_id, record, top.id, None, self.actor_id, self.now, top.stated_at, top.unit_id, top.owner_id,
             b"\x00" * 16, Jsonb(changed), Jsonb(plain), sealed)
        )  # fmt: skip
        self.moved.append((record, version_id, top.unit_id, top.owner_id))
