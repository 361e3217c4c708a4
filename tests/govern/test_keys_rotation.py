"""Keys rotate while everybody works: every search finds, every value opens, nothing stays under the old key."""

import os
import subprocess
import sys
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.govern.conftest import Tamper
from tests.world import NOW, World, make_world

from kehu.collect.records import Statement
from kehu.flows.ingest import ingest
from kehu.flows.upkeep.rotate_keys import rotate
from kehu.govern.fields.registry import registry
from kehu.govern.models.keys import DataKey, KeyVersion
from kehu.govern.sealing import keyring as keyrings
from kehu.govern.sealing import rotation
from kehu.govern.sealing.blobs import key_version
from kehu.govern.sealing.keyring import keyring
from kehu.govern.sealing.rotation import KeysNotRetired, Purpose
from kehu.govern.sealing.suites import SealBroken
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.profile.lists.search import conditions, find_by_identifier, parse


def mobile(number: int) -> str:
    return f"138571{number:05d}"


def silent(_: Text) -> None:
    """Tell nobody."""


@pytest.fixture
def scene(own_database: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """The shared scene with twenty customers, committed."""
    monkeypatch.setattr(keyrings, "REFRESH_SECONDS", 0.2)
    with transaction.atomic():
        made = make_world()
    say(made, range(20))
    return made


def say(scene: World, numbers: range, **more: object) -> int:
    """State customers by number; how many of the records were new."""
    statements = [
        Statement(key=str(n), values={"name": f"沈静{n}", "mobile": mobile(n), **more}) for n in numbers
    ]
    return sum(record.is_new for record in ingest(statements, source=scene.core, now=NOW).records)


def find(number: int) -> UUID | None:
    with acting(SYSTEM), transaction.atomic():
        return find_by_identifier("mobile", mobile(number), registry())


def count_by_tail(number: int) -> int:
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        (condition,) = conditions(parse(mobile(number)[-4:], registry()))
        cursor.execute(f"SELECT count(*) FROM profile_customer c WHERE {condition.sql}", condition.values)
        return int(cursor.fetchone()[0])


def living(purpose: str) -> list[int]:
    rows = KeyVersion.objects.filter(purpose=purpose, retired_at__isnull=True)
    return sorted(rows.values_list("version", flat=True))


def test_every_data_key_is_wrapped_anew_and_every_value_still_opens(scene: World) -> None:
    for version in (2, 3):
        rotate("wrap", now=timezone.now(), tell=silent)

        assert living("wrap") == [version]
        assert set(DataKey.objects.values_list("version", flat=True)) == {version}
    for number in range(20):
        found = find(number)
        assert found is not None
        with acting(SYSTEM), transaction.atomic():
            assert get_dossier(found, fields=registry()).golden.values["mobile"] == mobile(number)


def test_a_rotation_that_was_killed_is_gone_on_with(scene: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 7)
    said = 0

    def die_at_the_second_batch(_: Text) -> None:
        nonlocal said
        said += 1
        if said == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate("wrap", now=timezone.now(), tell=die_at_the_second_batch)
    assert set(DataKey.objects.values_list("version", flat=True)) == {1, 2}
    assert find(3) is not None

    rotate("wrap", now=timezone.now(), tell=silent)

    assert living("wrap") == [2]
    assert set(DataKey.objects.values_list("version", flat=True)) == {2}


@pytest.mark.parametrize("deaths", [2, 3, 4])
def test_an_index_rotation_that_was_killed_is_gone_on_with(scene: World, deaths: int) -> None:
    said = 0

    def die(_: Text) -> None:
        nonlocal said
        said += 1
        if said == deaths:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate("index", now=timezone.now(), tell=die)
    assert living("index") == [1, 2]
    assert all(find(number) for number in range(20))

    rotate("index", now=timezone.now(), tell=silent)

    assert living("index") == [2]
    assert all(find(number) and count_by_tail(number) for number in range(20))


def test_after_an_index_rotation_known_rows_are_known_and_new_ones_join(scene: World) -> None:
    with transaction.atomic():
        old = keyring().blind("mobile", mobile(1))
    rotate("index", now=timezone.now(), tell=silent)

    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM resolve_identifier WHERE value = %s", [old])
        assert cursor.fetchone()[0] == 0
    assert ingest(
        [Statement(key="1", values={"name": "沈静1", "mobile": mobile(1)})], source=scene.core, now=NOW
    ).unchanged == 1  # fmt: skip
    assert say(scene, range(1, 2), email="s1@example.com") == 0
    before = find(2)
    scene.say(scene.cards, "card-2", name="沈静2", mobile=mobile(2))
    assert find(2) == before
    assert count_by_tail(2) == 1


def test_between_announcement_and_use_a_new_version_is_looked_for_and_not_written(scene: World) -> None:
    versions = rotation.begin("index", now=timezone.now())
    rotation.settle(silent)

    with transaction.atomic():
        ring = keyring()
        assert (ring.latest["index"], ring.index_versions) == (1, (1, 2))
    rotation.activate("index", now=timezone.now())
    rotation.settle(silent)
    assert versions.older == (1,)
    assert say(scene, range(20)) == 0
    scene.say(scene.cards, "card-5", name="沈静5", mobile=mobile(5))
    assert count_by_tail(5) == 1


def test_a_transaction_keeps_the_keys_that_it_began_with(scene: World) -> None:
    rotation.begin("index", now=timezone.now())
    rotation.settle(silent)
    with transaction.atomic():
        before = keyring().latest["index"]
        rotation.activate("index", now=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")

        assert keyring().latest["index"] == before == 1
    with transaction.atomic():
        assert keyring().latest["index"] == 2


def test_an_identifier_that_no_record_explains_keeps_the_old_key(scene: World, tamper: Tamper) -> None:
    tamper(
        "UPDATE resolve_identifier SET value = '\\x00' WHERE value = (SELECT value FROM resolve_identifier ORDER BY value LIMIT 1)"
    )

    with pytest.raises(KeysNotRetired):
        rotate("index", now=timezone.now(), tell=silent)

    assert living("index") == [1, 2]


def test_rows_that_wait_are_sealed_with_the_new_key(scene: World, tamper: Tamper) -> None:
    with transaction.atomic():
        sealed = keyring().stage(b"{}", "collect_inbox.sealed")
    tamper(
        "INSERT INTO collect_inbox (source_id, received_at, count, sealed) VALUES (%s, now(), 1, %s)",
        scene.core.pk, sealed,
    )  # fmt: skip

    tamper(
        "INSERT INTO collect_quarantined (source_id, received_at, reason_code, sealed, state) VALUES (%s, now(), '', '', 'dropped')",
        scene.core.pk,
    )

    rotate("staging", now=timezone.now(), tell=silent)

    assert living("staging") == [2]
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM collect_inbox")
        renewed = bytes(cursor.fetchone()[0])
        assert key_version(renewed) == 2
        assert keyring().unstage(renewed, "collect_inbox.sealed") == b"{}"
        assert keyring().unstage(sealed, "collect_inbox.sealed") == b"{}"


def test_a_waiting_row_that_does_not_open_keeps_the_old_key(scene: World, tamper: Tamper) -> None:
    tamper(
        "INSERT INTO collect_inbox (source_id, received_at, count, sealed) VALUES (%s, now(), 1, %s)",
        scene.core.pk, b"\x01\x01\x00\x01" + bytes(40),
    )  # fmt: skip

    with pytest.raises(SealBroken):
        rotate("staging", now=timezone.now(), tell=silent)

    assert living("staging") == [1, 2]


OTHER = """
import sys, time, django
django.setup()
from django.db import transaction
from kehu.collect.records import Statement
from kehu.collect.sources import get_source
from kehu.flows.ingest import ingest
from kehu.govern.fields.registry import registry
from kehu.govern.sealing import keyring as keyrings
from kehu.govern.sealing.blobs import key_version
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.profile.lists.search import find_by_identifier
from tests.world import NOW
keyrings.REFRESH_SECONDS = 1.0
written, missed = 100, 0
core, cards = get_source("core"), get_source("cards")
print("ready", flush=True)
import select
while not select.select([sys.stdin], [], [], 0)[0]:
    values = {"name": "周远", "mobile": f"138571{written:05d}"}
    ingest([Statement(key=str(written), values=values)], source=core, now=NOW)
    ingest([Statement(key=str(written), values=values)], source=cards, now=NOW)
    written += 1
    for number in (*range(20), written - 1, (written + 100) // 2):
        with acting(SYSTEM), transaction.atomic():
            found = find_by_identifier("mobile", f"138571{number:05d}", registry())
            if found is None or get_dossier(found, fields=registry()).golden.values["mobile"] != f"138571{number:05d}":
                missed += 1
print(written, missed)
"""


def environment_of(database: str) -> dict[str, str]:
    """Return the environment of a process that works on another database of the tests' server."""
    environment = {**os.environ, "KEHU_DATABASE_NAME": database, "PYTHONPATH": "."}
    if url := environment.get("KEHU_DATABASE_URL"):
        environment["KEHU_DATABASE_URL"] = f"{url.rsplit('/', 1)[0]}/{database}"
    return environment


def test_another_process_finds_and_opens_everything_throughout(
    scene: World, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyrings, "REFRESH_SECONDS", 1.0)
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment_of(own_database),
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    purposes: tuple[Purpose, ...] = ("wrap", "index", "wrap", "index")

    for purpose in purposes:
        rotate(purpose, now=timezone.now(), tell=silent)
        assert all(find(number) for number in range(20))
    said, _ = other.communicate("\n", timeout=60)

    written, missed = map(int, said.split())
    assert (other.returncode, missed) == (0, 0)
    assert written > 103
    assert all(find(number) and count_by_tail(number) == 1 for number in range(100, written))
    assert (living("wrap"), living("index")) == ([3], [3])
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM profile_customer")
        assert cursor.fetchone()[0] == 20 + written - 100
