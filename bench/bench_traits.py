"""How long ten computed traits take over events in Parquet, beside a query written by hand for DuckDB.

The product's queries run through the engine, over files of the lake's own columns that DuckDB made itself: no database.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure

from kehu.cli.boot import boot

CUSTOMERS = (100_000, 1_000_000)
EVENTS_EACH = 20
BUDGET = 1.3
ROUNDS = 3
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
_EVENT, _AMOUNT = {"event": "消费"}, {"property": "amount"}
TRAITS: tuple[dict[str, Any], ...] = (
    {**_EVENT, "aggregate": "count", "within": {"last_days": 90}},
    {**_EVENT, "aggregate": "sum", **_AMOUNT, "within": {"last_days": 90}},
    {**_EVENT, "aggregate": "sum", **_AMOUNT},
    {**_EVENT, "aggregate": "average", **_AMOUNT},
    {**_EVENT, "aggregate": "max", **_AMOUNT},
    {**_EVENT, "aggregate": "last", "property": "channel"},
    {**_EVENT, "aggregate": "days_since"},
    {**_EVENT, "aggregate": "trend", **_AMOUNT, "within": {"last_days": 30}},
    {"event": "登录", "aggregate": "count", "within": {"last_days": 30}},
    {"event": "登录", "aggregate": "most_frequent", "property": "channel"},
)
_MAKE = """
COPY (SELECT (hash(i * 3 + 1) >> 1)::BIGINT AS id, (hash(i % {customers}) >> 1)::BIGINT AS record_id, 1::BIGINT AS source_id,
  'behavior' AS kind, CASE WHEN hash(i) % 10 < 6 THEN '消费' WHEN hash(i) % 10 < 9 THEN '登录' ELSE '投诉' END AS name,
  TIMESTAMPTZ '2026-11-22 04:00:00+00' - to_seconds((hash(i * 7) % 34560000)::BIGINT) AS happened_at,
  TIMESTAMPTZ '2026-11-22 04:00:00+00' AS received_at,
  '{{"amount":' || ((hash(i * 11) % 100000) / 100) || ',"channel":"c' || (hash(i * 13) % 5) || '"}}' AS properties,
  NULL::VARCHAR AS folded_properties
  FROM range({rows}) t(i) ORDER BY name, happened_at) TO '{events}' (FORMAT parquet, COMPRESSION zstd);
COPY (SELECT (hash(i) >> 1)::BIGINT AS id, (hash(i) >> 1)::BIGINT AS record_id, (hash(i + 1) >> 1)::BIGINT AS customer_id
  FROM range({customers}) t(i)) TO '{links}' (FORMAT parquet, COMPRESSION zstd);
"""
_BY_HAND = """
WITH e AS (SELECT l.customer_id, e.name, e.happened_at AS ts, e.id, e.properties ->> '$.channel' AS channel,
    CASE WHEN e.name = '消费' THEN CAST(e.properties ->> '$.amount' AS DOUBLE) END AS amount
  FROM read_parquet('{events}') e JOIN read_parquet('{links}') l USING (record_id) WHERE e.name IN ('消费', '登录')),
often AS (SELECT customer_id, arg_max(channel, n) AS channel FROM
  (SELECT customer_id, channel, count(*) AS n FROM e WHERE name = '登录' GROUP BY ALL) GROUP BY ALL),
flat AS (SELECT customer_id,
  count(*) FILTER (name = '消费' AND ts >= {now} - INTERVAL 90 DAY) AS t0,
  sum(amount) FILTER (ts >= {now} - INTERVAL 90 DAY) AS t1, sum(amount) AS t2, avg(amount) AS t3, max(amount) AS t4,
  arg_max(channel, ts) FILTER (name = '消费') AS t5, epoch(max(ts) FILTER (name = '消费')) AS t6,
  coalesce(sum(amount) FILTER (ts >= {now} - INTERVAL 30 DAY), 0)
    - coalesce(sum(amount) FILTER (ts >= {now} - INTERVAL 60 DAY AND ts < {now} - INTERVAL 30 DAY), 0) AS t7,
  count(*) FILTER (name = '登录' AND ts >= {now} - INTERVAL 30 DAY) AS t8 FROM e GROUP BY customer_id)
SELECT count(*), sum(t0), sum(t1), sum(t2), sum(t3), sum(t4), max(t5), sum(t6), sum(t7), sum(t8), max(channel)
FROM flat LEFT JOIN often USING (customer_id)
"""


def database(options: argparse.Namespace) -> str:
    """Name the database; none is made."""
    del options
    return "kehu_bench_traits"


def run(options: argparse.Namespace) -> list[Figure]:
    """Measure both, at 100,000 and 1,000,000 customers unless a number is given; the best of three."""
    boot(is_migrated=False)
    from kehu.platform.installation.home import lake_dir

    folder = lake_dir() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = (options.customers,) if options.customers else CUSTOMERS
    return [figure for size in sizes for figure in _measure(folder, size)]


def _measure(folder: Path, size: int) -> list[Figure]:
    import duckdb

    events, links = folder / f"events-{size}.parquet", folder / f"links-{size}.parquet"
    if not links.exists():
        with duckdb.connect() as maker:
            maker.execute(_MAKE.format(customers=size, rows=size * EVENTS_EACH, events=events, links=links))
    hand = _BY_HAND.format(events=events, links=links, now="TIMESTAMPTZ '2026-11-22 04:00:00+00'")
    with duckdb.connect() as plain:
        beside = _best(lambda: plain.execute(hand).fetchall())
    took = _best(_by_product(events, links))
    name = f"ten traits, {size:,} customers × {EVENTS_EACH} events"
    return [Figure(name, took, "ms", "by hand", beside, round(BUDGET * beside, 1))]


def _by_product(events: Path, links: Path) -> Callable[[], Any]:
    """Return what runs the product's queries, each summed up in the engine as the one by hand is."""
    from kehu.analyze.mirror.asking import as_table
    from kehu.analyze.mirror.datasets import events as of_events
    from kehu.analyze.mirror.datasets import links as of_links
    from kehu.analyze.traits.reading import read_trait
    from kehu.analyze.traits.sql import compile_traits
    from kehu.platform.lake.dialects import text_of
    from kehu.platform.lake.duck import Duck
    from kehu.platform.lake.manifest import File

    def file(path: Path) -> File:
        return File(f"bench/{path.name}", "", 0, 0, is_delta=False)

    tables = {
        "events": as_table(of_events(), [file(events)]),
        "links": as_table(of_links(), [file(links)]),
    }
    duck = Duck()
    compiled = compile_traits([read_trait(one) for one in TRAITS], NOW)

    def ask() -> None:
        for one in compiled:
            told = ", ".join(f"max(t{place})" for place in one.places)
            duck.rows(f"SELECT count(*), {told} FROM ({text_of(one.query, duck.dialect)})", tables)

    return ask


def _best(work: Callable[[], Any]) -> float:
    """Return the shortest of some rounds, in milliseconds."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return min(took)
