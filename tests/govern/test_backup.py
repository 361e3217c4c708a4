"""A backup gives everything back but those who were erased since, and shows no number to whoever finds it."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.govern.conftest import Tamper
from tests.platform.conftest import enterable
from tests.world import NOW, World, make_world

from kehu.analyze.models.segments import Membership, Segment
from kehu.collect.records import Statement
from kehu.flows.erase_customer import erase_customer, log_path
from kehu.flows.ingest import ingest
from kehu.flows.upkeep.backup import Backup, BackupExists, back_up
from kehu.flows.upkeep.restore import HomeHasData, Restored, restore
from kehu.flows.upkeep.seal_audit import seal_pending
from kehu.govern.fields.registry import registry
from kehu.govern.models.keys import DataKey
from kehu.govern.models.purposes import Consent
from kehu.govern.sealing import root_file
from kehu.govern.sealing.keyring import keyring
from kehu.govern.sealing.root_file import PassphraseTooShort, RootFileNotOpened
from kehu.govern.trail import anchors
from kehu.govern.trail.verifying import verify
from kehu.platform.ids import new_id
from kehu.platform.postgres.binaries import installed
from kehu.platform.postgres.dumps import DumpFailed
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.profile.lists.search import find_by_identifier

PASSPHRASE = "correct horse battery"
ELSEWHERE = 10**15
"""The number of a transaction of a server that has lived for long."""
FOLLOWED = ("profile_customer", "resolve_link", "govern_consent", "analyze_membership")
NUMBERS = 120
ERASED = 100


def mobile(number: int) -> str:
    return f"138571{number:05d}"


def silent(_: Text) -> None:
    """Tell nobody."""


def seal_all() -> None:
    """Seal everything; a transaction in any database of the server makes the sealer wait."""
    while verify(keyring()).unsealed:
        seal_pending(NOW)


def find(number: int) -> UUID | None:
    with acting(SYSTEM), transaction.atomic():
        return find_by_identifier("mobile", mobile(number), registry())


@pytest.fixture
def scene(own_database: str) -> World:
    """The shared scene with customers, committed, its trail sealed."""
    with transaction.atomic():
        made = make_world()
    statements = [
        Statement(key=f"key-{n}", values={"name": f"沈静{n}", "mobile": mobile(n), "resident_id": "11010519491231002X"})
        if n == 0
        else Statement(key=f"key-{n}", values={"name": f"沈静{n}", "mobile": mobile(n), "email": f"s{n}@example.com"})
        for n in range(NUMBERS)
    ]  # fmt: skip
    ingest(statements, source=made.core, now=NOW)
    seal_all()
    return made


@pytest.fixture
def backup(scene: World, tmp_path: Path) -> Backup:
    """A backup of the scene."""
    return back_up(tmp_path / "yesterday.dump", passphrase=PASSPHRASE, now=NOW)


def give_back(backup: Backup, *, is_forced: bool = True) -> Restored:
    lines = log_path().read_text().splitlines() if log_path().exists() else []
    return restore(backup.dump, erasures=lines, is_forced=is_forced, now=NOW, tell=silent)


def test_a_dump_shows_no_number_and_no_key(backup: Backup) -> None:
    clear = subprocess.run(
        [installed() / "pginstall" / "bin" / "pg_restore", "--file=-", backup.dump], capture_output=True, check=True
    ).stdout  # fmt: skip

    assert "沈静7".encode() in clear
    for secret in (mobile(7), "11010519491231002X", "s7@example.com", "key-7"):
        assert secret.encode() not in clear
        assert secret.encode().hex().encode() not in clear
    assert b"COPY sec.k " not in clear
    assert backup.dump.stat().st_mode & 0o777 == 0o600


def test_whoever_was_erased_since_stays_erased_after_a_restore(scene: World, backup: Backup) -> None:
    gone = [find(number) for number in range(ERASED)]
    for customer in gone:
        assert customer is not None
        with acting(scene.actor(scene.steward).scope), transaction.atomic():
            erase_customer(customer_id=customer, reason="本人要求", actor=scene.actor(scene.steward), now=NOW)

    done = give_back(backup)

    assert done.erased == ERASED
    assert [find(number) for number in range(ERASED)] == [None] * ERASED
    assert not DataKey.objects.filter(owner_id__in=gone).exists()
    for number in range(ERASED, NUMBERS):
        found = find(number)
        assert found is not None
        with acting(SYSTEM), transaction.atomic():
            assert get_dossier(found, fields=registry()).golden.values["mobile"] == mobile(number)


def test_after_a_restore_the_trail_verifies_and_grows(scene: World, backup: Backup) -> None:
    scene.say(scene.core, "later", name="后来")
    seal_all()

    give_back(backup)
    seal_all()

    report = verify(keyring())
    assert (report.faults, report.unsealed) == ([], 0)
    assert report.anchored == report.batches
    assert list(anchors.path().parent.glob(f"{anchors.path().stem}-until-*"))


def test_what_follows_transactions_follows_those_of_the_server_it_was_restored_to(
    scene: World, tamper: Tamper, tmp_path: Path
) -> None:
    someone = find(7)
    assert someone
    with acting(SYSTEM), transaction.atomic():
        Consent.objects.create(
            id=new_id(), customer_id=someone, state="objected", source="staff", said_at=NOW, recorded_at=NOW
        )
        segment = Segment.objects.create(
            id=new_id(), name="全部", purpose="service", watermark=ELSEWHERE, created_at=NOW
        )
        behind = Segment.objects.create(
            id=new_id(), name="部分", purpose="service", watermark=7, created_at=NOW
        )
        Membership.objects.create(segment=segment, customer_id=someone, entered_at=NOW)
    for table in FOLLOWED:
        tamper(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        tamper(f"UPDATE {table} SET written_in = {ELSEWHERE} WHERE written_in IS NOT NULL RETURNING 1")
        tamper(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    give_back(back_up(tmp_path / "elsewhere.dump", passphrase=PASSPHRASE, now=NOW))

    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        for table in FOLLOWED:
            cursor.execute(
                f"SELECT count(*), count(*) FILTER (WHERE written_in <= sec.current_transaction()) FROM {table}"
            )
            rows, followed = cursor.fetchone()
            assert rows == followed > 0
        assert Segment.objects.get(pk=segment.pk).watermark == 0
        assert Segment.objects.get(pk=behind.pk).watermark == 7


def test_an_import_that_ran_at_the_time_of_the_backup_has_failed_after_it(
    scene: World, tmp_path: Path
) -> None:
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collect_import (id, source_id, unit_id, kind, file_name_sealed, file_size, form, mapping, options, "
            "is_dry_run, state, wish, position, rows_total, rows_read, rows_accepted, rows_rejected, rows_unchanged, "
            "customers_created, customers_updated, reviews_opened, summary, created_at) "
            "VALUES (gen_random_uuid(), %s, %s, 'customer', '', 1, '{}', '{}', '{}', false, 'running', '', 5, 9, 5, 5, 0, 0, "
            "5, 0, 0, '{}', now())", [scene.core.pk, scene.root.pk],
        )  # fmt: skip

    give_back(back_up(tmp_path, passphrase=None, now=NOW))

    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT state, fault->>'code' FROM collect_import")
        assert cursor.fetchall() == [("failed", "restored")]


def test_data_is_replaced_only_when_forced(backup: Backup) -> None:
    with pytest.raises(HomeHasData):
        give_back(backup, is_forced=False)


def test_a_broken_dump_leaves_everything_as_it_was(backup: Backup) -> None:
    content = backup.dump.read_bytes()
    backup.dump.write_bytes(content[: len(content) // 2])

    with pytest.raises(DumpFailed):
        give_back(backup)

    assert all(find(number) for number in range(0, NUMBERS, 10))


def test_a_backup_overwrites_nothing(backup: Backup) -> None:
    with pytest.raises(BackupExists):
        back_up(backup.dump, passphrase=None, now=NOW)


def test_a_guessable_passphrase_is_refused_before_anything_is_written(scene: World, tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        back_up(tmp_path / "x.dump", passphrase="short", now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_the_key_file_opens_with_its_passphrase_alone(backup: Backup) -> None:
    assert backup.key is not None
    assert backup.key.stat().st_mode & 0o777 == 0o600
    assert root_file.read(backup.key, PASSPHRASE).dump_digest == root_file.digest(backup.dump)

    with pytest.raises(RootFileNotOpened):
        root_file.read(backup.key, PASSPHRASE + "!")
    digest = root_file.digest(backup.dump)
    backup.key.write_text(backup.key.read_text().replace(digest, digest[::-1]))
    with pytest.raises(RootFileNotOpened):
        root_file.read(backup.key, PASSPHRASE)


OPEN = """
import django
django.setup()
from django.db import transaction
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.profile.lists.search import find_by_identifier
with acting(SYSTEM), transaction.atomic():
    found = find_by_identifier("mobile", "13857100007", registry())
    print(get_dossier(found, fields=registry()).golden.values["email"])
"""


def kehu(home: Path, *words: str, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    """Run a command (or the script above) on a home."""
    unset = {"KEHU_DATABASE_URL", "KEHU_DATABASE_NAME", "KEHU_TEST_HOME"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    arguments = ["-c", OPEN] if words == ("open",) else ["-m", "kehu.cli.main", *words]
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False,
        env={**kept, "KEHU_HOME": str(home), "KEHU_BACKUP_PASSPHRASE": passphrase, "LANG": "en_US.UTF-8"},
    )  # fmt: skip


@pytest.mark.slow
def test_a_new_machine_takes_a_backup_with_its_passphrase(backup: Backup) -> None:
    with enterable() as folder:
        home = folder / "home"

        refused = kehu(home, "restore", str(backup.dump), passphrase="another passphrase")
        assert (refused.returncode, refused.stderr) == (
            1,
            "The passphrase is wrong, or the key file was changed.\n",
        )
        restored = kehu(home, "restore", str(backup.dump))

        assert (restored.returncode, restored.stderr) == (0, "")
        assert (home / "secrets" / "root.key").stat().st_mode & 0o777 == 0o600
        assert kehu(home, "open").stdout == "s7@example.com\n"
        assert kehu(home, "keys", "rotate", "--what", "wrap").returncode == 0
        examined = kehu(home, "doctor")
        assert (examined.returncode, "✗" in examined.stdout) == (0, False)
        verified = kehu(home, "audit", "verify")
        assert (verified.returncode, verified.stdout.count("\n")) == (0, 1)
        assert (kehu(home, "lake", "sync").returncode, kehu(home, "lake", "verify").returncode) == (0, 0)
        followed = [line.split()[1:3] for line in kehu(home, "lake", "sync").stdout.splitlines()]
        assert followed
        assert all(line == ["写入", "0"] for line in followed)
        again = kehu(home, "restore", str(backup.dump))
        assert (again.returncode, "--force" in again.stderr) == (1, True)
