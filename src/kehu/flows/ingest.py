"""The map of the product: how what a source says becomes part of one trusted customer.

collect (store versions, sealed) → resolve (who is it) → profile (the golden record), in one transaction a batch,
under the system's own scope. Whoever reads this page knows how a customer's data travels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kehu.collect.models import Source
from kehu.collect.records import Draft, Member, Policy, Statement, Store, Stored, draft_records
from kehu.flows.consent.project import project
from kehu.govern.fields.registry import Registry, registry
from kehu.govern.sealing.keyring import Keyring, keyring
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.golden import Founder, Observer, Rebuild, RebuildResult, draft_founders
from kehu.resolve import operations as resolve
from kehu.resolve.kinds import Kinds, get_kinds
from kehu.resolve.rules import Decision, Joining, NewCluster, Resolver, Subject


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one batch did."""

    records: list[Stored]
    unchanged: int
    profiles: RebuildResult
    decision: Decision


@dataclass(frozen=True, slots=True)
class Basis:
    """What drafts rest on: the keys, the fields and the rules of matching."""

    ring: Keyring
    fields: Registry
    kinds: Kinds

    def still_holds(self, now: "Basis") -> bool:
        """Whether what was drafted on this basis may be written on the one of now."""
        return self.ring is now.ring and self.fields is now.fields and self.kinds == now.kinds


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a batch needs if all its records are new, made without the database; `people` are by the version they rest on."""

    basis: Basis
    records: list[Draft] = field(default_factory=list)
    people: dict[UUID, tuple[Subject, Founder]] = field(default_factory=dict)


def get_basis() -> Basis:
    """Return what drafts rest on now."""
    return Basis(keyring(), registry(), get_kinds())


def draft(statements: Sequence[Statement], *, source: Source, basis: Basis, now: datetime) -> Drafts:
    """Draft a batch as if each statement were a new record that founds a customer. Needs no database."""
    records = draft_records(statements, source, basis.ring, basis.fields)
    members = {new_id(): _drafted_member(s, r, source, now) for s, r in zip(statements, records, strict=True)}
    subjects = [_subject_of(member, basis, None) for member in members.values()]
    founders = draft_founders(members, basis.fields, basis.ring)
    for subject, founder in zip(subjects, founders, strict=True):
        subject.founds = founder.customer_id
    people = {f.version_id: (s, f) for s, f in zip(subjects, founders, strict=True)}
    return Drafts(basis, records, people)


def _drafted_member(statement: Statement, record: Draft, source: Source, now: datetime) -> Member:
    unit = statement.unit_id or source.unit_id
    version, at = record.version, statement.stated_at or now
    return Member(
        record.record_id, source.id, statement.party, version.values, unit, statement.owner_id, at, version.id
    )


def ingest(
    statements: Sequence[Statement],
    *,
    source: Source,
    policy: Policy = Policy(),  # noqa: B008 (frozen)
    import_id: UUID | None = None,
    actor_id: int | None = None,
    now: datetime,
    into: UUID | None = None,
    observer: Observer | None = None,
    drafts: Drafts | None = None,
) -> Ingested:
    """Take the statements of one batch all the way. All of it happens, or nothing.

    `into` names the customer that a person's correction belongs to; `observer` is told what happens to each customer;
    `drafts` are those of the statements, and are left alone when what they rest on has changed since.
    """
    with acting(SYSTEM), transaction.atomic():
        basis = get_basis()
        ready = drafts if drafts is not None and drafts.basis.still_holds(basis) else Drafts(basis)
        resolve.lock_resolution()
        store = Store(source=source, fields=basis.fields, import_id=import_id, actor_id=actor_id, now=now)
        stored = store.store(statements, policy, ready.records)
        cause = resolve.Cause(import_id, actor_id, now)
        decision, members = _resolve(stored.changed, ready, cause, into)
        founders = {founder.customer_id: founder for _, founder in ready.people.values()}
        profiles = Rebuild(fields=basis.fields, cause=cause, source_id=source.id, observer=observer).rebuild(
            members, founders
        )
        project({decision.place[m.record_id] for m in decision.mergings}, now)
    return Ingested(stored.changed, stored.unchanged, profiles, decision)


def _resolve(
    records: Sequence[Stored], ready: Drafts, cause: resolve.Cause, into: UUID | None
) -> tuple[Decision, dict[UUID, list[Member]]]:
    """Decide where each record belongs and write it; returns the members of every cluster that was touched."""
    basis = ready.basis
    fresh = [member_of(record) for record in records]
    homes = resolve.get_clusters_of([r.id for r in records if not r.is_new])
    strays = [] if into is None else [r.id for r in records if r.id not in homes]
    homes.update(dict.fromkeys(strays, into) if into is not None else {})
    subjects = [_drafted(m, ready) or _subject_of(m, basis, homes.get(m.record_id)) for m in fresh]
    hood = resolve.get_neighbourhood(
        subjects, fields=basis.fields, kinds=basis.kinds, leave_out=[m.record_id for m in fresh]
    )
    resolver = Resolver(hood.candidates, NewCluster())
    decision = resolver.decide(subjects)
    decision.joinings.extend(Joining(stray, decision.place[stray], ("manual",)) for stray in strays)
    resolve.write_decision(decision, subjects, cause=cause)
    touched: dict[UUID, list[Member]] = {}
    for member in fresh:
        touched.setdefault(decision.place[member.record_id], []).append(member)
    for cluster, others in hood.members.items():
        living = resolver.living(cluster)
        if living != cluster:
            touched.setdefault(cluster, [])
        if living in touched and others:
            touched[living].extend(others)
    return decision, touched


def _drafted(member: Member, ready: Drafts) -> Subject | None:
    """Return the subject that was drafted, if the record is as it was drafted: new, and said once in its batch."""
    found = ready.people.get(member.version_id)
    if found is None:
        return None
    subject, _ = found
    subject.stated_at = member.stated_at
    return subject


def _subject_of(member: Member, basis: Basis, cluster: UUID | None) -> Subject:
    return resolve.subject_of(member, basis.fields, basis.kinds, basis.ring, cluster)


def member_of(record: Stored) -> Member:
    """Return a stored record as survivorship sees it."""
    return Member(
        record.id, record.source_id, record.party, record.values, record.unit_id, record.owner_id,
        record.stated_at, record.version_id,
    )  # fmt: skip
