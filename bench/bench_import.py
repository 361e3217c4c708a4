"""How fast customers come in: a file through the whole path, beside COPY of the same rows into the same tables."""

import argparse

from bench.figures import Figure

from kehu.cli.boot import boot

CUSTOMERS = 50_000
ROWS_A_SECOND = 3_000


def database(options: argparse.Namespace) -> str:
    """Name a database that no other benchmark has."""
    del options
    return "kehu_bench_import"


def run(options: argparse.Namespace) -> list[Figure]:
    """Import a core file into an empty bank, and measure; the database is removed at the end."""
    boot(is_migrated=False)
    from bench.copying import IMPORT_TABLES, copy_again

    from bench import bank

    customers = options.customers or CUSTOMERS
    bank.drop_database()
    try:
        bank.make_database()
        with bank.crowd_files(customers) as files:
            done = bank.bring_in(files.core, "core")
        copied = done.rows / copy_again(IMPORT_TABLES)
    finally:
        bank.drop_database()
    rate = done.rows / done.seconds
    return [
        Figure(
            "rows imported", rate, "rows/s", "COPY of the same rows", copied, ROWS_A_SECOND, is_floor=True
        ),
        Figure("time of one row", 1e6 / rate, "µs", "COPY of the same rows", 1e6 / copied),
    ]
