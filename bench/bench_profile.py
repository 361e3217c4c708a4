"""How fast a customer's page and his timeline open at a million customers, beside reading his rows by hand without scope."""

import argparse
from functools import partial

from bench.figures import Figure, quantile

from kehu.cli.boot import boot

CUSTOMERS = 1_000_000
BUDGET = 20.0
ROUNDS = 40
_ROWS = """
SELECT c.*, r.*, v.* FROM profile_customer c JOIN resolve_link l ON l.cluster_id = c.id AND l.ended_at IS NULL
JOIN collect_record r ON r.id = l.record_id JOIN collect_record_version v ON v.id = r.version_id WHERE c.id = %s
"""
_EVENTS = """
SELECT e.* FROM resolve_link l JOIN collect_event e ON e.record_id = l.record_id
WHERE l.cluster_id = %s AND l.ended_at IS NULL ORDER BY e.happened_at DESC LIMIT 50
"""
_BUSY = (
    "SELECT cluster_id FROM resolve_link WHERE record_id IN (SELECT record_id FROM collect_event) LIMIT %s"
)
_SHARED = "SELECT id FROM profile_customer WHERE record_count > 1 AND unit_set_id IS NOT NULL LIMIT %s"


def database(options: argparse.Namespace) -> str:
    """Name the database that lists are measured in, too."""
    return f"kehu_bench_crowd_{options.customers or CUSTOMERS}"


def run(options: argparse.Namespace) -> list[Figure]:
    """Measure whole requests for every reader; head office opens customers of several records and with many events."""
    boot(is_migrated=False)
    from bench.readers import Reader, milliseconds, readers, select

    from bench import bank

    bank.fill(options.customers or CUSTOMERS)
    bank.fill_events()

    def measure(reader: Reader, what: str, ids: list[str], path: str, query: str) -> list[Figure]:
        if not ids:
            return []  # a small crowd may have nobody of this kind
        took = [milliseconds(partial(reader.get, f"/customers/{one}{path}")) for one in ids]
        by_hand = [milliseconds(partial(select, query, (one,))) for one in ids]
        name, beside = f"{what}, {reader.name}", "rows by hand, no scope"
        return [
            Figure(f"{name}, p50", quantile(took, 0.5), "ms", beside, quantile(by_hand, 0.5)),
            Figure(f"{name}, p95", quantile(took, 0.95), "ms", beside, quantile(by_hand, 0.95), BUDGET),
        ]

    figures = []
    everyone = readers()
    for reader in everyone:
        ids = [item["id"] for item in reader.post("/customers/search", {"limit": ROUNDS})["items"]]
        figures += measure(reader, "profile", ids, "", _ROWS)
        figures += measure(reader, "timeline", ids, "/timeline", _EVENTS)
    shared, busy = ([str(row[0]) for row in select(query, (ROUNDS,))] for query in (_SHARED, _BUSY))
    figures += measure(everyone[0], "profile of several records", shared, "", _ROWS)
    figures += measure(everyone[0], "timeline of 200 events", busy, "/timeline", _EVENTS)
    return figures
