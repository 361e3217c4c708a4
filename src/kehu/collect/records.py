"""Source records: identity by the source's own key, and immutable versions of what the source said.

A version holds the whole state after it and the list of fields that it stated, so that reading needs one row and
taking an import back restores exactly what stood there before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from psycopg.types.json import Jsonb

from kehu.collect.models import Source
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import DataKey, Keyring, keyring
from kehu.platform.db import bulk
from kehu.platform.db.rows import bytea_array, from_json, to_json, uuid_array
from kehu.platform.ids import new_id

Values = dict[str, Any]
PLACE = "collect_record_version.sealed"
_pack = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row of a file (or a form, or an identify call) says, in standard values. A None clears the field."""

    key: str
    values: Mapping[str, Any]
    party: str = "p"
    unit_id: int | None = None
    owner_id: int | None = None
    stated_at: datetime | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record as it is written: the mark of what was said, and the state after it, clear and sealed."""

    id: UUID
    digest: bytes
    values: Values
    plain: Jsonb
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a statement needs to be stored as a new record, and what no row of the database can change.

    Made ahead, while the database is busy; where the record is known already, only its index and the digest count.
    """

    index: bytes
    record_id: UUID
    key: DataKey
    version: Version


@dataclass(slots=True)
class Stored:
    """A record after storing: its whole present state, and whether anything about it is new."""

    id: UUID
    source_id: int
    party: str
    values: Values
    unit_id: int
    owner_id: int | None
    stated_at: datetime
    version_id: UUID
    is_new: bool
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """How rows meet what is known: `existing` is update, skip or fill; `clears_empty` lets an empty cell clear."""

    existing: str = "update"
    clears_empty: bool = False


@dataclass(slots=True)
class StoreResult:
    """Records that changed, in the order of their first row, and how many rows said nothing new."""

    changed: list[Stored] = field(default_factory=list)
    unchanged: int = 0


_KNOWN = """
SELECT r.key_index, r.id, v.id, v.digest, v.plain, v.sealed, v.unit_id, v.owner_id, r.party
FROM collect_record r LEFT JOIN collect_record_version v ON v.id = r.version_id
WHERE r.source_id = %s AND r.key_index = ANY(%s::bytea[]) FOR UPDATE OF r
"""
_CURRENT = """
SELECT r.id, r.source_id, r.party, v.plain, v.sealed, v.unit_id, v.owner_id, v.stated_at, v.id
FROM collect_record r JOIN collect_record_version v ON v.id = r.version_id WHERE r.id = ANY(%s::uuid[])
"""
_RECORD = ("id", "source_id", "key_index", "party", "unit_id", "owner_id", "version_id", "created_at")
_VERSION = (
    "id", "record_id", "previous_id", "import_id", "actor_id", "received_at", "stated_at",
    "unit_id", "owner_id", "digest", "stated", "plain", "sealed",
)  # fmt: skip
_KEY = ("owner_id", "version", "wrapped")


class Store:
    """Stores the statements of one batch; lives for one transaction."""

    def __init__(
        self, *, source: Source, fields: Registry, import_id: UUID | None, actor_id: int | None, now: datetime
    ) -> None:
        self.source, self.fields, self.import_id, self.actor_id, self.now = (
            source,
            fields,
            import_id,
            actor_id,
            now,
        )
        self.ring = keyring()
        self.keys: list[tuple[Any, ...]] = []
        self.records: list[tuple[Any, ...]] = []
        self.versions: list[tuple[Any, ...]] = []
        self.moved: list[tuple[Any, ...]] = []

    def store(
        self,
        statements: Sequence[Statement],
        policy: Policy = Policy(),
        drafts: Sequence[Draft] = (),
    ) -> StoreResult:
        """Write what is new in these statements. The same key twice in a batch makes two versions, in order.

        `drafts` are those of all the statements, made with the keys and the fields that hold now, or none.
        """
        indexes = [d.index for d in drafts] or [
            self.ring.blind(index_kind(self.source.id), s.key) for s in statements
        ]
        known = self._known(dict(zip(indexes, indexes, strict=True)) | self._older(statements))
        result: dict[UUID, Stored] = {}
        unchanged = 0
        for place, (statement, index) in enumerate(zip(statements, indexes, strict=True)):
            stored = self._one(statement, index, known, policy, drafts[place] if drafts else None)
            if stored is None:
                unchanged += 1
                continue
            if (before := result.get(stored.id)) is not None:
                stored.is_new = before.is_new
                stored.stated = tuple(dict.fromkeys((*before.stated, *stored.stated)))
            result[stored.id] = stored
        self._write()
        return StoreResult(list(result.values()), unchanged)

    def _older(self, statements: Sequence[Statement]) -> dict[bytes, bytes]:
        """Return the other living indexes of the keys, each with the one in use; none unless a rotation runs."""
        if not self.ring.is_rotating:
            return {}
        kind = index_kind(self.source.id)
        return {
            old: self.ring.blind(kind, s.key) for s in statements for old in self.ring.blinds(kind, s.key)
        }

    def _known(self, written: Mapping[bytes, bytes]) -> dict[bytes, "_Known"]:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [self.source.id, bytea_array(written)])
            rows = cursor.fetchall()
        data_keys = get_data_keys([row[1] for row in rows]) if rows else {}
        return {
            written[bytes(row[0])]: _Known(row[1], data_keys[row[1]], *row[2:])
            for row in rows
            if row[1] in data_keys
        }

    def _one(
        self,
        statement: Statement,
        index: bytes,
        known: dict[bytes, "_Known"],
        policy: Policy,
        draft: Draft | None,
    ) -> Stored | None:
        old = known.get(index)
        if old is None:
            made = draft or draft_records([statement], self.source, self.ring, self.fields)[0]
            return self._create(statement, made, known)
        digest = draft.version.digest if draft else digest_of(statement, self.ring)
        if old.digest is not None and bytes(old.digest) == digest:
            return None
        before = old.values()
        after, stated = _fold(before, statement.values, policy)
        unit = statement.unit_id or old.unit_id or self.source.unit_id
        owner = statement.owner_id or old.owner_id
        if not stated and (unit, owner) == (old.unit_id, old.owner_id) and old.version_id is not None:
            return None
        return self._follow(old, statement, digest, after, stated, (unit, owner))

    def _create(self, statement: Statement, draft: Draft, known: dict[bytes, "_Known"]) -> Stored:
        record_id, key = draft.record_id, draft.key
        unit = statement.unit_id or self.source.unit_id
        new = _Known(
            record_id, key.clear, None, None, None, None, unit, statement.owner_id, statement.party,
            is_fresh=True, place=len(self.records),
        )  # fmt: skip
        known[draft.index] = new
        self.keys.append((record_id, key.version, key.wrapped))
        self.records.append(
            (record_id, self.source.id, draft.index, statement.party, unit, statement.owner_id, draft.version.id, self.now)
        )  # fmt: skip
        version = draft.version
        return self._add(new, statement, version, tuple(version.values), (unit, statement.owner_id))

    def _follow(
        self, old: "_Known", statement: Statement, digest: bytes, values: Values, stated: tuple[str, ...],
        stands: tuple[int, int | None],
    ) -> Stored:  # fmt: skip
        version = _version(statement.key, digest, values, old.key, self.ring, self.fields)
        if old.place is not None:
            row = self.records[old.place]
            self.records[old.place] = (*row[:4], *stands, version.id, row[7])
        elif not old.is_fresh:
            self.moved.append((old.id, version.id, *stands))
        return self._add(old, statement, version, stated, stands)

    def _add(
        self, old: "_Known", statement: Statement, version: Version, stated: tuple[str, ...],
        stands: tuple[int, int | None],
    ) -> Stored:  # fmt: skip
        stated_at = statement.stated_at or self.now
        self.versions.append(
            (version.id, old.id, old.version_id, self.import_id, self.actor_id, self.now, stated_at,
             *stands, version.digest, to_json(stated), version.plain, version.sealed)
        )  # fmt: skip
        is_new = old.is_fresh and old.version_id is None
        old.version_id, old.digest, old.memory = version.id, version.digest, version.values
        old.unit_id, old.owner_id = stands
        return Stored(
            old.id, self.source.id, old.party, version.values, *stands, stated_at, version.id, is_new, stated
        )  # fmt: skip

    def _write(self) -> None:
        bulk.insert("govern_data_key", _KEY, self.keys)
        bulk.insert("collect_record", _RECORD, self.records)
        bulk.insert("collect_record_version", _VERSION, self.versions)
        latest = {row[0]: row for row in self.moved}
        bulk.update("collect_record", "id", ("version_id", "unit_id", "owner_id"), latest.values())


@dataclass(slots=True)
class _Known:
    id: UUID
    key: bytes
    version_id: UUID | None
    digest: bytes | None
    plain: str | None
    sealed: bytes | None
    unit_id: int | None
    owner_id: int | None
    party: str
    memory: Values | None = None
    is_fresh: bool = False
    place: int | None = None

    def values(self) -> Values:
        """Return the state that the last version left."""
        if self.memory is not None:
            return self.memory
        if self.version_id is None or self.sealed is None:
            return {}
        return join(from_json(self.plain), unseal(self.key, self.sealed, PLACE, self.version_id))


def _fold(before: Values, said: Mapping[str, Any], policy: Policy) -> tuple[Values, tuple[str, ...]]:
    """Lay a statement over the state before it; returns the state after and the fields that changed."""
    if policy.existing == "skip" and before:
        return before, ()
    after, stated = dict(before), []
    for key, value in said.items():
        old = before.get(key)
        if value is None:
            if policy.clears_empty and old is not None:
                del after[key]
                stated.append(key)
        elif value != old and not (policy.existing == "fill" and old is not None):
            after[key] = value
            stated.append(key)
    return after, tuple(stated)


def index_kind(source_id: int) -> str:
    """Return the kind under which the keys of a source's records are indexed."""
    return f"record|{source_id}"


def digest_of(statement: Statement, ring: Keyring) -> bytes:
    """Return the keyed mark of all that a statement says: the same said twice says nothing new."""
    said = (statement.unit_id, statement.owner_id, dict(statement.values))
    return ring.stable("statement", _pack(said))


def draft_records(
    statements: Sequence[Statement], source: Source, ring: Keyring, fields: Registry
) -> list[Draft]:
    """Make everything of new records that needs no database.

    Step by step over all of them: a step that stays in the processor's cache takes four fifths of the time.
    """
    kind = index_kind(source.id)
    indexes = [ring.blind(kind, s.key) for s in statements]
    digests = [digest_of(s, ring) for s in statements]
    ids = [new_id() for _ in statements]
    keys = [ring.new_data_key(record_id) for record_id in ids]
    values = [{k: v for k, v in s.values.items() if v is not None} for s in statements]
    versions = [
        _version(s.key, digest, said, key.clear, ring, fields)
        for s, digest, said, key in zip(statements, digests, values, keys, strict=True)
    ]
    return [Draft(*parts) for parts in zip(indexes, ids, keys, versions, strict=True)]


def _version(
    said_key: str, digest: bytes, values: Values, key: bytes, ring: Keyring, fields: Registry
) -> Version:
    version_id = new_id()
    plain, secret = split(values, fields)
    sealed = seal(ring.suite, key, {"key": said_key, **secret}, PLACE, version_id)
    return Version(version_id, digest, values, to_json(plain), sealed)


def split(values: Mapping[str, Any], fields: Registry) -> tuple[Values, Values]:
    """Part values into what may lie clear and what is sealed; a field the registry does not know is sealed."""
    plain: Values = {}
    secret: Values = {}
    for key, value in values.items():
        spec = fields.get(key)
        (secret if spec is None or spec.is_sealed else plain)[key] = value
    return plain, secret


def join(plain: Values, secret: Values) -> Values:
    """Put the two halves together again, without the record's own key."""
    values = {**plain, **secret}
    values.pop("key", None)
    return values


@dataclass(frozen=True, slots=True)
class Member:
    """The present state of one record, opened: what survivorship and conflict rules look at."""

    record_id: UUID
    source_id: int
    party: str
    values: Values
    unit_id: int
    owner_id: int | None
    stated_at: datetime
    version_id: UUID
    key: str = ""


def get_members(record_ids: Iterable[UUID]) -> dict[UUID, Member]:
    """Open the present versions of records; one whose key was destroyed is left out."""
    wanted = list(record_ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [uuid_array(wanted)])
        rows = cursor.fetchall()
    keys = get_data_keys([row[0] for row in rows])
    members: dict[UUID, Member] = {}
    for record_id, source_id, party, plain, sealed, unit_id, owner_id, stated_at, version_id in rows:
        if record_id not in keys:
            continue
        secret = unseal(keys[record_id], sealed, PLACE, version_id)
        members[record_id] = Member(
            record_id, source_id, party, join(from_json(plain), secret), unit_id, owner_id, stated_at, version_id,
            str(secret.get("key", "")),
        )  # fmt: skip
    return members
