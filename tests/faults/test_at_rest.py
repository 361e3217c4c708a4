"""When nothing happens, nothing is written: a loop that wakes itself would take the machine for nobody."""

import time

from tests.installation import Installation, installed, until

WRITTEN = """
SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_user_tables
WHERE relname LIKE ANY (ARRAY['analyze%', 'profile%', 'resolve%', 'collect%', 'engage%', 'govern%', 'relate%'])
"""
COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'kehu'"
WATCHED_SECONDS = 12
MOST_COMMITS = 20
"""A second's commits of all loops at rest, with room: a loop that wakes itself made some 130."""


def _is_calm(made: Installation) -> bool:
    """Whether nobody wrote for a while."""
    before = made.query(WRITTEN)
    time.sleep(WATCHED_SECONDS)
    return made.query(WRITTEN) == before


def test_a_bank_with_segments_comes_to_rest() -> None:
    with installed() as made:
        made.run("demo", "bank", "--customers", "60")
        made.start("worker")
        made.ask("SELECT 1")
        until(lambda: made.query("SELECT count(*) FROM analyze_segment WHERE watermark = 0") == [(0,)], 90)

        until(lambda: _is_calm(made), 240)

        assert made.query("SELECT count(*) FROM analyze_segment") != [(0,)]
        began, before = time.monotonic(), made.query(COMMITS)[0][0]
        time.sleep(WATCHED_SECONDS)
        assert (made.query(COMMITS)[0][0] - before) / (time.monotonic() - began) < MOST_COMMITS
