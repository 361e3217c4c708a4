"""How rows of several units are best scoped: three ways over one table of a million rows, each asked for a count and a page.

The record of what was chosen is docs/decisions/0001-unit-sets.md. One row in ten is held by a second unit, anywhere in the bank.
"""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from bench.figures import Figure, quantile

from kehu.cli.boot import boot

CUSTOMERS = 1_000_000
ROUNDS = 7
PATIENCE = 1_000.0
UNITS, OWNERS, UNITS_A_REGION = 480, 5_000, 24
OWNER_BASE = 10_000
_MAKE = """
CREATE TABLE customer AS
SELECT gen_random_uuid() AS id, (n %% {units}) + 1 AS unit_id, n %% {owners} AS owner_id, md5(n::text) AS sort_key, repeat('x', 300) AS rest,
  CASE WHEN n %% 10 = 0 THEN (hashint8(n) & 2147483647) %% {units} + 1 END AS other_id
FROM generate_series(1, %s) AS n;
CREATE TABLE unit_set AS
SELECT row_number() OVER ()::int AS id, ARRAY[unit_id, other_id] AS unit_ids
FROM (SELECT DISTINCT least(unit_id, other_id) AS unit_id, greatest(unit_id, other_id) AS other_id FROM customer WHERE other_id <> unit_id) s;
CREATE INDEX ON unit_set USING gin (unit_ids);
ALTER TABLE customer ADD unit_set_id int;
UPDATE customer c SET unit_set_id = s.id FROM unit_set s
WHERE s.unit_ids = ARRAY[least(c.unit_id, c.other_id), greatest(c.unit_id, c.other_id)];
ALTER TABLE customer ADD PRIMARY KEY (id);
CREATE INDEX ON customer (sort_key, id);
CREATE INDEX ON customer (unit_id, sort_key);
CREATE INDEX ON customer (owner_id, sort_key);
CREATE INDEX ON customer (unit_set_id) WHERE unit_set_id IS NOT NULL;
CREATE TABLE visibility AS
SELECT id AS customer_id, unit_id AS principal FROM customer UNION SELECT id, other_id FROM customer WHERE other_id IS NOT NULL
UNION SELECT id, owner_id + {owner_base} FROM customer;
ALTER TABLE visibility ADD PRIMARY KEY (customer_id, principal);
CREATE INDEX ON visibility (principal, customer_id);
VACUUM ANALYZE customer;
VACUUM ANALYZE visibility;
VACUUM ANALYZE unit_set
"""
_OWN = "c.unit_id = ANY ((SELECT current_setting('b.units'))::int[]) OR c.owner_id = (SELECT current_setting('b.owner')::int)"
WAYS = {
    "row a unit": "EXISTS (SELECT 1 FROM visibility v WHERE v.customer_id = c.id AND v.principal = ANY ((SELECT current_setting('b.principals'))::int[]))",
    "row a unit, IN": "c.id IN (SELECT v.customer_id FROM visibility v WHERE v.principal = ANY ((SELECT current_setting('b.principals'))::int[]))",
    "array of ids": f"({_OWN} OR c.id = ANY ((SELECT current_setting('b.shared'))::uuid[]))",
    "interned set": f"({_OWN} OR c.unit_set_id = ANY ((SELECT current_setting('b.sets'))::int[]))",
}
QUESTIONS = {
    "count to 10,000": "SELECT count(*) FROM (SELECT 1 FROM customer c WHERE {} LIMIT 10001) t",
    "first page, gathered": "WITH mine AS MATERIALIZED (SELECT c.id, c.sort_key FROM customer c WHERE {}) SELECT c.id, c.sort_key, c.rest "
    "FROM (SELECT id FROM mine ORDER BY sort_key, id LIMIT 50) m JOIN customer c USING (id) ORDER BY c.sort_key, c.id",
    "first page": "SELECT c.id, c.sort_key, c.rest FROM customer c WHERE {} ORDER BY c.sort_key, c.id LIMIT 50",
    "page in the middle": "SELECT c.id, c.sort_key, c.rest FROM customer c WHERE {} AND (c.sort_key, c.id) > ('8', '80000000-0000-0000-0000-000000000000') "
    "ORDER BY c.sort_key, c.id LIMIT 50",
}


class Scope(NamedTuple):
    """A reader's units, and himself as an owner (-1: none)."""

    name: str
    units: list[int]
    owner: int


SCOPES = (
    Scope("head office", list(range(1, UNITS + 1)), -1),
    Scope("region", list(range(1, UNITS_A_REGION + 1)), -1),
    Scope("branch", [7], -1),
    Scope("owner", [], 77),
)


def database(options: argparse.Namespace) -> str:
    """Name a database that no other benchmark has."""
    del options
    return "kehu_bench_unit_sets"


def run(options: argparse.Namespace) -> list[Figure]:
    """Make the table, ask every way for every reader, and remove it."""
    boot(is_migrated=False)
    from django.db import connections

    from bench import bank
    from kehu.platform.postgres.address import connection_parameters
    from kehu.platform.postgres.bootstrap import bootstrap
    from kehu.platform.postgres.server import ensure

    bank.drop_database()
    bootstrap(connection_parameters("postgres"), ensure().dbname)
    try:
        with connections["owner"].cursor() as cursor:
            for statement in _MAKE.format(units=UNITS, owners=OWNERS, owner_base=OWNER_BASE).split(";"):
                cursor.execute(statement, [options.customers or CUSTOMERS] if "%s" in statement else None)
            return [figure for scope in SCOPES for figure in _ask(cursor, scope)]
    finally:
        bank.drop_database()


def _ask(cursor: Any, scope: Scope) -> list[Figure]:
    _act(cursor, scope)
    figures = []
    for question, query in QUESTIONS.items():
        cost: dict[str, float] = {}
        for way, condition in WAYS.items():
            text = query.format(condition)
            cost[way] = _median(partial(cursor.execute, text))
        figures += [
            Figure(f"{question}, {scope.name}, {way}", ms, "ms", "interned set", cost["interned set"])
            for way, ms in cost.items()
        ]
    return figures


def _median(act: Callable[[], object]) -> float:
    """Return the median time; what takes long is asked fewer times."""
    from bench.readers import milliseconds

    took: list[float] = []
    while len(took) < ROUNDS and sum(took) < PATIENCE:
        took.append(milliseconds(act))
    return quantile(took, 0.5)


def _act(cursor: Any, scope: Scope) -> None:
    """Put into settings what the signed scope would carry; whoever sees all units needs no shares."""
    sees_all = len(scope.units) == UNITS
    cursor.execute("SELECT id FROM unit_set WHERE unit_ids && %s::int[]", [scope.units])
    sets = [] if sees_all else [str(row[0]) for row in cursor.fetchall()]
    cursor.execute(
        "SELECT id FROM customer WHERE other_id = ANY(%s) AND NOT unit_id = ANY(%s)",
        [scope.units, scope.units],
    )
    shared = [] if sees_all else [str(row[0]) for row in cursor.fetchall()]
    principals = [*scope.units, *([scope.owner + OWNER_BASE] if scope.owner >= 0 else [])]
    values = {
        "units": scope.units,
        "owner": scope.owner,
        "sets": sets,
        "shared": shared,
        "principals": principals,
    }
    for name, value in values.items():
        text = "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)
        cursor.execute("SELECT set_config(%s, %s, false)", [f"b.{name}", text])
