"""How long models take over the bank of `bench segment`: RFM beside a query written by hand, RFM and a lifecycle kept whole.

Ten traits are kept, too: of everybody, and of those to whom a batch of events happened.

The scores of the product are told by RFM's own query and held against those by hand, which must come to the same sums.
"""

import argparse
from typing import TYPE_CHECKING, Any

from bench.bench_segment import CUSTOMERS, DATABASE, DEFINITION, build, timed
from bench.figures import Figure, quantile

from kehu.cli.boot import boot

if TYPE_CHECKING:
    from kehu.govern.access.actors import Actor

ROUNDS = 5
BATCHES, REFRESH_BUDGET = (100, 1_000, 10_000), 5.0
RATIO_BUDGET = 1.3
RFM: dict[str, Any] = {"purchases": [{"event": "消费", "amount": "amount"}]}
LIFECYCLE: dict[str, Any] = {
    "stages": [
        {"key": "quiet", "name": {"zh": "沉睡", "en": "Dormant"}, "when": {"all": []}},
        {"key": "active", "name": {"zh": "活跃", "en": "Active"}, "when": {"event": "消费", "within": {"last_days": 90}}},
        {
            "key": "loyal", "name": {"zh": "忠诚", "en": "Loyal"},
            "when": {"event": "消费", "times": {"at_least": 4}, "within": {"last_days": 90}},
        },
    ]
}  # fmt: skip
_BY_HAND = """
WITH bought AS (SELECT l.customer_id, floor(epoch(max(e.happened_at))) AS last, count(*) AS times,
    round(sum(CAST(e.properties ->> '$.amount' AS DOUBLE)), 6) AS amount
  FROM read_parquet({events}) e JOIN read_parquet({links}) l USING (record_id)
  WHERE e.name = '消费' AND e.happened_at >= {now} - INTERVAL 365 DAY AND e.happened_at < {now} GROUP BY 1),
scored AS (SELECT 1 + floor(5 * (rank() OVER (ORDER BY floor((epoch({now}) - last) / 86400) DESC) - 1) / count(*) OVER ()) AS r,
    1 + floor(5 * (rank() OVER (ORDER BY times) - 1) / count(*) OVER ()) AS f,
    1 + floor(5 * (rank() OVER (ORDER BY amount) - 1) / count(*) OVER ()) AS m FROM bought)
SELECT count(*), sum(r), sum(f), sum(m) FROM scored
"""


_BATCH = """
INSERT INTO collect_event (id, source_id, message_index, record_id, kind, name, happened_at, received_at, plain)
SELECT gen_random_uuid(), o.source_id, decode(md5(gen_random_uuid()::text), 'hex'), o.record_id, 'behavior', '消费',
  now(), now(), '{"amount": 35, "channel": "c1"}' FROM (SELECT DISTINCT record_id, source_id FROM collect_event
  ORDER BY record_id LIMIT %s) o
"""


def database(options: argparse.Namespace) -> str:
    """Name the database: that of `bench segment`."""
    del options
    return DATABASE


def run(options: argparse.Namespace) -> list[Figure]:
    """Measure at 1,000,000 customers with 20 events each unless a number is given."""
    size = options.customers or CUSTOMERS
    boot(is_migrated=False)
    made = build(size)
    from bench.lake_crowd import analyst

    actor = analyst()
    return [*made, *_scored(size), *_steps(size, actor), *_kept(size, actor), *_followed(size, actor)]


def _scored(size: int) -> list[Figure]:
    import duckdb
    from bench.lake_crowd import NOW, files
    from django.db import transaction

    from kehu.platform.lake import manifest
    from kehu.platform.scope import SYSTEM, acting

    with acting(SYSTEM), transaction.atomic():
        told = {name: files([*manifest.get(name).files]) for name in ("events", "links")}
    hand = _BY_HAND.format(**told, now=f"TIMESTAMPTZ '{NOW.isoformat()}'")
    beside, ours = [], []
    _sums()
    with duckdb.connect() as plain:
        for _ in range(ROUNDS):
            took, right = timed(lambda: plain.execute(hand).fetchall()[0])
            beside.append(took)
            took, found = timed(_sums)
            ours.append(took)
    if tuple(map(int, right)) != found:
        raise RuntimeError(f"{found} by the product, {right} by hand")
    name = f"RFM of {found[0]:,} of {size:,}"
    return [
        Figure(f"{name}, best of {ROUNDS}", min(ours), "ms", "by hand", min(beside), round(RATIO_BUDGET * min(beside), 1)),
        Figure(f"{name}, median", quantile(ours, 0.5), "ms", "by hand", quantile(beside, 0.5)),
    ]  # fmt: skip


def _sums() -> tuple[int, ...]:
    """Return how many bought, and the sums of their three scores, by the query that the product keeps values of."""
    from bench.lake_crowd import NOW, PURPOSE
    from django.db import transaction
    from sqlglot import exp

    from kehu.analyze.mirror.asking import ask
    from kehu.analyze.rfm.reading import read_rfm
    from kehu.analyze.rfm.sql import scored
    from kehu.govern.purposes.gate import open_gate
    from kehu.platform.scope import SYSTEM, acting

    with acting(SYSTEM), transaction.atomic():
        inner = scored(read_rfm(RFM), open_gate(PURPOSE), NOW).subquery("s")
        told = exp.select("count(*)", "sum(s.r)", "sum(s.f)", "sum(s.m)", "max(s.tier)").from_(inner)
        rows, _ = ask(told)
    return tuple(int(one) for one in next(iter(rows))[:4])


def _steps(size: int, actor: "Actor") -> list[Figure]:
    from bench.lake_crowd import NOW, PURPOSE
    from django.db import transaction

    from kehu.analyze.segments.counting import count_steps
    from kehu.platform.scope import acting

    took = []
    for _ in range(ROUNDS):
        with acting(actor.scope), transaction.atomic():
            took.append(timed(lambda: count_steps(DEFINITION, purpose=PURPOSE, actor=actor, now=NOW))[0])
    return [
        Figure(
            f"what remains at each of five conditions, {size:,} customers, best of {ROUNDS}", min(took), "ms"
        )
    ]


def _kept(size: int, actor: "Actor") -> list[Figure]:
    """Make both models anew and compute them; the lifecycle's first computing traces twelve months."""
    from bench.lake_crowd import PURPOSE
    from django.db import transaction
    from django.utils import timezone

    from kehu.analyze.lifecycle import computing as of_lifecycle
    from kehu.analyze.lifecycle.operations import create_lifecycle
    from kehu.analyze.modeling.operations import Terms
    from kehu.analyze.models.modeling import AnalysisModel
    from kehu.analyze.rfm import computing as of_rfm
    from kehu.analyze.rfm.operations import create_rfm
    from kehu.platform.ids import new_id
    from kehu.platform.scope import SYSTEM, acting
    from kehu.platform.text import Text

    terms = Terms(Text("基准", "Benchmark"), "基准", PURPOSE)
    with acting(SYSTEM), transaction.atomic():
        AnalysisModel.objects.update(is_active=False)
    with acting(actor.scope), transaction.atomic():
        key = f"b{new_id().hex[-8:]}"
        create_rfm(key=f"{key}r", terms=terms, definition=RFM, actor=actor, now=timezone.now())
        create_lifecycle(key=f"{key}l", terms=terms, definition=LIFECYCLE, actor=actor, now=timezone.now())
    figures = []
    for name, work in (
        ("RFM, its seven values kept for the first time", of_rfm.refresh),
        ("RFM, kept again", of_rfm.refresh),
        ("lifecycle, first computed, with twelve months traced", of_lifecycle.refresh),
        ("lifecycle, computed again", of_lifecycle.refresh),
    ):
        took, _ = timed(lambda work=work: work(now=timezone.now(), is_full=True))
        figures.append(Figure(f"{name}, {size:,} customers", took / 1000, "s"))
    return figures


def _followed(size: int, actor: "Actor") -> list[Figure]:
    """Keep ten traits of everybody, and bring them up to date after batches of events, each of another customer."""
    from bench.bench_traits import TRAITS
    from django.db import connection, transaction
    from django.utils import timezone

    from kehu.analyze.models.traits import Trait
    from kehu.analyze.traits.operations import Words, create_trait
    from kehu.analyze.traits.refreshing import refresh
    from kehu.platform.ids import new_id
    from kehu.platform.scope import SYSTEM, acting
    from kehu.platform.text import Text

    words = Words(Text("基准", "Benchmark"), "", "基准")
    with acting(SYSTEM), transaction.atomic():
        Trait.objects.filter(origin="events").update(is_active=False)
    with acting(actor.scope), transaction.atomic():
        key = f"b{new_id().hex[-8:]}"
        for number, one in enumerate(TRAITS):
            create_trait(key=f"{key}t{number}", words=words, definition=one, actor=actor, now=timezone.now())
    took, _ = timed(lambda: refresh(now=timezone.now()))
    figures = [Figure(f"{len(TRAITS)} traits, kept for the first time, {size:,} customers", took / 1000, "s")]
    took, _ = timed(lambda: refresh(now=timezone.now(), is_full=True))
    figures.append(Figure(f"{len(TRAITS)} traits, kept again", took / 1000, "s"))
    for many in BATCHES:
        with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BATCH, [many])
        took, done = timed(lambda: refresh(now=timezone.now()))
        if done.customers != many:
            raise RuntimeError(f"{done.customers} customers were computed anew after {many} events")
        name = f"{len(TRAITS)} traits, after a batch of {many:,} events of as many customers"
        figures.append(Figure(name, took / 1000, "s", budget=REFRESH_BUDGET))
    return figures
