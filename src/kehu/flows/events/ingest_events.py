"""Events of a file: each finds the record it belongs to, or brings one that joins the customer by its identifier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.collect.events import Happening, write_events
from kehu.collect.files.form import Row
from kehu.collect.mapping.proposal import ColumnProposal
from kehu.collect.models import Source
from kehu.collect.reading import Refused
from kehu.collect.records import Statement
from kehu.collect.tracking.known import get_known
from kehu.collect.tracking.reading.file_rows import RECORD, EventPlan, EventRow, read_event_row
from kehu.flows.ingest import Ingested, ingest
from kehu.govern.fields.registry import registry
from kehu.govern.sealing.keyring import keyring
from kehu.platform.db.rows import bytea_array
from kehu.resolve.kinds import get_kinds

_HOLDERS = """
SELECT i.kind, i.value, array_agg(i.record_id) FROM resolve_identifier i
JOIN unnest(%s::bytea[], %s::smallint[]) AS w(value, kind) USING (value, kind)
JOIN collect_record r ON r.id = i.record_id WHERE r.source_id = %s GROUP BY 1, 2
"""
Subject = tuple[str, str, str]


@dataclass(slots=True)
class RowsIngested:
    """What a batch of rows did: events that are new, events that were known, refusals, and customers."""

    accepted: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    reviews: int = 0


def ingest_rows(
    rows: Sequence[Row],
    *,
    plan: EventPlan,
    source: Source,
    import_id: UUID | None = None,
    actor_id: int | None = None,
    now: datetime,
) -> RowsIngested:
    """Take rows of a file in as events, in the open transaction of the system. An event that is known stays as it is."""
    result = RowsIngested()
    events: list[EventRow] = []
    for row in rows:
        read = read_event_row(row, plan)
        if isinstance(read, Refused):
            result.refused.append(read)
        else:
            events.append(read)
    shared = _shared_fields()
    subjects = [_subject(event, shared) for event in events]
    wanted = {subject: event.happened_at for subject, event in zip(subjects, events, strict=True)}
    records, ingested = _records(wanted, source, import_id, actor_id, now)
    happenings = [
        Happening(e.message_id, records[subject], e.kind, e.name, e.happened_at, now, e.details)
        for subject, e in zip(subjects, events, strict=True)
    ]
    written, lost = write_events(happenings, source_id=source.pk, import_id=import_id)
    result.accepted = len(events) - len(lost)
    result.unchanged = len(events) - written - len(lost)
    if ingested is not None:
        result.created = len(ingested.profiles.created)
        result.updated = len(ingested.profiles.updated)
        result.reviews = len(ingested.decision.doubts)
    return result


def _shared_fields() -> frozenset[str]:
    """Return the fields whose value several people may have: a phone says who only together with the name."""
    kinds = get_kinds().by_key
    return frozenset(
        key
        for key, spec in registry().items()
        if (kind := kinds.get(spec.identifier)) is not None and kind.strength == "named"
    )


def _subject(event: EventRow, shared: frozenset[str]) -> Subject:
    """Return field, value and name of the customer; the name only where it is needed."""
    return (*event.subject, event.person if event.subject[0] in shared else "")


def _records(
    wanted: Mapping[Subject, datetime],
    source: Source,
    import_id: UUID | None,
    actor_id: int | None,
    now: datetime,
) -> tuple[dict[Subject, UUID], Ingested | None]:
    """Find the records of all subjects in this source; those that are missing are stated, and so resolved."""
    records = _holders(wanted, source)
    keys = {subject: _key(subject) for subject in wanted if subject not in records}
    known = get_known(source.pk, keys.values())
    missing = {subject: key for subject, key in keys.items() if key not in known}
    ingested = None
    if missing:
        statements = [
            Statement(key=key, values=_values(subject), stated_at=wanted[subject])
            for subject, key in missing.items()
        ]
        ingested = ingest(statements, source=source, import_id=import_id, actor_id=actor_id, now=now)
        known |= get_known(source.pk, missing.values())
    return records | {subject: known[key].id for subject, key in keys.items()}, ingested


def _key(subject: Subject) -> str:
    kind, value, person = subject
    return value if kind == RECORD else f"{kind}:{value}" + (f"|{person}" if person else "")


def _values(subject: Subject) -> dict[str, Any]:
    kind, value, person = subject
    values = {} if kind == RECORD else {kind: value}
    return values | ({"name": person} if person else {})


def _holders(wanted: Mapping[Subject, object], source: Source) -> dict[Subject, UUID]:
    """Return the records of this source that state the identifier themselves; a shared one only where one record has it."""
    fields, kinds, ring = registry(), get_kinds(), keyring()
    marks: dict[tuple[int, bytes], list[Subject]] = {}
    shared = set()
    for subject in wanted:
        spec = fields.get(subject[0])
        kind = kinds.by_key.get(spec.identifier) if spec is not None else None
        if kind is None or kinds.is_blocked(kind.key, subject[1]):
            continue
        for index in ring.blinds(kind.key, subject[1]):
            marks.setdefault((kind.id, index), []).append(subject)
        if kind.strength == "named":
            shared.add(subject)
    if not marks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [bytea_array(m[1] for m in marks), [m[0] for m in marks], source.pk])
        found = {(row[0], bytes(row[1])): set(row[2]) for row in cursor.fetchall()}
    held: dict[Subject, set[UUID]] = {}
    for mark in marks.keys() & found.keys():
        for subject in marks[mark]:
            held.setdefault(subject, set()).update(found[mark])
    return {
        subject: min(records)
        for subject, records in held.items()
        if subject not in shared or len(records) == 1
    }


def mapping_of_events(proposals: Sequence[ColumnProposal]) -> dict[str, Any]:
    """Return the mapping that proposals for an event file amount to; a property keeps its column's name where it has no other."""
    columns = {p.column: p.field or p.column for p in proposals if p.role in {"field", "key", "property"}}
    at = next((p.column for p in proposals if p.role == "at"), None)
    return {"columns": columns, **({"event_at": at} if at is not None else {})}
