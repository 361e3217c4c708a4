"""The trail shows every way of touching it, and the sealer skips nobody."""

import random
import threading
import time
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from tests.govern.conftest import Tamper
from tests.world import NOW

from kehu.flows.upkeep.seal_audit import seal_pending, sealing
from kehu.govern import audit
from kehu.govern.sealing.keyring import keyring
from kehu.govern.trail import anchors, merkle, signing
from kehu.govern.trail.verifying import Report, verify


def write_events(count: int) -> list[UUID]:
    with transaction.atomic():
        return [
            audit.record(
                action="test.act", actor_id=7, now=NOW, fields=["mobile"], reason="核对", details={"n": n, "地": [1.5, None]}
            )
            for n in range(count)
        ]  # fmt: skip


def seal(size: int, at: datetime = NOW) -> None:
    """Seal a batch of this size; a transaction in any database of the server makes the sealer wait."""
    deadline = time.monotonic() + 60
    while (sealed := seal_pending(at)) == 0:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert sealed == size


def seal_batches(*sizes: int) -> list[UUID]:
    """Write and seal batches of these sizes; the ids in order."""
    ids = []
    for number, size in enumerate(sizes):
        ids += write_events(size)
        seal(size, NOW + timedelta(seconds=number))
    return ids


def check() -> Report:
    return verify(keyring())


def test_a_sealed_trail_verifies_and_tells_its_unsealed_end(own_database: str) -> None:
    seal_batches(3, 1, 4)
    write_events(2)

    report = check()

    assert report.faults == []
    assert (report.batches, report.events, report.anchored) == (3, 8, 3)
    assert (report.unsealed, report.unsealed_since) == (2, NOW)


def test_an_empty_trail_verifies(own_database: str) -> None:
    assert seal_pending(NOW) == 0
    assert check() == Report()


@pytest.mark.parametrize(
    "change",
    [
        "actor_id = 8", "action = 'test.other'", "at = at + interval '1 microsecond'", "fields = '{name}'",
        "reason_sealed = reason_sealed || '\\x00'", "reason_sealed = NULL", "row_count = 0", "xid = '1'::xid8",
        """details = '{"n": 5}'""", "decision = 'refused'", "request_id = 'x'",
    ],
)  # fmt: skip
def test_an_edited_event_is_named_with_its_position(own_database: str, tamper: Tamper, change: str) -> None:
    ids = seal_batches(3, 3)

    tamper(f"UPDATE govern_audit_event SET {change} WHERE id = %s", ids[4])

    (fault,) = check().faults
    assert (fault.batch, fault.position, fault.event_id) == (2, 5, ids[4])


def test_a_deleted_event_is_named_with_its_position(own_database: str, tamper: Tamper) -> None:
    ids = seal_batches(3, 3)

    tamper("DELETE FROM govern_audit_event WHERE id = %s", ids[1])

    (fault,) = check().faults
    assert (fault.batch, fault.position, fault.event_id) == (1, 2, ids[1])


def test_a_deleted_event_shows_even_when_its_batch_is_rewritten(own_database: str, tamper: Tamper) -> None:
    ids = seal_batches(3, 3)
    tamper("DELETE FROM govern_audit_event WHERE id = %s", ids[1])

    tamper(
        "UPDATE govern_audit_batch SET count = 2, leaves = substr(leaves, 1, 48) || substr(leaves, 97) WHERE number = 1"
    )

    assert check().faults[0].batch == 1


def test_events_whose_contents_were_exchanged_are_both_named(own_database: str, tamper: Tamper) -> None:
    ids = seal_batches(4)

    tamper(
        "UPDATE govern_audit_event e SET details = o.details FROM govern_audit_event o "
        "WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))", ids[0], ids[3], ids[3], ids[0],
    )  # fmt: skip

    assert [(fault.position, fault.event_id) for fault in check().faults] == [(1, ids[0]), (4, ids[3])]


def test_an_event_moved_to_another_batch_or_slipped_in_shows(own_database: str, tamper: Tamper) -> None:
    ids = seal_batches(2, 2)

    tamper("UPDATE govern_audit_event SET batch = 2 WHERE id = %s", ids[0])

    faults = check().faults
    assert [(fault.batch, fault.event_id) for fault in faults] == [(1, ids[0]), (2, ids[0])]


def test_reordered_batches_break_the_chain(own_database: str, tamper: Tamper) -> None:
    seal_batches(1, 1, 1)

    for before, after in ((2, 20), (3, 2), (20, 3)):
        tamper("UPDATE govern_audit_batch SET number = %s WHERE number = %s", after, before)
        tamper("UPDATE govern_audit_event SET batch = %s WHERE batch = %s", after, before)

    assert check().faults[0].batch == 2


def test_a_missing_batch_in_the_middle_is_a_gap(own_database: str, tamper: Tamper) -> None:
    seal_batches(1, 1, 1)

    tamper("DELETE FROM govern_audit_batch WHERE number = 2")
    tamper("DELETE FROM govern_audit_event WHERE batch = 2")

    assert check().faults[0].batch == 2


def test_a_truncated_tail_shows_at_the_anchors(own_database: str, tamper: Tamper) -> None:
    seal_batches(2, 2, 2)

    tamper("DELETE FROM govern_audit_event WHERE batch = 3")
    tamper("DELETE FROM govern_audit_batch WHERE number = 3")

    (fault,) = check().faults
    assert fault.batch == 3


def rewrite_from(number: int, tamper: Tamper, *, is_signed: bool) -> None:
    """Do what somebody does who rewrites history from a batch on, with or without the audit key."""
    ring = keyring()
    tamper("UPDATE govern_audit_event SET actor_id = 1 WHERE batch = %s", number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM govern_audit_event WHERE batch = %s ORDER BY id", [number])
        names = [column.name for column in cursor.description]
        events = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute("SELECT head FROM govern_audit_batch WHERE number = %s", [number - 1])
        before = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT at FROM govern_audit_batch WHERE number = %s", [number])
        at: datetime = cursor.fetchone()[0]
    leaves = [merkle.leaf(merkle.canonical(event)) for event in events]
    head = merkle.head(before=before, root=merkle.root(leaves), number=number, count=len(leaves), at=at)
    signature = signing.sign(ring, head)[1] if is_signed else bytes(64)
    index = b"".join(e["id"].bytes + leaf for e, leaf in zip(events, leaves, strict=True))
    tamper(
        "UPDATE govern_audit_batch SET leaves = %s, root = %s, head = %s, signature = %s WHERE number = %s",
        index, merkle.root(leaves), head, signature, number,
    )  # fmt: skip


def test_a_forged_signature_is_named(own_database: str, tamper: Tamper) -> None:
    seal_batches(2, 2)

    rewrite_from(2, tamper, is_signed=False)

    faults = check().faults
    assert {fault.batch for fault in faults} == {2}
    assert "signature" in faults[0].text.en


def test_a_fork_signed_with_the_stolen_key_shows_at_the_anchors(own_database: str, tamper: Tamper) -> None:
    seal_batches(2, 2)

    rewrite_from(2, tamper, is_signed=True)

    (fault,) = check().faults
    assert fault.batch == 2
    assert "rewritten" in fault.text.en


def test_time_that_runs_backwards_shows(own_database: str, tamper: Tamper) -> None:
    seal_batches(1, 1)

    tamper("UPDATE govern_audit_batch SET at = at - interval '1 hour' WHERE number = 2")

    assert check().faults[0].batch == 2


def test_a_clock_set_back_does_not_stop_the_sealer(own_database: str) -> None:
    seal_batches(1)
    write_events(1)

    seal(1, NOW - timedelta(days=1))
    assert check().faults == []


def test_anchors_lost_by_a_kill_are_made_good(own_database: str) -> None:
    seal_batches(1, 1)
    lines = anchors.path().read_bytes().splitlines(keepends=True)
    anchors.path().write_bytes(lines[0])

    write_events(1)
    seal(1)

    assert [anchor.number for anchor in anchors.read() if anchor] == [1, 2, 3]
    assert anchors.path().stat().st_mode & 0o777 == 0o600


def test_two_hundred_transactions_that_commit_out_of_order_are_all_sealed(own_database: str) -> None:
    chance = random.Random(1)  # noqa: S311 (sleeps of a test)
    sleeps = iter([chance.uniform(0, 0.05) for _ in range(200)])
    guard = threading.Lock()

    def write() -> None:
        try:
            while True:
                with guard:
                    pause = next(sleeps, None)
                if pause is None:
                    return
                with transaction.atomic():
                    audit.record(action="test.late", actor_id=None, now=timezone.now())
                    time.sleep(pause)
        finally:
            connections.close_all()

    with sealing():
        writers = [threading.Thread(target=write) for _ in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        while check().unsealed:
            time.sleep(0.1)

    report = check()
    assert (report.faults, report.unsealed) == ([], 0)
    assert report.events == 200


def test_an_event_of_an_open_transaction_waits(own_database: str) -> None:
    connections["default"].ensure_connection()
    with transaction.atomic():
        write_events(1)
        assert seal_pending(NOW) == 0
    seal(1)


def test_nobody_but_the_owner_can_change_a_written_event(own_database: str) -> None:
    seal_batches(1)

    for alias, statement in (
        ("default", "UPDATE govern_audit_event SET actor_id = 1"),
        ("default", "DELETE FROM govern_audit_event"),
        ("default", "TRUNCATE govern_audit_event"),
        ("default", "UPDATE govern_audit_batch SET count = 1"),
        ("sealer", "UPDATE govern_audit_event SET actor_id = 1"),
        ("sealer", "DELETE FROM govern_audit_batch"),
    ):
        with connections[alias].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(statement)
