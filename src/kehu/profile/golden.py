"""Writing golden records: computed from the members of each cluster, compared with what stands, written in bulk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from kehu.collect.models import Source
from kehu.collect.records import Member, Values, join, split
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.blobs import seal, unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.govern.sealing.keyring import DataKey, Keyring, keyring
from kehu.platform.db import bulk
from kehu.platform.db.rows import from_json, to_json, uuid_array
from kehu.platform.ids import new_id
from kehu.profile.lists.tokens import sort_key, tokens_of
from kehu.profile.survivorship import Golden, SourceTrust, golden
from kehu.resolve.operations import Cause
from kehu.standardize.persons.pinyin import initials

PLACE = "profile_customer.sealed"
_KEY = ("owner_id", "version", "wrapped")
_FORGET_TOKENS = "DELETE FROM profile_search_token WHERE customer_id = ANY(%s::uuid[])"
_CUSTOMER = (
    "id", "party", "unit_id", "unit_set_id", "owner_id", "name", "sort_key", "initials",
    "is_identified", "record_count", "completeness", "plain", "sealed", "updated_at",
)  # fmt: skip
_CHANGE = ("id", "customer_id", "changed_at", "kind", "import_id", "source_id", "actor_id", "fields")
_TOKEN = ("token", "sort_key", "customer_id")
_THREE = b"\0\3"
_STANDING = """
SELECT id, plain, sealed, unit_id, unit_set_id, owner_id, record_count, sort_key
FROM profile_customer WHERE id = ANY(%s::uuid[]) FOR UPDATE
"""


@dataclass(slots=True)
class RebuildResult:
    """Ids of customers by what happened to them."""

    created: list[UUID] = field(default_factory=list)
    updated: list[UUID] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)


def get_trusts() -> dict[int, SourceTrust]:
    """Return the trust of every source."""
    return {s.id: SourceTrust(s.trust, s.kind == "manual") for s in Source.objects.all()}


@dataclass(frozen=True, slots=True)
class Draft:
    """A golden record as it is written, all but what stands in the database: its set of units, the time, the key's row."""

    golden: Golden
    key: DataKey
    name: str
    sort_key: str
    initials: str
    is_identified: bool
    plain: Jsonb
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Founder:
    """A record that may found a customer of its own, and the customer as he would then be; drafted ahead."""

    customer_id: UUID
    version_id: UUID
    customer: Draft
    tokens: tuple[bytes, ...]


def draft_customers(
    goldens: Mapping[UUID, Golden], keys: Iterable[DataKey], fields: Registry, ring: Keyring
) -> list[Draft]:
    """Make everything of golden records that needs no database.

    Step by step over all of them: a step that stays in the processor's cache takes four fifths of the time.
    """
    names = [str(made.values.get("name") or "") for made in goldens.values()]
    orders = [sort_key(name) for name in names]
    shorts = [initials(name)[:64] for name in names]
    known = [is_identified(made.values, fields) for made in goldens.values()]
    halves = [split(made.values, fields) for made in goldens.values()]
    keys = list(keys)
    sealed = [
        seal(ring.suite, key.clear, secret, PLACE, customer_id)
        for customer_id, key, (_, secret) in zip(goldens, keys, halves, strict=True)
    ]
    plain = [to_json(clear) for clear, _ in halves]
    rows = zip(goldens.values(), keys, names, orders, shorts, known, plain, sealed, strict=True)
    return [Draft(*row) for row in rows]


def draft_founders(members: Mapping[UUID, Member], fields: Registry, ring: Keyring) -> list[Founder]:
    """Draft the customers that records alone make, by the ids that they would have."""
    goldens = {customer_id: golden([member], fields, {}) for customer_id, member in members.items()}
    keys = [ring.new_data_key(customer_id) for customer_id in members]
    drafts = draft_customers(goldens, keys, fields, ring)
    found = [tokens_of(made.values, ring) for made in goldens.values()]
    tokens = [
        tuple(_packed(tokens, customer_id, draft.sort_key))
        for tokens, customer_id, draft in zip(found, members, drafts, strict=True)
    ]
    versions = [member.version_id for member in members.values()]
    return [Founder(*parts) for parts in zip(members, versions, drafts, tokens, strict=True)]


def _packed(tokens: Iterable[str], cluster: UUID, key: str) -> list[bytes]:
    """Return rows of the search index, ready for `insert_packed`."""
    behind = bulk.pack(key.encode(), cluster.bytes)
    return [_THREE + bulk.pack(token.encode()) + behind for token in tokens]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a rebuild does to one customer: his golden values before (None: he is new) and after."""

    customer_id: UUID
    before: Values | None
    after: Golden
    fields: tuple[str, ...]


Observer = Callable[[Comparison], None]


@dataclass(slots=True)
class _Standing:
    values: Values
    key: bytes
    unit_id: int
    unit_set_id: int | None
    owner_id: int | None
    record_count: int
    sort_key: str


class Rebuild:
    """Rebuilds the customers of one batch; lives for one transaction."""

    def __init__(
        self,
        *,
        fields: Registry,
        cause: Cause,
        source_id: int | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.fields, self.cause, self.source_id, self.observer = fields, cause, source_id, observer
        self.ring = keyring()
        self.trusts = get_trusts()
        self.keys: list[tuple[Any, ...]] = []
        self.new: list[tuple[Any, ...]] = []
        self.changed: list[tuple[Any, ...]] = []
        self.changes: list[tuple[Any, ...]] = []
        self.tokens: list[bytes] = []
        self.retoken: list[UUID] = []

    def rebuild(
        self, clusters: Mapping[UUID, Sequence[Member]], founders: Mapping[UUID, Founder] | None = None
    ) -> RebuildResult:
        """Write the golden record of each cluster; one without members loses its customer.

        `founders` are drafts of clusters that may be new; one holds where its record is still all that the cluster has.
        """
        result = RebuildResult(removed=[c for c, members in clusters.items() if not members])
        standing = self._standing(clusters)
        drafted = {
            c: founder
            for c, founder in (founders or {}).items()
            if len(found := clusters.get(c, ())) == 1 and found[0].version_id == founder.version_id
        }
        goldens = {
            c: drafted[c].customer.golden if c in drafted else golden(m, self.fields, self.trusts)
            for c, m in clusters.items()
            if m
        }
        sets = _unit_sets(g.unit_ids for g in goldens.values())
        for cluster, made in goldens.items():
            set_id = sets.get(made.unit_ids)
            before = standing.get(cluster)
            if before is None:
                self._create(cluster, made, set_id, len(clusters[cluster]), drafted.get(cluster))
                result.created.append(cluster)
            elif self._update(cluster, made, set_id, len(clusters[cluster]), before):
                result.updated.append(cluster)
        self._write()
        remove_customers(result.removed)
        return result

    def _standing(self, clusters: Iterable[UUID]) -> dict[UUID, _Standing]:
        with connection.cursor() as cursor:
            cursor.execute(_STANDING, [uuid_array(clusters)])
            rows = cursor.fetchall()
        if not rows:
            return {}
        keys = get_data_keys([row[0] for row in rows])
        return {
            row[0]: _Standing(
                join(from_json(row[1]), unseal(keys[row[0]], row[2], PLACE, row[0])), keys[row[0]], *row[3:]
            )
            for row in rows
        }

    def _row(self, cluster: UUID, draft: Draft, set_id: int | None, count: int) -> tuple[Any, ...]:
        made = draft.golden
        return (
            cluster, made.party, made.unit_id, set_id, made.owner_id, draft.name, draft.sort_key, draft.initials,
            draft.is_identified, count, made.completeness, draft.plain, draft.sealed, self.cause.now,
        )  # fmt: skip

    def _create(
        self, cluster: UUID, made: Golden, set_id: int | None, count: int, founder: Founder | None
    ) -> None:
        if founder is None:
            key = self.ring.new_data_key(cluster)
            [draft] = draft_customers({cluster: made}, [key], self.fields, self.ring)
            tokens: Iterable[bytes] = _packed(tokens_of(made.values, self.ring), cluster, draft.sort_key)
        else:
            draft, tokens = founder.customer, founder.tokens
        self.keys.append((cluster, draft.key.version, draft.key.wrapped))
        self.new.append((*self._row(cluster, draft, set_id, count), self.cause.now))
        self._note(cluster, "created", ())
        self._show(cluster, None, made, tuple(made.values))
        self.tokens.extend(tokens)

    def _update(self, cluster: UUID, made: Golden, set_id: int | None, count: int, before: _Standing) -> bool:
        keys = made.values.keys() | before.values.keys()
        fields = sorted(k for k in keys if made.values.get(k) != before.values.get(k))
        stands = (made.unit_id, set_id, made.owner_id, count)
        if not fields and stands == (
            before.unit_id,
            before.unit_set_id,
            before.owner_id,
            before.record_count,
        ):
            return False
        key = DataKey(before.key, 0, b"")
        [draft] = draft_customers({cluster: made}, [key], self.fields, self.ring)
        self.changed.append(self._row(cluster, draft, set_id, count))
        self._note(cluster, "updated" if fields else "joined", fields)
        self._show(cluster, before.values, made, tuple(fields))
        tokens = tokens_of(made.values, self.ring)
        if draft.sort_key != before.sort_key or tokens != tokens_of(before.values, self.ring):
            self.retoken.append(cluster)
            self.tokens.extend(_packed(tokens, cluster, draft.sort_key))
        return True

    def _show(self, cluster: UUID, before: Values | None, made: Golden, fields: tuple[str, ...]) -> None:
        if self.observer is not None:
            self.observer(Comparison(cluster, before, made, fields))

    def _note(self, cluster: UUID, kind: str, fields: Sequence[str]) -> None:
        cause = self.cause
        self.changes.append(
            (
                new_id(),
                cluster,
                cause.now,
                kind,
                cause.import_id,
                self.source_id,
                cause.author_id,
                to_json(fields),
            )
        )

    def _write(self) -> None:
        bulk.insert("govern_data_key", _KEY, self.keys)
        bulk.insert("profile_customer", (*_CUSTOMER, "created_at"), self.new)
        bulk.update("profile_customer", "id", _CUSTOMER[1:], self.changed)
        bulk.insert("profile_change", _CHANGE, self.changes)
        if self.retoken:
            with connection.cursor() as cursor:
                cursor.execute(_FORGET_TOKENS, [uuid_array(self.retoken)])
        if self.tokens:
            bulk.insert_packed("profile_search_token", _TOKEN, self.tokens)


def remove_customers(ids: Sequence[UUID]) -> None:
    """Delete golden records with all that hangs on them, and their keys."""
    if not ids:
        return
    with connection.cursor() as cursor:
        for table in ("profile_search_token", "profile_change"):
            cursor.execute(f"DELETE FROM {table} WHERE customer_id = ANY(%s)", [list(ids)])
        cursor.execute("DELETE FROM profile_customer WHERE id = ANY(%s)", [list(ids)])
        cursor.execute("DELETE FROM govern_data_key WHERE owner_id = ANY(%s)", [list(ids)])


def is_identified(values: Values, fields: Registry) -> bool:
    """Whether anything but an anonymous id is known: only such customers are listed."""
    return bool(values.get("name")) or any(
        (spec := fields.get(key)) is not None and spec.identifier not in {"", "anonymous_id"}
        for key in values
    )


_INTERN = """
WITH wanted AS (SELECT DISTINCT string_to_array(v, ',')::int[] AS unit_ids FROM unnest(%s::text[]) AS v),
made AS (INSERT INTO govern_unit_set (unit_ids) SELECT unit_ids FROM wanted ON CONFLICT DO NOTHING RETURNING id, unit_ids)
SELECT id, unit_ids FROM made UNION SELECT s.id, s.unit_ids FROM govern_unit_set s JOIN wanted USING (unit_ids)
"""


def _unit_sets(wanted: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """Return the number of each set of more than one unit, made where it is new."""
    sets = {units for units in wanted if len(units) > 1}
    if not sets:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_INTERN, [[",".join(map(str, units)) for units in sets]])
        return {tuple(units): number for number, units in cursor.fetchall()}
