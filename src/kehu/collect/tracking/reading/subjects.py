"""Who events speak of: which records they need, and what those records must newly state. Pure.

A user's record `u:…` states his user id and, once, each anonymous id that came with it; an anonymous id has a
record `a:…` of its own, which joins the user by that shared identifier and keeps the join for ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kehu.collect.records import Statement
from kehu.collect.tracking.known import KnownRecord
from kehu.collect.tracking.reading.messages import Message
from kehu.collect.tracking.reading.traits import Traits

USER, ANONYMOUS = "u:", "a:"


@dataclass(slots=True)
class Subject:
    """One user or device in a batch: its own identifier, what was said of it in order of time, and its anonymous ids."""

    key: str
    first_at: datetime
    said: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    devices: dict[str, datetime] = field(default_factory=dict)
    earlier: dict[str, datetime] = field(default_factory=dict)

    @property
    def own(self) -> dict[str, Any]:
        """The identifier that the record stands for."""
        return {"user_id" if self.key.startswith(USER) else "anonymous_id": self.key[2:]}


def gather(messages: Iterable[tuple[Message, Traits | None]]) -> dict[str, Subject]:
    """Collect the subjects of a batch, users first; what was said stands in order of time."""
    users: dict[str, Subject] = {}
    devices: dict[str, Subject] = {}
    for message, traits in messages:
        place = users if message.user_id else devices
        subject = place.setdefault(message.key, Subject(message.key, message.happened_at))
        subject.first_at = min(subject.first_at, message.happened_at)
        if traits is not None and traits.values:
            subject.said.append((message.happened_at, traits.values))
        if message.user_id and message.anonymous_id:
            subject.devices.setdefault(message.anonymous_id, message.happened_at)
            _device(devices, message.anonymous_id, message.happened_at)
        if message.previous_id:
            subject.earlier.setdefault(message.previous_id, message.happened_at)
            _device(devices, message.previous_id, message.happened_at)
    for subject in (*users.values(), *devices.values()):
        subject.said.sort(key=lambda each: each[0])
    return users | devices


def _device(devices: dict[str, Subject], anonymous_id: str, at: datetime) -> None:
    key = ANONYMOUS + anonymous_id
    devices.setdefault(key, Subject(key, at))


@dataclass(slots=True)
class Standing:
    """What stands before a batch: its records, their customers, and when each was last identified."""

    records: Mapping[str, KnownRecord]
    clusters: Mapping[UUID, UUID]
    identified_at: Mapping[UUID, datetime]

    def are_joined(self, one: str, other: str) -> bool:
        """Whether two records stand and belong to the same customer."""
        first, second = self.records.get(one), self.records.get(other)
        if first is None or second is None:
            return False
        home = self.clusters.get(first.id)
        return home is not None and home == self.clusters.get(second.id)


@dataclass(slots=True)
class Round:
    """Statements that are ingested together; `late` ones only fill what is blank, since newer ones stand."""

    normal: list[Statement] = field(default_factory=list)
    late: list[Statement] = field(default_factory=list)


def plan(subjects: Mapping[str, Subject], standing: Standing) -> list[Round]:
    """Return what must be stated, in rounds: a record states one anonymous id at a time. Nothing new, no rounds."""
    rounds: list[Round] = []
    for subject in subjects.values():
        for place, (statement, is_late) in enumerate(_statements(subject, standing)):
            while len(rounds) <= place:
                rounds.append(Round())
            (rounds[place].late if is_late else rounds[place].normal).append(statement)
    return rounds


def _statements(subject: Subject, standing: Standing) -> list[tuple[Statement, bool]]:
    known = standing.records.get(subject.key)
    links = _links(subject, standing)
    if known is not None and not subject.said and not links:
        return []
    last = standing.identified_at.get(known.id) if known is not None else None
    timely: dict[str, Any] = {}
    late: dict[str, Any] = {}
    at = subject.first_at
    for moment, values in subject.said:
        if last is not None and moment < last:
            late |= values
        else:
            timely |= values
            at = max(at, moment)
    if known is not None and known.stated_at is not None:
        at = max(at, known.stated_at)
    first = links[0] if links else {}
    statements = [(_statement(subject, {**timely, **first}, at), False)]
    statements += [(_statement(subject, link, at), False) for link in links[1:]]
    if late:
        statements.append((_statement(subject, late, at), True))
    return statements


def _links(subject: Subject, standing: Standing) -> list[dict[str, Any]]:
    """Return the anonymous and earlier ids that do not lead to the subject's customer yet."""
    links = [
        {"previous_user_id": earlier, "anonymous_id": earlier}
        for earlier in subject.earlier
        if not standing.are_joined(subject.key, ANONYMOUS + earlier)
        or (USER + earlier in standing.records and not standing.are_joined(subject.key, USER + earlier))
    ]
    links += [
        {"anonymous_id": device}
        for device in subject.devices
        if not standing.are_joined(subject.key, ANONYMOUS + device)
    ]
    return links


def _statement(subject: Subject, values: Mapping[str, Any], at: datetime) -> Statement:
    return Statement(key=subject.key, values={**values, **subject.own}, stated_at=at)
