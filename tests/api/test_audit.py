"""The audit trail: read by the auditor, filtered, paged, exported, and itself audited."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.govern import audit

CUSTOMER = UUID("01930000-0000-7000-8000-000000000001")


@pytest.fixture
def auditor(world: World, call: Callable[..., Caller]) -> Caller:
    return call(appoint(world, "audit_admin"))


def write(world: World, minutes: int = 0, reason: str = "", action: str = "customer.reveal") -> None:
    audit.record(
        action=action, actor_id=world.alice.pk, now=NOW + timedelta(days=400, minutes=minutes), object_kind="customer",
        object_id=CUSTOMER, fields=["mobile"], reason=reason, row_count=1,
    )  # fmt: skip


def test_an_event_tells_who_did_what_to_which_object_and_why(world: World, auditor: Caller) -> None:
    write(world, reason="客户来电核对")

    (event,) = auditor.get("/audit", action="customer.reveal").json()["items"]

    assert event["actor"] == {"id": world.alice.pk, "kind": "user", "name": "alice"}
    assert event["object"]["kind"] == "customer"
    assert str(CUSTOMER) not in event["object"]["ref"]
    assert (event["reason"], event["fields"], event["row_count"]) == ("客户来电核对", ["mobile"], 1)
    assert event["batch"] is None


def test_the_trail_is_asked_by_actor_object_and_time(world: World, auditor: Caller) -> None:
    write(world)
    write(world, minutes=10)

    def found(**asked: object) -> int:
        return len(auditor.get("/audit", action="customer.reveal", **asked).json()["items"])

    edge = (NOW + timedelta(days=400, minutes=5)).isoformat()
    assert found(actor=world.alice.pk) == 2
    assert found(actor=world.charlie.pk) == 0
    assert found(object=f"customer:{CUSTOMER}") == 2
    assert found(object="customer:someone-else") == 0
    assert found(**{"from": edge}) == 1
    assert found(to=edge) == 1


def test_pages_go_back_in_time_without_gap_or_overlap(world: World, auditor: Caller) -> None:
    for minute in range(5):
        write(world, minutes=minute // 2)
    seen: list[str] = []
    asked: dict[str, object] = {"action": "customer.reveal", "limit": 2}
    for _ in range(3):
        page = auditor.get("/audit", **asked).json()
        seen += [item["id"] for item in page["items"]]
        asked["cursor"] = page["next_cursor"]

    assert asked["cursor"] is None
    assert len(seen) == len(set(seen)) == 5


def test_who_reads_the_trail_is_in_it(world: World, auditor: Caller) -> None:
    auditor.get("/audit", actor=world.alice.pk)

    (event,) = trail("audit.read")
    assert event.details == {"actor": world.alice.pk}


def test_the_exported_file_holds_no_formula(world: World, auditor: Caller) -> None:
    write(world, reason='=HYPERLINK("http://evil.example","x")')
    write(world, reason="＝1+1")

    answer = auditor.get("/audit/export", action="customer.reveal")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("时间,操作人,动作")
    assert len(lines) == 3
    assert all(",'=HYPERLINK" in line or "\"'=HYPERLINK" in line or ",'＝1+1" in line for line in lines[1:])
    assert trail("audit.export")[0].row_count == 2


def test_only_who_audits_reads_the_trail(world: World, call: Callable[..., Caller]) -> None:
    for user in (
        world.steward,
        world.alice,
        appoint(world, "system_admin"),
        appoint(world, "security_admin"),
    ):
        assert call(user).get("/audit").status_code == 403
        assert call(user).get("/audit/export").status_code == 403
    assert call(appoint(world, "compliance")).get("/audit").status_code == 200


def test_what_cannot_be_asked_is_refused(world: World, auditor: Caller) -> None:
    for wrong in (
        {"cursor": "made-up"},
        {"from": "yesterday"},
        {"from": "2026-01-01T00:00:00"},
        {"actor": 0},
        {"limit": 0},
    ):
        assert auditor.get("/audit", **wrong).status_code == 422, wrong


def test_nobody_but_the_sealer_changes_what_is_written(world: World) -> None:
    from django.db import ProgrammingError, connection, transaction

    write(world)
    for statement in ("UPDATE govern_audit_event SET action = 'x'", "DELETE FROM govern_audit_event"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as db,
        ):
            db.execute(statement)
