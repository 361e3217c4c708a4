"""F-08: a database without room answers 503, keeps no half of anything, and goes on by itself once there is room."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from tests.faults.conftest import Bank, open_bank
from tests.faults.small_disk import Disk, FullAsTheServerSays, small_disk
from tests.installation import Answer, new_home, until

ROWS = 6_000
FILE = ("客户号,姓名,手机\n" + "".join(f"{n},客户{n},139{n:08d}\n" for n in range(ROWS))).encode()
WHOLE = """
SELECT (SELECT count(*) FROM collect_record), (SELECT count(*) FROM collect_record_version),
  (SELECT count(*) FROM resolve_link WHERE ended_at IS NULL), (SELECT count(*) FROM profile_customer),
  (SELECT sum(row_count) FROM govern_audit_event WHERE action = 'import.batch')
    + (SELECT count(*) FROM govern_audit_event WHERE action = 'customer.create')
"""


@pytest.fixture
def cramped() -> Iterator[tuple[Bank, Disk]]:
    """A served bank whose database lies on a small disk."""
    with new_home() as made, small_disk(made) as disk:
        made.run("migrate")
        yield open_bank(made), disk


def enter(bank: Bank, name: str) -> Answer:
    return bank.api().post("/customers", {"values": {"name": name, "note": "备" * 2000}})


def enter_until_refused(bank: Bank, most: int = 400) -> tuple[int, Answer]:
    """Enter customers until one is refused; what room the tables have left takes some."""
    for number in range(most):
        answer = enter(bank, f"客户{number}")
        if answer.status != 201:
            return number, answer
    pytest.fail("the disk was never full")


def use_up_the_log(bank: Bank) -> None:
    """Write to the server's log until it, too, has no room: the server ends, and cannot start again."""
    with suppress(psycopg.OperationalError), bank.installation.connect() as connection:
        for _ in range(400):
            connection.execute("SELECT pg_logical_emit_message(true, '', repeat(md5(random()::text), 32768))")


def told(bank: Bank, path: str) -> Any:
    return bank.api().get(path).json()


def test_what_a_full_disk_refuses_is_whole_or_nothing(bank: Bank) -> None:
    disk = FullAsTheServerSays(bank.installation)
    before = bank.installation.query(WHOLE)
    disk.fill()
    try:
        answers = [enter(bank, "没有空间"), bank.api().upload("customers.csv", FILE, source="core")]
        assert bank.api().get("/customers").status == 200
    finally:
        disk.free()

    assert [(answer.status, answer.headers["retry-after"]) for answer in answers] == [(503, "2")] * 2
    assert bank.installation.query(WHOLE) == before
    assert enter(bank, "有空间了").status == 201


def test_a_full_disk_is_a_503_that_loses_nothing_and_ends_by_itself(cramped: tuple[Bank, Disk]) -> None:
    bank, disk = cramped
    disk.fill()
    entered, refused = enter_until_refused(bank)
    assert (refused.status, refused.headers["retry-after"]) == (503, "2")
    upload = bank.api().upload("customers.csv", FILE, source="core")
    assert upload.status in {202, 503}
    use_up_the_log(bank)
    disk.fill()
    assert enter(bank, "客户").status == 503

    disk.free()
    until(lambda: enter(bank, "之后").status == 201, 180)
    if upload.status == 503:
        upload = bank.api().upload("customers.csv", FILE, source="core")
    until(lambda: told(bank, f"/imports/{upload.json()['id']}")["state"] == "succeeded", 120)

    assert bank.installation.query(WHOLE) == [(ROWS + entered + 1,) * 5]
    until(lambda: bank.count("SELECT count(*) FROM govern_audit_event WHERE batch IS NULL") == 0, 30)
    assert bank.installation.run("audit", "verify")
