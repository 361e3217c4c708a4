"""Customers and their events by the million, written by set: a bank in PostgreSQL, its real mirror, and events as Parquet.

The events of one customer in `STANDS_IN` stand in PostgreSQL and reach the lake by the mirror; those of the others are
written by DuckDB into files as the mirror makes them, and join the manifest in one commit.
"""

import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from bench.bank import make_database
from django.db import connection, connections, transaction
from django.utils import timezone

from kehu.analyze.mirror.datasets import events as of_events
from kehu.analyze.mirror.sync import sync
from kehu.collect.models import Event, Source
from kehu.govern.access.actors import Actor, load_actor
from kehu.govern.models.access import Unit, User
from kehu.govern.operations import create_user, get_unit
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.ids import new_id
from kehu.platform.installation.home import lake_dir
from kehu.platform.lake import manifest, store
from kehu.platform.lake.manifest import File
from kehu.platform.models import LakeFile
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PURPOSE = "analysis"
EVENTS_EACH = 20
STANDS_IN = 50
DAYS = 400
PORTION = 250_000
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
_PASSWORD = "a-long-quiet-evening"  # noqa: S105 (of a database of invented people that is measured and dropped)
_DICE = "(hashtextextended(i::text, {salt}) & 1073741823)"
_CUSTOMERS = f"""
WITH units AS (SELECT array_agg(id ORDER BY id) AS ids FROM govern_unit),
one AS (SELECT i, md5('r' || i)::uuid AS record, md5('c' || i)::uuid AS customer,
    (SELECT ids[1 + {_DICE.format(salt=1)} %% cardinality(ids)] FROM units) AS unit_id
  FROM generate_series(%(first)s::bigint, %(last)s::bigint) i),
records AS (INSERT INTO collect_record (id, source_id, key_index, party, unit_id, created_at)
  SELECT record, %(source)s, decode(md5('k' || i), 'hex'), 'p', unit_id, %(now)s FROM one RETURNING id),
clusters AS (INSERT INTO resolve_cluster (id, created_at) SELECT customer, %(now)s FROM one RETURNING id),
links AS (INSERT INTO resolve_link (id, record_id, cluster_id, reason, evidence, linked_at)
  SELECT md5('l' || i)::uuid, record, customer, 'new', '[]', %(now)s FROM one RETURNING id)
INSERT INTO profile_customer (id, party, unit_id, name, sort_key, initials, is_identified, record_count, completeness, plain,
  sealed, created_at, updated_at)
SELECT customer, 'p', unit_id, '客户' || i, 'kehu' || i, 'KH', true, 1, 60, jsonb_build_object(
    'tier', (ARRAY['普通', '金', '白金', '钻石'])[1 + {_DICE.format(salt=2)} %% 4],
    'aum', round({_DICE.format(salt=3)} %% 100000000 / 100.0, 2)::text,
    'opened_on', (DATE '2010-01-01' + ({_DICE.format(salt=4)} %% 6000)::int)::text),
  ''::bytea, %(now)s, %(now)s FROM one
"""
_STANDING = f"""
INSERT INTO collect_event (id, source_id, message_index, record_id, kind, name, happened_at, received_at, plain)
SELECT md5('e' || i || '-' || n)::uuid, %(source)s, decode(md5('m' || i || '-' || n), 'hex'), md5('r' || i)::uuid, 'behavior',
  CASE WHEN {_DICE.format(salt="10 * n + 1")} %% 10 < 6 THEN '消费' WHEN {_DICE.format(salt="10 * n + 1")} %% 10 < 9 THEN '登录' ELSE '投诉' END,
  %(now)s - make_interval(secs => {_DICE.format(salt="10 * n + 2")} %% ({DAYS} * 86400)), %(now)s,
  jsonb_build_object('amount', {_DICE.format(salt="10 * n + 3")} %% 100000 / 100.0, 'channel', 'c' || {_DICE.format(salt="10 * n + 4")} %% 5)
FROM generate_series(0::bigint, %(last)s::bigint, {STANDS_IN}) i, generate_series(1::bigint, {EVENTS_EACH}) n
"""
_REST = """
CREATE TEMP TABLE happened AS
WITH others AS (SELECT record_id, row_number() OVER (ORDER BY record_id) AS i FROM read_parquet({links})
  WHERE record_id NOT IN (SELECT record_id FROM read_parquet({standing}))),
one AS (SELECT record_id, i * {each} + n AS k FROM others, range({each}) t(n))
SELECT (hash(k * 3 + 1) >> 1)::BIGINT AS id, record_id, {source}::BIGINT AS source_id, 'behavior' AS kind,
  CASE WHEN hash(k) % 10 < 6 THEN '消费' WHEN hash(k) % 10 < 9 THEN '登录' ELSE '投诉' END AS name,
  {now} - to_seconds((hash(k * 7) % ({days} * 86400))::BIGINT) AS happened_at, {now} AS received_at,
  '{{"amount": ' || ((hash(k * 11) % 100000) / 100) || ', "channel": "c' || (hash(k * 13) % 5) || '"}}' AS properties,
  NULL::VARCHAR AS folded_properties FROM one
"""
_PART = """
COPY (SELECT * FROM happened WHERE strftime(happened_at AT TIME ZONE 'UTC', '%Y-%m') = '{part}' ORDER BY name, happened_at)
TO '{into}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})
"""


def fill(customers: int) -> float:
    """Make the bank and its lake, unless an earlier run did; returns the seconds of the mirror's first run, 0 where it was there."""
    make_database()
    if LakeFile.objects.filter(dataset_id="events", removed_at=None).exists():
        return 0.0
    source = Source.objects.get(key="core").pk
    _write_people(customers, source)
    began = time.perf_counter()
    sync(now=timezone.now())
    seconds = time.perf_counter() - began
    _write_events(source)
    return seconds


def analyst() -> Actor:
    """Return somebody at the head office who may see and analyse everybody, for a purpose that needs no consent."""
    with acting(SYSTEM), transaction.atomic():
        user = User.objects.filter(email="analyst@bench.example").first()
        if user is None:
            user = create_user(
                email="analyst@bench.example", name="分析", password=_PASSWORD, roles=["marketer", "compliance"],
                unit=get_unit(None), actor_id=None, now=timezone.now(),
            )  # fmt: skip
            terms = NewTerms("contract", ("email",), 365, "按合同服务", ("C1", "C2"))
            actor = load_actor(user.pk)
            if actor is None:
                raise RuntimeError(user.pk)
            create_purpose(
                key=PURPOSE, name=Text("分析", "Analysis"), terms=terms, actor=actor, now=timezone.now()
            )
        found = load_actor(user.pk)
    if found is None:
        raise RuntimeError(user.pk)
    return found


def _write_people(customers: int, source: int) -> None:
    with acting(SYSTEM), transaction.atomic():
        has_some = Unit.objects.exists() and Event.objects.filter(source_id=source).exists()
    for first in () if has_some else range(0, customers, PORTION):
        last = min(first + PORTION, customers) - 1
        with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CUSTOMERS, {"first": first, "last": last, "source": source, "now": NOW})
    if not has_some:
        with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_STANDING, {"last": customers - 1, "source": source, "now": NOW})
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _write_events(source: int) -> None:
    import duckdb

    links, state = manifest.get("links"), manifest.get("events")
    now = f"TIMESTAMPTZ '{NOW.isoformat()}'"
    made = []
    spill = lake_dir() / "spill"
    with duckdb.connect(str(lake_dir() / "crowd.duckdb"), config={"temp_directory": str(spill)}) as maker:
        maker.execute(
            _REST.format(
                links=files([*links.files]), standing=files([*state.files]), each=EVENTS_EACH, source=source,
                now=now, days=DAYS,
            )
        )  # fmt: skip
        months = "SELECT strftime(happened_at AT TIME ZONE 'UTC', '%Y-%m') AS part, count(*) FROM happened GROUP BY 1"
        for part, rows in maker.execute(months).fetchall():
            name = f"events/{part}/{new_id().hex}.parquet"
            path = store.place(name)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            maker.execute(_PART.format(part=part, into=path, rows=store.GROUP_ROWS))
            made.append(File(name, part, rows, path.stat().st_size, is_delta=False))
    Path(lake_dir() / "crowd.duckdb").unlink()
    with acting(SYSTEM), transaction.atomic():
        manifest.commit(
            "events", added=made, removed=[], watermark=state.watermark, shape=of_events().shape, now=timezone.now()
        )  # fmt: skip


def files(which: list[File]) -> str:
    """Return the list of files as DuckDB reads it."""
    return "[" + ", ".join(f"'{store.place(one.name)}'" for one in which) + "]"


def sizes() -> dict[str, int]:
    """Return the rows of each dataset of the lake."""
    found: dict[str, int] = defaultdict(int)
    for name, rows in LakeFile.objects.filter(removed_at=None).values_list("dataset_id", "rows"):
        found[name] += rows
    return found
