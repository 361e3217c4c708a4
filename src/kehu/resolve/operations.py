"""Writing what the rule decided: clusters, links, identifiers, reviews. One resolver runs at a time, by an advisory lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.collect.records import Member, Values, get_members
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.keyring import Keyring, keyring
from kehu.platform.db import bulk
from kehu.platform.db.rows import bytea_array, to_json, uuid_array
from kehu.platform.ids import new_id
from kehu.resolve.kinds import SHARED_BY_TOO_MANY, Kinds
from kehu.resolve.rules import Candidate, Decision, Joining, Sign, Subject
from kehu.standardize.numbers.resident_id import birth_date_of

LOCK = 0x6B656875
_IDENTIFIER = ("record_id", "kind", "value", "cluster_id", "seen_at")
_LINK = ("id", "record_id", "cluster_id", "reason", "evidence", "author_id", "import_id", "linked_at")
_REVIEW = ("id", "record_id", "cluster_id", "reason", "evidence", "state", "import_id", "opened_at")

_HOLDERS = """
SELECT i.value, i.kind, array_agg(DISTINCT i.cluster_id)
FROM resolve_identifier i JOIN unnest(%s::bytea[], %s::smallint[]) AS w(value, kind) USING (value, kind)
GROUP BY 1, 2
"""
_RECORDS_OF = """
SELECT l.cluster_id, l.record_id FROM resolve_link l WHERE l.cluster_id = ANY(%s::uuid[]) AND l.ended_at IS NULL
"""
_CLUSTERS_OF = (
    "SELECT record_id, cluster_id FROM resolve_link WHERE record_id = ANY(%s::uuid[]) AND ended_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why this is written: by which import or which person, and when."""

    import_id: UUID | None
    author_id: int | None
    now: datetime


def lock_resolution() -> None:
    """Wait until no other transaction resolves; released at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def signs_of(values: Values, fields: Registry, kinds: Kinds, ring: Keyring) -> tuple[Sign, ...]:
    """Return the identifiers among a record's values, strongest first; blocked values are none."""
    signs = []
    for key, value in values.items():
        spec = fields.get(key)
        if spec is None or not spec.identifier or not isinstance(value, str):
            continue
        kind = kinds.by_key.get(spec.identifier)
        if kind is not None and not kinds.is_blocked(kind.key, value):
            index = ring.blind(kind.key, value)
            sought = tuple(ring.blinds(kind.key, value)) if ring.is_rotating else (index,)
            signs.append(Sign(kind, index, sought))
    signs.sort(key=lambda s: s.kind.priority)
    return tuple(signs)


def birth_date(values: Values) -> str:
    """Return the birth date that counts: the one inside the ID number, where there is one."""
    resident_id = values.get("resident_id")
    if isinstance(resident_id, str):
        return birth_date_of(resident_id)
    return str(values.get("birth_date") or "")


def subject_of(
    member: Member, fields: Registry, kinds: Kinds, ring: Keyring, cluster: UUID | None
) -> Subject:
    """Return a record as the rule looks at it."""
    return Subject(
        record_id=member.record_id,
        source_id=member.source_id,
        party=member.party,
        signs=signs_of(member.values, fields, kinds, ring),
        name=str(member.values.get("name") or ""),
        birth_date=birth_date(member.values),
        cluster=cluster,
        stated_at=member.stated_at,
    )


@dataclass(slots=True)
class Neighbourhood:
    """The clusters that a batch may touch, with their records opened."""

    candidates: dict[UUID, Candidate]
    members: dict[UUID, list[Member]]


def get_clusters_of(record_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the living cluster of each record that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_CLUSTERS_OF, [uuid_array(record_ids)])
        return dict(cursor.fetchall())


def get_neighbourhood(
    subjects: Sequence[Subject], *, fields: Registry, kinds: Kinds, leave_out: Iterable[UUID]
) -> Neighbourhood:
    """Open every cluster that shares an identifier with a subject or holds one; `leave_out` are records read already."""
    ring = keyring()
    wanted = {subject.cluster for subject in subjects if subject.cluster is not None}
    keys = {(value, sign.kind.id) for subject in subjects for sign in subject.signs for value in sign.sought}
    with connection.cursor() as cursor:
        if keys:
            cursor.execute(_HOLDERS, [bytea_array(k[0] for k in keys), [k[1] for k in keys]])
            for _, _, clusters in cursor.fetchall():
                if len(clusters) <= SHARED_BY_TOO_MANY:
                    wanted.update(clusters)
        cursor.execute(_RECORDS_OF, [uuid_array(wanted)])
        pairs = cursor.fetchall()
    skip = set(leave_out)
    opened = get_members(record for _, record in pairs if record not in skip)
    hood = Neighbourhood({}, {cluster: [] for cluster in wanted})
    for cluster, record in pairs:
        member = opened.get(record)
        if member is None:
            continue
        hood.members[cluster].append(member)
        candidate = hood.candidates.setdefault(cluster, Candidate(cluster, member.party))
        candidate.take(subject_of(member, fields, kinds, ring, cluster))
    for subject in subjects:
        if subject.cluster is not None:
            hood.candidates.setdefault(subject.cluster, Candidate(subject.cluster, subject.party))
    return hood


def write_decision(decision: Decision, subjects: Sequence[Subject], *, cause: Cause) -> None:
    """Write clusters, links, identifiers and reviews of one batch."""
    bulk.insert(
        "resolve_cluster",
        ("id", "created_at"),
        [(j.cluster_id, cause.now) for j in decision.joinings if j.is_first],
    )
    bulk.insert("resolve_link", _LINK, [_link(decision, j, cause) for j in decision.joinings])
    _write_mergings(decision, cause)
    rows = [
        (s.record_id, sign.kind.id, sign.value, decision.place[s.record_id], cause.now)
        for s in subjects
        for sign in s.signs
    ]
    _replace_identifiers(subjects, rows)
    bulk.insert(
        "resolve_review",
        _REVIEW,
        [
            (
                new_id(),
                d.record_id,
                d.cluster_id,
                d.reason,
                to_json(d.evidence),
                "open",
                cause.import_id,
                cause.now,
            )
            for d in decision.doubts
        ],
        conflict="ON CONFLICT DO NOTHING",
    )


def _link(decision: Decision, joining: Joining, cause: Cause) -> tuple[object, ...]:
    cluster = decision.place.get(joining.record_id, joining.cluster_id)
    reason = "first" if joining.is_first and cluster == joining.cluster_id else "identifier"
    return (
        new_id(), joining.record_id, cluster, reason, to_json(joining.evidence),
        cause.author_id, cause.import_id, cause.now,
    )  # fmt: skip


def _replace_identifiers(subjects: Sequence[Subject], rows: Sequence[tuple[object, ...]]) -> None:
    old = [s.record_id for s in subjects if s.cluster is not None]
    if old:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM resolve_identifier WHERE record_id = ANY(%s::uuid[])", [uuid_array(old)]
            )
    bulk.insert("resolve_identifier", _IDENTIFIER, rows, conflict="ON CONFLICT DO NOTHING")


_MOVE = """
WITH ended AS (
  UPDATE resolve_link SET ended_at = %(now)s WHERE cluster_id = %(gone)s AND ended_at IS NULL RETURNING record_id
)
INSERT INTO resolve_link (id, record_id, cluster_id, reason, evidence, author_id, import_id, linked_at)
SELECT gen_random_uuid(), record_id, %(kept)s, 'merged', %(evidence)s, %(author)s, %(import)s, %(now)s FROM ended
"""


def _write_mergings(decision: Decision, cause: Cause) -> None:
    for merging in decision.mergings:
        merge_clusters(merging.kept, merging.gone, evidence=merging.evidence, cause=cause)


def merge_clusters(kept: UUID, gone: UUID, *, evidence: Sequence[str], cause: Cause) -> None:
    """Move all records of one cluster to another; the retired id forwards for ever."""
    values: dict[str, Any] = {
        "now": cause.now, "gone": gone, "kept": kept, "evidence": to_json(evidence),
        "author": cause.author_id, "import": cause.import_id,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, values)
        cursor.execute(
            "UPDATE resolve_identifier SET cluster_id = %(kept)s WHERE cluster_id = %(gone)s", values
        )
        cursor.execute(
            "UPDATE resolve_cluster SET retired_at = %(now)s, forwarded_to_id = %(kept)s WHERE id = %(gone)s",
            values,
        )
        cursor.execute(
            "UPDATE resolve_cluster SET living_id = %(kept)s WHERE id = %(gone)s OR living_id = %(gone)s",
            values,
        )
