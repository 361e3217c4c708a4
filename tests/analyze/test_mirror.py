"""The lake follows the database: what is written comes, what changes is replaced, what is erased goes from every file."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from tests.installation import Installation, installed

MAKE = """
from datetime import UTC, datetime, timedelta
from kehu.collect.events import Happening, write_events
from kehu.collect.records import Statement
from kehu.collect.sources import create_source, get_source
from kehu.flows.ingest import ingest
from kehu.govern import operations
now = datetime(2026, 11, 22, 4, tzinfo=UTC)
if sys.argv[1] == "first":
    create_source(key="core", name="核心", kind="file", trust=90, unit=operations.get_unit(None), actor_id=None, now=now)
source, said = get_source("core"), json.loads(sys.argv[2])
ingest([Statement(key=one.pop("key"), values=one) for one in said], source=source, now=now)
cursor.execute("SELECT l.record_id, c.name FROM resolve_link l JOIN profile_customer c ON c.id = l.cluster_id WHERE l.ended_at IS NULL")
records = {name: record for record, name in cursor.fetchall()}
def event(number, name):
    at = now - timedelta(days=20 * number)
    return Happening(f"{sys.argv[1]}-{name}-{number}", records[name], "behavior", "登录", at, at, {"channel": "手机銀行"})
write_events([event(n, one["name"]) for one in said for n in range(3)], source_id=source.pk)
print(json.dumps(len(records)))
"""
ERASE = """
from datetime import UTC, datetime
from kehu.flows.erase_customer import _erase
cursor.execute("SELECT id FROM profile_customer WHERE name = %s", [sys.argv[1]])
customer = cursor.fetchone()[0]
_erase(customer, datetime(2026, 11, 22, 5, tzinfo=UTC))
print(json.dumps(str(customer)))
"""
SAY_AND_STAY = """
from datetime import UTC, datetime
from uuid import UUID
from kehu.analyze.models.segments import Membership, Segment
from kehu.govern.models.purposes import Consent, Purpose, PurposeVersion
from kehu.platform.ids import new_id
now = datetime(2026, 11, 22, 4, tzinfo=UTC)
purpose = Purpose.objects.create(key="warm_words", name_zh="问候", name_en="Greetings", created_at=now)
terms = PurposeVersion.objects.create(
    purpose=purpose, version=1, legal_basis="consent", data_classes=["C1"], channels=["email"], retention_days=30,
    notice={}, notice_hash="0", published_at=now)
cursor.execute("SELECT id FROM profile_customer WHERE name = ANY(%s) ORDER BY name", [sys.argv[1:]])
people = [row[0] for row in cursor.fetchall()]
def say(customer, state, version=terms, file=None):
    Consent.objects.create(
        id=new_id(), customer_id=customer, purpose_version=version, channel="", state=state, source="staff",
        import_id=file, said_at=now, recorded_at=now)
say(people[0], "given")
say(people[1], "given", file=UUID(int=7))
say(people[1], "objected", version=None)
segment = Segment.objects.create(id=new_id(), name="全部", purpose="warm_words", is_archived=True, created_at=now)
for customer in people:
    Membership.objects.create(segment=segment, customer_id=customer, entered_at=now)
print(json.dumps(len(people)))
"""
LEAVE_AND_VOID = """
from datetime import UTC, datetime
from uuid import UUID
from kehu.analyze.models.segments import Membership
from kehu.govern.purposes.ledger import void_import
now = datetime(2026, 11, 22, 5, tzinfo=UTC)
Membership.objects.filter(pk=Membership.objects.order_by("pk").first().pk).update(left_at=now)
print(json.dumps(void_import(UUID(int=7), author_id=None, now=now)[1]))
"""
MERGE = """
from datetime import UTC, datetime
from kehu.resolve.operations import Cause, merge_clusters
ids = []
for name in sys.argv[1:]:
    cursor.execute("SELECT id FROM profile_customer WHERE name = %s", [name])
    ids.append(cursor.fetchone()[0])
merge_clusters(*ids, evidence=[], cause=Cause(None, None, datetime(2026, 11, 22, 6, tzinfo=UTC)))
print(json.dumps(len(ids)))
"""
PEOPLE = [
    {
        "key": "1",
        "name": "沈静仪",
        "mobile": "13857101234",
        "tier": "钻石",
        "region": "杭州市西湖區",
        "aum": "5000",
    },
    {
        "key": "2",
        "name": "庄伯言",
        "mobile": "13857105678",
        "tier": "金",
        "email": "zhuang@hengchuan.example",
    },
    {"key": "3", "name": "单于清", "mobile": "13600000003", "address": "杭州市西湖区文三路1号"},
]
BEHIND = """
from django.utils import timezone
from kehu.analyze.mirror.behind import is_behind
print(json.dumps(is_behind(now=timezone.now())))
"""
SECRETS = ["沈静仪", "庄伯言", "单于清", "13857101234", "13857105678", "zhuang@hengchuan.example", "文三路"]


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Three customers with three events each, in the database and in the lake."""
    with installed() as made:
        say(made, "first", PEOPLE)
        made.run("lake", "sync")
        yield made


def say(installation: Installation, turn: str, people: list[dict[str, str]]) -> None:
    import json

    installation.do(MAKE, turn, json.dumps([dict(one) for one in people]))


def lake(installation: Installation, query: str) -> list[tuple[Any, ...]]:
    """Ask the files that are part of the lake."""
    import duckdb

    rows = installation.ask(
        "SELECT dataset_id, name FROM platform_lake_file WHERE removed_at IS NULL ORDER BY id"
    )
    with duckdb.connect() as database:
        for dataset in {row[0] for row in rows}:
            files = [str(installation.home / "lake" / name) for owner, name in rows if owner == dataset]
            database.read_parquet(files, union_by_name=True).create_view(dataset)
        return database.execute(query).fetchall()


def test_the_lake_follows_what_is_written_changed_and_erased(installation: Installation) -> None:
    assert "不一致" not in installation.run("lake", "verify")
    assert lake(installation, "SELECT count(*) FROM customers") == [(3,)]
    assert lake(installation, "SELECT count(*), count(DISTINCT record_id) FROM events") == [(9, 3)]
    folds = "SELECT folded_f_region, f_aum FROM customers WHERE f_tier = '钻石'"
    assert lake(installation, folds) == [("杭州市西湖区", 5000.0)]
    assert lake(installation, "SELECT DISTINCT folded_properties FROM events") == [
        ('{"channel":"手机银行"}',)
    ]

    assert installation.do(BEHIND) is False

    say(
        installation,
        "second",
        [{**PEOPLE[0], "tier": "白金"}, {"key": "4", "name": "仇明", "mobile": "13600000004"}],
    )
    assert installation.do(BEHIND) is True
    installation.run("lake", "sync")
    assert "不一致" not in installation.run("lake", "verify")
    assert lake(installation, "SELECT count(*) FROM events") == [(15,)]
    deltas = lake(installation, "SELECT f_tier FROM customers WHERE is_gone IS NOT NULL ORDER BY 1")
    assert deltas == [("白金",), (None,)]

    installation.do(ERASE, "庄伯言")
    assert installation.do(BEHIND) is True
    installation.run("lake", "sync")
    assert "不一致" not in installation.run("lake", "verify")
    assert lake(installation, "SELECT count(*) FROM customers") == [(3,)]
    assert lake(installation, "SELECT count(*), count(DISTINCT record_id) FROM events") == [(12, 3)]
    assert lake(installation, "SELECT count(*) FROM customers WHERE f_tier = '金'") == [(0,)]

    found = [file for file in (installation.home / "lake").rglob("*.parquet") if holds_a_secret(file)]
    assert found == []


def test_what_was_said_who_was_in_and_who_was_merged_is_mirrored(installation: Installation) -> None:
    installation.do(SAY_AND_STAY, "沈静仪", "庄伯言")
    assert installation.do(BEHIND) is True
    installation.run("lake", "sync")
    said = lake(installation, "SELECT purpose, version, channel, state FROM consents ORDER BY said_at, state")
    assert said == [*[("warm_words", 1, "", "given")] * 2, (None, None, "", "objected")]
    stays = "SELECT count(*), count(left_at), count(DISTINCT segment_id) FROM memberships"
    assert lake(installation, stays) == [(2, 0, 1)]

    installation.do(LEAVE_AND_VOID)
    assert installation.do(BEHIND) is True
    installation.run("lake", "sync")
    assert lake(installation, "SELECT state FROM consents ORDER BY 1") == [("given",), ("objected",)]
    assert lake(installation, "SELECT count(DISTINCT id), count(left_at) FROM memberships") == [(2, 1)]

    installation.do(MERGE, "沈静仪", "庄伯言")
    installation.run("lake", "sync")
    assert lake(installation, "SELECT count(*) FROM merged m JOIN customers c ON c.id = m.living_id") == [
        (1,)
    ]
    assert "不一致" not in installation.run("lake", "verify")

    installation.do(ERASE, "沈静仪")
    installation.run("lake", "sync")
    left = "SELECT count(*) FROM platform_lake_file WHERE removed_at IS NULL AND dataset_id = ANY(ARRAY['consents','memberships'])"
    assert installation.ask(left) == [[0]]
    assert "不一致" not in installation.run("lake", "verify")


def holds_a_secret(file: Path) -> bool:
    text = str(parquet.read_table(file).to_pylist())
    return any(secret in text for secret in SECRETS)


def test_a_kill_in_the_middle_leaves_the_lake_as_it_was(installation: Installation) -> None:
    before = installation.ask("SELECT name FROM platform_lake_file WHERE removed_at IS NULL ORDER BY id")
    say(installation, "third", [{"key": "5", "name": "万俟山", "mobile": "13600000005"}])
    killed = "from kehu.analyze.mirror import sync as s; import os; s.manifest.commit = lambda *a, **k: os._exit(9)"
    script = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'kehu.config.settings'\n"
        "from kehu.platform.postgres.server import ensure; ensure()\nimport django; django.setup()\n"
        f"{killed}\nfrom django.utils import timezone\ns.sync(now=timezone.now())"
    )
    ended = subprocess.run([sys.executable, "-c", script], env=installation.environment, check=False)
    assert ended.returncode == 9
    assert (
        installation.ask("SELECT name FROM platform_lake_file WHERE removed_at IS NULL ORDER BY id") == before
    )

    installation.run("lake", "sync")

    assert "不一致" not in installation.run("lake", "verify")
    assert lake(installation, "SELECT count(DISTINCT id) FROM customers") == [(4,)]


def test_a_file_that_is_lost_is_told_and_made_anew(installation: Installation) -> None:
    name = installation.ask("SELECT name FROM platform_lake_file WHERE removed_at IS NULL ORDER BY id")[-1][0]
    (installation.home / "lake" / name).unlink()

    told = subprocess.run(
        [sys.executable, "-m", "kehu.cli.main", "lake", "verify"],
        env=installation.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 1
    assert name in told.stdout
    installation.run("lake", "sync")
    assert "不一致" not in installation.run("lake", "verify")
