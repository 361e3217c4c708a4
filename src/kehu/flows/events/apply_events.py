"""Events applied: their subjects become source records and travel the way of all records; then the events are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kehu.collect import events
from kehu.collect.events import Happening
from kehu.collect.models import Source
from kehu.collect.records import Policy
from kehu.collect.tracking.known import KnownRecord, get_identified_at, get_known
from kehu.collect.tracking.quarantine import Bad
from kehu.collect.tracking.reading import subjects as subjecting
from kehu.collect.tracking.reading.messages import KINDS, Arrival, Faulty, Message, read_message
from kehu.collect.tracking.reading.traits import Traits, read_traits
from kehu.flows.ingest import ingest
from kehu.govern.fields.registry import registry
from kehu.resolve import operations as resolve
from kehu.resolve.kinds import get_kinds

FILL = Policy(existing="fill")


@dataclass(frozen=True, slots=True)
class Raw:
    """One event as it came; `place` is its place in the body."""

    data: bytes
    arrival: Arrival
    place: int = 0


@dataclass(slots=True)
class Outcome:
    """How many events were new, and those that must be put away."""

    written: int = 0
    bad: list[Bad] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    message: Message
    traits: Traits | None
    raw: Raw


def apply_events(raws: Sequence[Raw], *, source: Source, now: datetime) -> Outcome:
    """Apply the events of one source in the open transaction of the system."""
    outcome = Outcome()
    read = _read(raws, outcome)
    known = _state_subjects(read, source, now)
    happenings = {id(happening): (happening, each) for happening, each in _happenings(read, known)}
    written, lost = events.write_events([h for h, _ in happenings.values()], source_id=source.pk)
    outcome.written = written
    for happening in lost:
        raw = happenings[id(happening)][1].raw
        outcome.bad.append(Bad(raw.data, raw.arrival, "subject_erased"))
    return outcome


def _read(raws: Sequence[Raw], outcome: Outcome) -> list[_Read]:
    fields, kinds = registry(), get_kinds()
    read = []
    for raw in raws:
        try:
            message = read_message(raw.data, raw.arrival, is_blocked=kinds.is_blocked, place=raw.place)
        except Faulty as fault:
            outcome.bad.append(Bad(raw.data, raw.arrival, fault.reason))
            continue
        read.append(_Read(message, read_traits(message.traits, fields) if message.traits else None, raw))
    return read


def _state_subjects(read: Sequence[_Read], source: Source, now: datetime) -> dict[str, KnownRecord]:
    """State what is new of the subjects; returns the records of all of them."""
    subjects = subjecting.gather((each.message, each.traits) for each in read)
    keys = set(subjects) | {f"u:{earlier}" for s in subjects.values() for earlier in s.earlier}
    known = get_known(source.pk, keys)
    linked = {s.key for s in subjects.values() if s.devices or s.earlier} | {
        f"{kind}:{value}" for s in subjects.values() for value in (*s.devices, *s.earlier) for kind in "ua"
    }
    clusters = resolve.get_clusters_of([known[key].id for key in linked if key in known])
    told_late = [
        known[key].id
        for key, s in subjects.items()
        if s.said and key in known and _may_be_late(known[key], s.said[0][0])
    ]
    standing = subjecting.Standing(known, clusters, get_identified_at(told_late))
    for turn in subjecting.plan(subjects, standing):
        if turn.normal:
            ingest(turn.normal, source=source, now=now)
        if turn.late:
            ingest(turn.late, source=source, policy=FILL, now=now)
    return known | get_known(source.pk, subjects.keys() - known.keys())


def _may_be_late(record: KnownRecord, first_at: datetime) -> bool:
    return record.stated_at is None or first_at < record.stated_at


def _happenings(read: Sequence[_Read], known: dict[str, KnownRecord]) -> list[tuple[Happening, _Read]]:
    found = []
    for each in read:
        message, traits = each.message, each.traits
        details = message.details
        if traits is not None and message.type == "identify":
            details = {**details, "traits": traits.others}
        if traits is not None and traits.refused:
            details = {**details, "refused_traits": traits.refused}
        happening = Happening(
            message_id=message.message_id,
            record_id=known[message.key].id,
            kind=KINDS[message.type],
            name=message.name,
            happened_at=message.happened_at,
            received_at=message.received_at,
            details=details,
        )
        found.append((happening, each))
    return found
