"""A lake of a test's own: an empty folder, and an engine that keeps nothing of other tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.world import NOW

from kehu.analyze.mirror import current
from kehu.analyze.mirror import sync as syncing
from kehu.platform.lake import duck, engines, spark, store


def behind_this_transaction() -> int:
    """Return the number after that of the open transaction, whatever other tests have open beside it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint + 1")
        return int(cursor.fetchone()[0])


@pytest.fixture
def sync(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], list[syncing.Synced]]]:
    """Return what syncs it. The transaction of the test counts as ended, though it never commits."""
    del db
    monkeypatch.setattr(store, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(duck, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(spark, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(syncing, "horizon", behind_this_transaction)
    current.forget()
    engines.engine.cache_clear()
    yield lambda: syncing.sync(now=NOW)
    current.forget()
    engines.engine.cache_clear()
