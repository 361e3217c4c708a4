"""The catalog's rules hold on what the release migrates, and each of them can break."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from tests.govern.conftest import Tamper

from kehu.cli import doctor
from kehu.govern import audit
from kehu.govern.invariants import CatalogNotSafe, check_catalog, check_version, require_safe_catalog


def test_the_migrated_database_breaks_no_rule(db: None) -> None:
    assert [finding.broken for finding in check_catalog()] == [()] * 6
    require_safe_catalog()


@pytest.mark.parametrize(
    ("place", "statement", "named"),
    [
        (1, "CREATE TABLE relate_visit (id int PRIMARY KEY, customer_id uuid)", "relate_visit"),
        (1, "CREATE TABLE x (id int, c uuid REFERENCES profile_customer)", "x"),
        (1, "CREATE TABLE y (note_sealed bytea)", "y"),
        (1, "ALTER TABLE profile_customer NO FORCE ROW LEVEL SECURITY", "profile_customer"),
        (1, "ALTER TABLE collect_event DISABLE ROW LEVEL SECURITY", "collect_event"),
        (2, "CREATE VIEW v AS SELECT name FROM profile_customer", "v"),
        (2, "CREATE VIEW v WITH (security_invoker = false) AS SELECT 1 AS x", "v"),
        (2, "CREATE MATERIALIZED VIEW m AS SELECT name FROM profile_customer", "m"),
        (3, "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'", "f()"),
        (4, "ALTER TABLE govern_unit OWNER TO kehu_app", "kehu_app"),
        (5, "GRANT UPDATE ON govern_audit_event TO kehu_app", "govern_audit_event: kehu_app UPDATE"),
        (5, "GRANT DELETE ON govern_audit_batch TO PUBLIC", "govern_audit_batch: PUBLIC DELETE"),
        (
            5,
            "GRANT UPDATE (at) ON govern_audit_event TO kehu_sealer",
            "govern_audit_event.at: kehu_sealer UPDATE",
        ),
        (5, "GRANT INSERT ON govern_key_version TO kehu_app", "govern_key_version: kehu_app INSERT"),
    ],
)
def test_each_breach_is_named_and_stops_the_start(
    own_database: str, tamper: Tamper, place: int, statement: str, named: str
) -> None:
    tamper(statement)

    assert check_catalog()[place].broken == (named,)
    with pytest.raises(CatalogNotSafe, match=r"does not start"):
        require_safe_catalog()


def test_a_view_of_the_invoker_is_no_breach(own_database: str, tamper: Tamper) -> None:
    tamper("CREATE VIEW v WITH (security_invoker = true) AS SELECT name FROM profile_customer")

    require_safe_catalog()


@pytest.mark.parametrize("number", [150014, 160010, 170006, 180000, 180006])
def test_versions_with_the_security_fixes_are_taken(number: int) -> None:
    assert check_version(number).broken == ()


@pytest.mark.parametrize("number", [140099, 150013, 160009, 170005])
def test_versions_that_leak_past_policies_are_refused(number: int) -> None:
    assert check_version(number).broken != ()


def test_the_doctor_finds_nothing_wrong_with_a_new_database(own_database: str) -> None:
    answers = list(doctor.examine(is_served=False))

    assert [answer.text.en for answer in answers if answer.is_well is False] == []
    assert answers[0].line().startswith("✓ ")


def test_the_doctor_misses_a_worker_and_a_sealer_that_do_not_work(own_database: str, tamper: Tamper) -> None:
    with transaction.atomic():
        audit.record(action="test.act", actor_id=None, now=timezone.now() - timedelta(minutes=5))

    wrong = [answer.text.en for answer in doctor.examine(is_served=True) if answer.is_well is False]

    assert [text.split(" ")[0] for text in wrong] == ["The", "Audit"]


def test_the_doctor_names_a_broken_rule(own_database: str, tamper: Tamper) -> None:
    tamper("CREATE MATERIALIZED VIEW leak AS SELECT name FROM profile_customer")

    wrong = [answer.text.en for answer in doctor.examine(is_served=False) if answer.is_well is False]

    assert len(wrong) == 1
    assert "leak" in wrong[0]


def test_the_doctor_names_a_key_that_others_can_read(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "secrets" / "root.key").touch(mode=0o644)
    (tmp_path / "secrets" / "database.key").touch(mode=0o600)

    answer = next(doctor.files(tmp_path))

    assert answer.is_well is False
    assert answer.text.en.endswith(": root.key")
