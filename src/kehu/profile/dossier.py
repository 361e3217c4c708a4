"""One customer whole: his records, the golden record computed from them, and who else said what. As of now or of any moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.collect.records import PLACE, Member, join
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.blobs import unseal
from kehu.govern.sealing.data_keys import get_data_keys
from kehu.platform.db.rows import from_json
from kehu.platform.errors import NotFound
from kehu.platform.text import Text
from kehu.profile.golden import get_trusts
from kehu.profile.history import day_of, get_history
from kehu.profile.queries import get_names
from kehu.profile.survivorship import Golden, SourceTrust, golden, rank

_HEAD = """
SELECT c.id, c.party, c.name, c.unit_id, c.owner_id, c.created_at, c.updated_at, u.name, o.name
FROM profile_customer c JOIN govern_unit u ON u.id = c.unit_id LEFT JOIN govern_user o ON o.id = c.owner_id
WHERE c.id = %s
"""
_FORWARD = "SELECT living_id FROM resolve_cluster WHERE id = %s AND retired_at IS NOT NULL"
_NOW = """
SELECT r.id, r.source_id, r.party, v.plain, v.sealed, v.unit_id, v.owner_id, v.stated_at, v.id, v.received_at,
  l.reason, l.evidence, l.author_id, l.linked_at, v.import_id, v.actor_id
FROM resolve_link l JOIN collect_record r ON r.id = l.record_id JOIN collect_record_version v ON v.id = r.version_id
WHERE l.cluster_id = %s AND l.ended_at IS NULL ORDER BY l.linked_at, r.id
"""
_AS_OF = """
SELECT r.id, r.source_id, r.party, v.plain, v.sealed, v.unit_id, v.owner_id, v.stated_at, v.id, v.received_at,
  l.reason, l.evidence, l.author_id, l.linked_at, v.import_id, v.actor_id
FROM resolve_link l JOIN collect_record r ON r.id = l.record_id
CROSS JOIN LATERAL (
  SELECT * FROM collect_record_version v WHERE v.record_id = r.id AND v.received_at <= %(at)s
    AND (v.reverted_at IS NULL OR v.reverted_at > %(at)s) ORDER BY v.received_at DESC, v.id DESC LIMIT 1
) v
WHERE l.cluster_id = %(id)s AND l.linked_at <= %(at)s AND (l.ended_at IS NULL OR l.ended_at > %(at)s)
ORDER BY l.linked_at, r.id
"""


class CustomerNotFound(NotFound):
    """No such customer within the open scope."""

    code = "customer_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text("没有这位客户，或者不在您的可见范围。", "There is no such customer within what you can see.")
        )


class CustomerNotKnownThen(NotFound):
    """The customer is known, and was not at the time that is asked about; told only to who sees him today."""

    code = "customer_not_known_then"

    def __init__(self, asked: datetime, first: datetime | None) -> None:
        day = day_of(asked)
        zh, en = f"{day} 没有这位客户的记录", f"There is no record of this customer as of {day}"
        if first is not None and asked < first:
            since = day_of(first)
            zh, en = f"{day} 还没有这位客户的记录，最早的在 {since}", f"{en}; the first one came on {since}"
        super().__init__(Text(f"{zh}。", f"{en}."))


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A source record of the customer, opened, with how it came to belong to him."""

    member: Member
    received_at: datetime
    reason: str
    evidence: tuple[str, ...]
    author_id: int | None
    linked_at: datetime
    import_id: UUID | None
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A customer and everything that his golden record stands on."""

    id: UUID
    party: str
    name: str
    unit_id: int
    unit_name: str
    owner_id: int | None
    owner_name: str | None
    created_at: datetime
    updated_at: datetime
    records: tuple[LinkedRecord, ...]
    golden: Golden
    trusts: dict[int, SourceTrust]

    def candidates(self, key: str) -> list[LinkedRecord]:
        """Return the records that say something of a field, best ranked first."""
        saying = [r for r in self.records if r.member.values.get(key) is not None]
        return sorted(saying, key=lambda r: rank(r.member, self.trusts), reverse=True)


def get_dossier(customer_id: UUID, *, fields: Registry, as_of: datetime | None = None) -> Dossier:
    """Return a customer of the open scope. Raises CustomerNotFound, or CustomerNotKnownThen for a time without records of him.

    As of a time, everything is of then but the rules and the trust of sources, which are today's.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [customer_id])
        head = cursor.fetchone()
        if head is None:
            raise CustomerNotFound
        if as_of is None:
            cursor.execute(_NOW, [customer_id])
        else:
            cursor.execute(_AS_OF, {"id": customer_id, "at": as_of})
        records = _open(cursor.fetchall())
    if not records:
        if as_of is None:
            raise CustomerNotFound
        history = get_history(customer_id)
        raise CustomerNotKnownThen(as_of, history.known_since if history else None)
    trusts = get_trusts()
    made = golden([r.member for r in records], fields, trusts)
    now = Dossier(
        id=head[0], party=head[1], name=str(made.values.get("name") or ""), unit_id=head[3], unit_name=head[7],
        owner_id=head[4], owner_name=head[8], created_at=head[5], updated_at=head[6],
        records=tuple(records), golden=made, trusts=trusts,
    )  # fmt: skip
    return now if as_of is None else _as_it_stood(now)


def _as_it_stood(found: Dossier) -> Dossier:
    """Return a dossier with the unit, the owner and the time of change that its records of then give."""
    made = found.golden
    units = get_names("govern_unit", [made.unit_id])
    owners = get_names("govern_user", [made.owner_id]) if made.owner_id else {}
    return replace(
        found, party=made.party, unit_id=made.unit_id, unit_name=units.get(made.unit_id, ""), owner_id=made.owner_id,
        owner_name=owners.get(made.owner_id) if made.owner_id else None,
        updated_at=max(max(r.received_at, r.linked_at) for r in found.records),
    )  # fmt: skip


def _open(rows: list[Any]) -> list[LinkedRecord]:
    keys = get_data_keys([row[0] for row in rows])
    found = []
    for row in rows:
        if row[0] not in keys:
            continue
        secret = unseal(keys[row[0]], row[4], PLACE, row[8])
        member = Member(
            row[0], row[1], row[2], join(from_json(row[3]), secret), row[5], row[6], row[7], row[8],
            str(secret.get("key", "")),
        )  # fmt: skip
        evidence = tuple(from_json(row[11]) or ())
        found.append(LinkedRecord(member, row[9], row[10], evidence, row[12], row[13], row[14], row[15]))
    return found


def get_forward(customer_id: UUID) -> UUID | None:
    """Return the living customer that a retired id forwards to, following chains, within the open scope."""
    seen: set[UUID] = set()
    current, found = customer_id, None
    with connection.cursor() as cursor:
        while current not in seen:
            seen.add(current)
            cursor.execute(_FORWARD, [current])
            row = cursor.fetchone()
            if row is None or row[0] is None:
                break
            current = found = row[0]
    return found
