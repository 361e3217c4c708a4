"""The verifier: reads the whole trail once, in order, and names what is wrong, where. It writes nothing anywhere.

What it cannot see: events of the last second that no batch holds yet (they are counted and told), and a chain that was
rewritten together with the anchors by somebody who holds the audit key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kehu.govern.sealing.keyring import Keyring
from kehu.govern.trail import anchors, merkle, signing
from kehu.platform.text import Text

ENTRY = 48
CHUNK = 2000
MOST_FAULTS = 20
_BATCHES = """
SELECT number, at, count, leaves, root, head, signature, key_version FROM govern_audit_batch ORDER BY number
"""
_EVENTS = "SELECT * FROM govern_audit_event WHERE batch IS NOT NULL ORDER BY batch, id"
_UNSEALED = "SELECT count(*), min(at) FROM govern_audit_event WHERE batch IS NULL"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the batch, the event's place in the whole trail (from 1) and its id, where there is one."""

    batch: int
    text: Text
    position: int | None = None
    event_id: UUID | None = None


@dataclass(slots=True)
class Report:
    """What was read and found. `last_sealed_at` is the time of the last batch."""

    batches: int = 0
    events: int = 0
    anchored: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    last_sealed_at: datetime | None = None
    faults: list[Fault] = field(default_factory=list)

    def add(self, batch: int, zh: str, en: str, **where: Any) -> None:
        """Note a fault; the first ones are enough to know where to look."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(batch, Text(zh, en), **where))


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands in the table."""

    number: int
    at: datetime
    count: int
    entries: tuple[tuple[UUID, bytes], ...]
    root: bytes
    head: bytes
    signature: bytes
    key_version: int


def verify(ring: Keyring) -> Report:
    """Verify the trail in one read-only transaction of one snapshot."""
    report = Report()
    with transaction.atomic(), connection.cursor() as cursor:
        if not transaction.get_connection().savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        heads = _chain(report, ring)
        _compare_anchors(report, heads)
        cursor.execute(_UNSEALED)
        report.unsealed, report.unsealed_since = cursor.fetchone()
    return report


def _chain(report: Report, ring: Keyring) -> dict[int, bytes]:
    """Walk batches and events side by side; returns the heads by number."""
    heads: dict[int, bytes] = {}
    before, last_number, last_at = merkle.GENESIS, 0, datetime.min.replace(tzinfo=UTC)
    events = groupby(_events(), key=lambda event: int(event["batch"]))
    waiting = next(events, None)
    for batch in _batches():
        while waiting is not None and waiting[0] < batch.number:
            _orphans(report, waiting[0], waiting[1])
            waiting = next(events, None)
        held: dict[UUID, Mapping[str, Any]] = {}
        if waiting is not None and waiting[0] == batch.number:
            held = {event["id"]: event for event in waiting[1]}
            waiting = next(events, None)
        _check_batch(report, batch, before, last_number, last_at, ring)
        _check_events(report, batch, held)
        before, last_number, last_at = batch.head, batch.number, batch.at
        heads[batch.number] = batch.head
        report.batches, report.events, report.last_sealed_at = (
            report.batches + 1,
            report.events + batch.count,
            batch.at,
        )
    while waiting is not None:
        _orphans(report, waiting[0], waiting[1])
        waiting = next(events, None)
    return heads


def _check_batch(
    report: Report, batch: Batch, before: bytes, last_number: int, last_at: datetime, ring: Keyring
) -> None:
    n = batch.number
    if n != last_number + 1:
        report.add(
            last_number + 1,
            f"缺少第 {last_number + 1} 至 {n - 1} 批",
            f"batches {last_number + 1} to {n - 1} are missing",
        )
    if batch.at < last_at:
        report.add(n, "封存时间早于上一批", "sealed before the batch before it")
    if len(batch.entries) != batch.count:
        report.add(n, "事件数与封存时不符", "the number of events is not the sealed one")
    if merkle.root([leaf for _, leaf in batch.entries]) != batch.root:
        report.add(n, "Merkle 根与叶子不符", "the Merkle root does not follow from the leaves")
    if merkle.head(before=before, root=batch.root, number=n, count=batch.count, at=batch.at) != batch.head:
        report.add(n, "与上一批的链接断开", "the link to the batch before is broken")
    if not signing.is_signed(ring, version=batch.key_version, head=batch.head, signature=batch.signature):
        report.add(n, "签名不是审计密钥所签", "the signature is not by the audit key")


def _check_events(report: Report, batch: Batch, held: dict[UUID, Mapping[str, Any]]) -> None:
    for place, (event_id, leaf) in enumerate(batch.entries, start=report.events + 1):
        event = held.pop(event_id, None)
        if event is None:
            report.add(
                batch.number, "事件已被删除", "the event was deleted", position=place, event_id=event_id
            )
        elif merkle.leaf(merkle.canonical(event)) != leaf:
            report.add(
                batch.number, "事件已被改动", "the event was changed", position=place, event_id=event_id
            )
    _orphans(report, batch.number, held.values())


def _orphans(report: Report, number: int, events: Any) -> None:
    for event in events:
        report.add(number, "事件不在封存之列", "the event was not among those sealed", event_id=event["id"])


def _compare_anchors(report: Report, heads: dict[int, bytes]) -> None:
    newest = 0
    for line, anchor in enumerate(anchors.read(), start=1):
        if anchor is None:
            report.add(newest, f"锚点文件第 {line} 行无法识别", f"line {line} of the anchors cannot be read")
        elif anchor.number not in heads:
            report.add(
                anchor.number, "有锚点，数据库里却没有这一批", "anchored, but missing from the database"
            )
        elif heads[anchor.number] != anchor.head:
            report.add(
                anchor.number, "与锚点不一致，链条被重写", "differs from its anchor: the chain was rewritten"
            )
        else:
            report.anchored += 1
        newest = anchor.number if anchor is not None else newest


def _batches() -> Iterator[Batch]:
    for number, at, count, leaves, *seal, version in _stream("batches", _BATCHES):
        index = bytes(leaves)
        entries = tuple(
            (UUID(bytes=index[i : i + 16]), index[i + 16 : i + ENTRY])
            for i in range(0, len(index) - ENTRY + 1, ENTRY)
        )
        yield Batch(number, at, count, entries, bytes(seal[0]), bytes(seal[1]), bytes(seal[2]), version)


def _events() -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM govern_audit_event LIMIT 0")
        names = [column.name for column in cursor.description]
    for row in _stream("events", _EVENTS):
        yield dict(zip(names, row, strict=True))


def _stream(name: str, query: str) -> Iterator[tuple[Any, ...]]:
    """Read a query through a cursor on the server: the trail may be larger than memory."""
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE trail_{name} NO SCROLL CURSOR FOR {query}")
        while True:
            cursor.execute(f"FETCH {CHUNK} FROM trail_{name}")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute(f"CLOSE trail_{name}")
