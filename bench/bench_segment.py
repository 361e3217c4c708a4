"""How long a segment of five mixed conditions takes to count, to follow an event, and to let go of whom time takes out.

The count stands beside the same question written by hand for DuckDB over the same files, without scope, purpose or a
present that is caught up; both must find the same number. With `--engine spark` the product asks a cluster on this machine.
"""

import argparse
import os
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from bench.figures import Figure, quantile

from kehu.cli.boot import boot
from kehu.platform.installation.home import home, lake_dir

if TYPE_CHECKING:
    from kehu.govern.access.actors import Actor

CUSTOMERS = 1_000_000
ROUNDS, TURNS, SEGMENTS = 7, 30, 10
COUNT_BUDGET, RATIO_BUDGET = 1_000, 1.3
ENTRY_BUDGET, EXIT_BUDGET = 1_000, 60_000
DUES = 10_000
DATABASE = "kehu_bench_segment"
DEFINITION: dict[str, Any] = {
    "all": [
        {"field": "tier", "op": "in", "value": ["钻石", "白金"]},
        {"field": "aum", "op": "gte", "value": 200_000},
        {"field": "opened_on", "op": "before", "value": "2025-01-01"},
        {
            "event": "消费", "where": [{"property": "amount", "op": "gt", "value": 300}],
            "times": {"at_least": 2}, "within": {"last_days": 90},
        },
        {"event": "登录", "times": {"exactly": 0}, "within": {"last_days": 30}},
    ]
}  # fmt: skip
FOLLOWED: dict[str, Any] = {"event": "消费", "times": {"at_least": 1}, "within": {"last_hours": 1}}
_BY_HAND = """
WITH spent AS (SELECT l.customer_id FROM read_parquet({events}) e JOIN read_parquet({links}) l USING (record_id)
  WHERE e.name = '消费' AND e.happened_at > {now} - INTERVAL 90 DAY AND e.happened_at <= {now}
    AND CAST(e.properties ->> '$.amount' AS DOUBLE) > 300 GROUP BY 1 HAVING count(*) >= 2),
seen AS (SELECT DISTINCT l.customer_id FROM read_parquet({events}) e JOIN read_parquet({links}) l USING (record_id)
  WHERE e.name = '登录' AND e.happened_at > {now} - INTERVAL 30 DAY AND e.happened_at <= {now})
SELECT count(*) FROM read_parquet({customers}) c WHERE f_tier IN ('钻石', '白金') AND f_aum >= 200000 AND f_opened_on < DATE '2025-01-01'
  AND id IN (SELECT customer_id FROM spent) AND id NOT IN (SELECT customer_id FROM seen)
"""
_ONE_EVENT = """
INSERT INTO collect_event (id, source_id, message_index, record_id, kind, name, happened_at, received_at, plain)
SELECT gen_random_uuid(), l.source_id, decode(md5(gen_random_uuid()::text), 'hex'), l.record_id, 'behavior', '消费',
  now(), now(), '{"amount": 35}' FROM (SELECT record_id, source_id FROM collect_event GROUP BY 1, 2
  HAVING max(happened_at) < now() - INTERVAL '1 hour' ORDER BY record_id LIMIT 1) l
"""
_DUES = """
INSERT INTO analyze_segment_due (segment_id, customer_id, due_at)
SELECT %(segment)s, l.cluster_id, now() FROM (SELECT DISTINCT record_id FROM collect_event ORDER BY record_id LIMIT %(many)s) e
JOIN resolve_link l ON l.record_id = e.record_id AND l.ended_at IS NULL ON CONFLICT DO NOTHING
"""


def database(options: argparse.Namespace) -> str:
    """Name the database; one of another size is made anew."""
    del options
    return DATABASE


def run(options: argparse.Namespace) -> list[Figure]:
    """Measure at 1,000,000 customers with 20 events each unless a number is given."""
    size = options.customers or CUSTOMERS
    boot(is_migrated=False)
    with ExitStack() as stack:
        if options.engine == "spark":
            _use(stack)
        return [*build(size), *_counted(size, options.engine), *_followed(size)]


def _use(stack: ExitStack) -> None:
    """Have the product ask a cluster of this machine until the stack is unwound."""
    from kehu.platform.installation.environment import environment
    from kehu.platform.lake.cluster import standalone

    os.environ["KEHU_ENGINE"] = stack.enter_context(standalone(home() / "cluster", memory="3g"))
    os.environ.setdefault("KEHU_SPARK_OPTIONS", "spark.executor.memory=2g")
    environment.cache_clear()


def build(size: int) -> list[Figure]:
    """Make the bank and its lake where an earlier run of this size did not."""
    from bench.bank import drop_database
    from bench.lake_crowd import EVENTS_EACH, fill

    noted = home() / "segment-size"
    if not noted.exists() or noted.read_text() != str(size):
        noted.unlink(missing_ok=True)
        drop_database()
        shutil.rmtree(lake_dir(), ignore_errors=True)
    seconds = fill(size)
    noted.write_text(str(size))
    if not seconds:
        return []
    from bench.lake_crowd import STANDS_IN

    told = f"mirror made anew, {size:,} customers, {size * EVENTS_EACH // STANDS_IN:,} events"
    return [Figure(told, seconds, "s")]


def _counted(size: int, engine: str) -> list[Figure]:
    import duckdb
    from bench.lake_crowd import NOW, analyst, files
    from django.db import transaction

    from kehu.platform.lake import manifest
    from kehu.platform.scope import SYSTEM, acting

    actor = analyst()
    with acting(SYSTEM), transaction.atomic():
        told = {name: files([*manifest.get(name).files]) for name in ("events", "links", "customers")}
    hand = _BY_HAND.format(**told, now=f"TIMESTAMPTZ '{NOW.isoformat()}'")
    first, found = timed(lambda: _ask(actor))
    plain_took, ours = [], []
    with duckdb.connect() as plain:
        for _ in range(ROUNDS):
            took, right = timed(lambda: plain.execute(hand).fetchall()[0][0])
            plain_took.append(took)
            ours.append(timed(lambda: _ask(actor))[0])
    if right != found:
        raise RuntimeError(f"{found} by the product, {right} by hand")
    beside, name = min(plain_took), f"count of {found:,} of {size:,} on {engine}"
    return [
        Figure(f"{name}, the first of a process", first, "ms"),
        Figure(f"{name}, best of {ROUNDS}", min(ours), "ms", "by hand", beside, round(RATIO_BUDGET * beside, 1)),
        Figure(f"{name}, median", quantile(ours, 0.5), "ms", "by hand", quantile(plain_took, 0.5), COUNT_BUDGET),
    ]  # fmt: skip


def _ask(actor: "Actor") -> int:
    from bench.lake_crowd import NOW, PURPOSE
    from django.db import transaction

    from kehu.analyze.segments.counting import count
    from kehu.platform.scope import acting

    with acting(actor.scope), transaction.atomic():
        return count(DEFINITION, purpose=PURPOSE, actor=actor, now=NOW).count


def _followed(size: int) -> list[Figure]:
    """Measure a turn after one event of one customer, with ten segments kept, and one turn over many dues."""
    from bench.lake_crowd import STANDS_IN, analyst
    from django.db import connection, transaction
    from django.utils import timezone

    from kehu.analyze.segments.saved.following import fall_due, follow
    from kehu.platform.scope import SYSTEM, acting

    segment, whole = _keep(analyst())
    turns = []
    for _ in range(min(TURNS, size // STANDS_IN)):
        with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ONE_EVENT)
        took, done = timed(lambda: follow(now=timezone.now()))
        turns.append(took)
        if sum(len(moved.entered) for moved in done.moved) < 1:
            raise RuntimeError("an event came, and nobody entered")
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM analyze_segment_due")
        cursor.execute(_DUES, {"segment": segment, "many": DUES})
        dues = cursor.rowcount
    took, done = timed(lambda: fall_due(now=timezone.now()))
    if done.waits:
        raise RuntimeError("too many fell due at once: they were left to the lake")
    return [
        Figure("all members of a segment, evaluated whole", whole, "ms"),
        Figure(f"from an event to who entered, {SEGMENTS} segments, p50", quantile(turns, 0.5), "ms"),
        Figure(f"from an event to who entered, {SEGMENTS} segments, p95", quantile(turns, 0.95), "ms", budget=ENTRY_BUDGET),
        Figure(f"{dues:,} whose time has come, evaluated", took, "ms", budget=EXIT_BUDGET),
    ]  # fmt: skip


def _keep(actor: "Actor") -> tuple[Any, float]:
    """Save ten segments anew; returns the one that an event lets people enter, and the milliseconds of evaluating one whole."""
    from bench.lake_crowd import PURPOSE
    from django.db import transaction
    from django.utils import timezone

    from kehu.analyze.models.segments import Segment
    from kehu.analyze.segments.saved.following import refresh
    from kehu.analyze.segments.saved.operations import create_segment
    from kehu.platform.scope import SYSTEM, acting

    with acting(SYSTEM), transaction.atomic():
        Segment.objects.update(is_archived=True)
    definitions = [FOLLOWED] + [
        {"all": [DEFINITION, {"field": "aum", "op": "gte", "value": n}]} for n in range(1, SEGMENTS)
    ]
    with acting(actor.scope), transaction.atomic():
        made = [
            create_segment(name=f"客群{n}", purpose=PURPOSE, definition=one, actor=actor, now=timezone.now())
            for n, one in enumerate(definitions)
        ]
    took, _ = timed(lambda: refresh(now=timezone.now()))
    return made[0].pk, took / SEGMENTS


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds and the answer."""
    began = time.perf_counter()
    found = work()
    return 1000 * (time.perf_counter() - began), found
