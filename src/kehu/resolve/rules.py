"""The deterministic rule, pure: which cluster a record joins, which clusters a record brings together, what a steward must see.

A record joins the customer with whom it shares an identifier that is strong enough, unless the two contradict each
other: another ID number of the same kind, or another birth date. Then it stays apart and waits for a steward. A
device that several people use never makes them one, and no customer gets more values of a kind than its limit.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kehu.resolve.holdings import Holdings
from kehu.resolve.kinds import Kind
from kehu.standardize.persons.names import fold_name
from kehu.standardize.persons.pinyin import pinyin_key

DOCUMENTS = frozenset({"resident_id", "uscc"})
DEVICES = frozenset({"anonymous_id"})
ACCOUNT = "user_id"
OVER_LIMIT = "over_limit"


@dataclass(frozen=True, slots=True)
class Sign:
    """An identifier of a record: its kind, and its value as a blind index.

    `sought` is the value under every living index key, while a rotation leaves others in the tables.
    """

    kind: Kind
    value: bytes
    sought: tuple[bytes, ...] = field(default=(), compare=False)


@dataclass(slots=True)
class Subject:
    """A record that asks where it belongs. `cluster` is where it is now, if anywhere; `founds` the id of the one it would found."""

    record_id: UUID
    source_id: int
    party: str
    signs: tuple[Sign, ...]
    name: str
    birth_date: str
    cluster: UUID | None = None
    stated_at: datetime | None = None
    founds: UUID | None = None


@dataclass(slots=True)
class Candidate:
    """A cluster as the rule sees it: what its records say."""

    id: UUID
    party: str
    documents: dict[str, set[bytes]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    births: set[str] = field(default_factory=set)
    signs: dict[tuple[int, bytes], set[int]] = field(default_factory=dict)
    held: Holdings = field(default_factory=Holdings)
    size: int = 0

    def take(self, subject: Subject) -> None:
        """Add what a record says."""
        self.size += 1
        if subject.name:
            self.names.add(subject.name)
        if subject.birth_date:
            self.births.add(subject.birth_date)
        for sign in subject.signs:
            self.signs.setdefault((sign.kind.id, sign.value), set()).add(subject.source_id)
            self.held.add(sign.kind, sign.value, subject.stated_at)
            if sign.kind.key in DOCUMENTS:
                self.documents.setdefault(sign.kind.key, set()).add(sign.value)

    def absorb(self, other: "Candidate") -> None:
        """Add all that another cluster holds."""
        self.size += other.size
        self.names |= other.names
        self.births |= other.births
        for sign, sources in other.signs.items():
            self.signs.setdefault(sign, set()).update(sources)
        for kind, values in other.documents.items():
            self.documents.setdefault(kind, set()).update(values)


def names_agree(one: str, others: Iterable[str]) -> bool:
    """Whether a name equals one of others: folded (traditional, width, case, dots), or read the same in pinyin."""
    folded = fold_name(one)
    reading = pinyin_key(one)
    return any(fold_name(other) == folded or pinyin_key(other) == reading for other in others)


def contradiction(subject: Subject, candidate: Candidate) -> str:
    """Return why a record and a cluster cannot be one (`other_document`, `other_birth_date`, `other_party`), or nothing."""
    if subject.party != candidate.party:
        return "other_party"
    same_document = False
    for sign in subject.signs:
        if sign.kind.key in DOCUMENTS and (held := candidate.documents.get(sign.kind.key)):
            if sign.value not in held:
                return "other_document"
            same_document = True
    differs = bool(subject.birth_date and candidate.births and subject.birth_date not in candidate.births)
    return "other_birth_date" if differs and not same_document else ""


def is_shared(subject: Subject, sign: Sign, candidate: Candidate) -> bool:
    """Whether sharing this identifier is reason enough to join."""
    sources = candidate.signs.get((sign.kind.id, sign.value))
    if sources is None:
        return False
    if sign.kind.key in DEVICES:
        accounts = {s.value for s in subject.signs if s.kind.key == ACCOUNT}
        names = {subject.name} if subject.name else set()
        return not _are_two_people(accounts, names, candidate.held.of(ACCOUNT), candidate.names)
    if sign.kind.strength == "strong":
        return True
    if sign.kind.strength == "scoped" and subject.source_id in sources:
        return True
    if not subject.name or not candidate.names:
        return sign.kind.strength == "scoped"
    return names_agree(subject.name, candidate.names)


def _are_two_people(
    accounts: Collection[bytes],
    names: Collection[str],
    other_accounts: Collection[bytes],
    other_names: Collection[str],
) -> bool:
    """Whether two that share a device only are told apart by their accounts or their names."""
    if accounts and other_accounts and set(accounts).isdisjoint(other_accounts):
        return True
    return bool(names and other_names) and not any(names_agree(name, other_names) for name in names)


@dataclass(frozen=True, slots=True)
class Joining:
    """A record goes to a cluster, because of these kinds of identifiers (none: it is the first of its cluster)."""

    record_id: UUID
    cluster_id: UUID
    evidence: tuple[str, ...]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Merging:
    """A record showed that two clusters are one: `gone` goes into `kept`."""

    kept: UUID
    gone: UUID
    evidence: tuple[str, ...]
    record_id: UUID


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record shares an identifier with a cluster but contradicts it."""

    record_id: UUID
    cluster_id: UUID
    reason: str
    evidence: tuple[str, ...]


@dataclass(slots=True)
class Decision:
    """All that one batch decided; `place` is where each record of the batch ends up."""

    joinings: list[Joining] = field(default_factory=list)
    mergings: list[Merging] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    place: dict[UUID, UUID] = field(default_factory=dict)


Fitting = list[tuple[UUID, tuple[str, ...]]]


class Resolver:
    """Decides a batch, record by record, in order; later records see what earlier ones joined."""

    def __init__(self, candidates: Mapping[UUID, Candidate], new_cluster: "NewCluster") -> None:
        self.candidates = dict(candidates)
        self.new_cluster = new_cluster
        self.forward: dict[UUID, UUID] = {}
        self.by_sign: dict[tuple[int, bytes], set[UUID]] = {}
        for candidate in self.candidates.values():
            self._index(candidate)

    def _index(self, candidate: Candidate) -> None:
        for key in candidate.signs:
            self.by_sign.setdefault(key, set()).add(candidate.id)

    def living(self, cluster: UUID) -> UUID:
        """Follow the mergings of this batch to the cluster that lives."""
        while cluster in self.forward:
            cluster = self.forward[cluster]
        return cluster

    def decide(self, subjects: Sequence[Subject]) -> Decision:
        """Decide every subject. A record that is already in a cluster stays there and may bring others to it."""
        decision = Decision()
        for subject in subjects:
            self._one(subject, decision)
        decision.place = {record: self.living(cluster) for record, cluster in decision.place.items()}
        return decision

    def _one(self, subject: Subject, decision: Decision) -> None:
        home = self.living(subject.cluster) if subject.cluster is not None else None
        fitting = self._fitting(subject, home, decision)
        while demoted := self._demoted(subject, home, fitting):
            subject.signs = tuple(sign for sign in subject.signs if sign not in demoted)
            fitting = self._fitting(subject, home, decision)
        if home is None:
            home = self._settle(subject, fitting, decision)
        target = self.candidates[home]
        target.take(subject)
        for sign in subject.signs:
            self.by_sign.setdefault((sign.kind.id, sign.value), set()).add(home)
        for cluster, evidence in fitting:
            if self.living(cluster) != home:
                self._bridge(home, cluster, evidence, subject, decision)
                home = self.living(home)
        decision.place[subject.record_id] = home

    def _fitting(self, subject: Subject, home: UUID | None, decision: Decision) -> Fitting:
        """Return the clusters that a subject could join besides its home, best first; contradictions become doubts."""
        fitting: Fitting = []
        for cluster, evidence in self._shared(subject).items():
            reason = "" if cluster == home else contradiction(subject, self.candidates[cluster])
            doubt = Doubt(subject.record_id, cluster, reason, evidence)
            if reason and not any(
                (d.record_id, d.cluster_id) == (doubt.record_id, cluster) for d in decision.doubts
            ):
                decision.doubts.append(doubt)
            elif not reason and cluster != home:
                fitting.append((cluster, evidence))
        return fitting

    def _demoted(self, subject: Subject, home: UUID | None, fitting: Fitting) -> set[Sign]:
        """Return the signs that a subject must give up, because its cluster would get too many values of a kind.

        One that is at home gives up what is too much. One that asks where it belongs gives up its weakest sign and
        asks again: what led it there may be the very thing that two people share.
        """
        target = home if home is not None else (fitting[0][0] if fitting else None)
        if target is None:
            return set()
        said = [(sign.kind, sign.value) for sign in subject.signs]
        over = self.candidates[target].held.over_limit(said, subject.stated_at)
        if not over:
            return set()
        if home is not None:
            held = self.candidates[target].held
            return {s for s in subject.signs if s.kind.key in over and s.value not in held.of(s.kind.key)}
        return {max(subject.signs, key=lambda sign: sign.kind.priority)}

    def _shared(self, subject: Subject) -> dict[UUID, tuple[str, ...]]:
        found: dict[UUID, list[str]] = {}
        for sign in subject.signs:
            holders = {self.living(c) for c in self.by_sign.get((sign.kind.id, sign.value), ())}
            for cluster in holders:
                if is_shared(subject, sign, self.candidates[cluster]):
                    found.setdefault(cluster, []).append(sign.kind.key)
        order = sorted(found, key=lambda c: (-len(found[c]), -self.candidates[c].size, c))
        return {cluster: tuple(found[cluster]) for cluster in order}

    def _settle(self, subject: Subject, fitting: Fitting, decision: Decision) -> UUID:
        if fitting:
            cluster, evidence = fitting[0]
            decision.joinings.append(Joining(subject.record_id, cluster, evidence))
            return cluster
        cluster = subject.founds or self.new_cluster()
        self.candidates[cluster] = Candidate(cluster, subject.party)
        decision.joinings.append(Joining(subject.record_id, cluster, (), is_first=True))
        return cluster

    def _bridge(
        self, home: UUID, other: UUID, evidence: tuple[str, ...], subject: Subject, decision: Decision
    ) -> None:
        """Bring two clusters together when nothing in them contradicts; the larger (then the older) keeps its id."""
        one, two = self.candidates[home], self.candidates[self.living(other)]
        if DEVICES.issuperset(evidence) and _are_two_people(
            one.held.of(ACCOUNT), one.names, two.held.of(ACCOUNT), two.names
        ):
            return
        if reason := _conflict(one, two, subject.stated_at):
            decision.doubts.append(Doubt(subject.record_id, two.id, reason, evidence))
            return
        kept, gone = (one, two) if (-one.size, one.id) <= (-two.size, two.id) else (two, one)
        kept.absorb(gone)
        self.forward[gone.id] = kept.id
        decision.mergings.append(Merging(kept.id, gone.id, evidence, subject.record_id))


def _conflict(one: Candidate, two: Candidate, at: datetime | None) -> str:
    same_document = False
    for key, held in one.documents.items():
        others = two.documents.get(key)
        if others and held.isdisjoint(others):
            return "other_document"
        same_document = same_document or bool(others)
    if one.births and two.births and one.births.isdisjoint(two.births) and not same_document:
        return "other_birth_date"
    return OVER_LIMIT if one.held.over_limit(two.held.recent(at), at) else ""


class NewCluster:
    """Makes ids of new clusters; passed in, so that tests can count."""

    def __call__(self) -> UUID:
        """Return a fresh id."""
        from kehu.platform.ids import new_id

        return new_id()
