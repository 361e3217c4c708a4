"""A lake of a test's own: an empty folder, and an engine that keeps nothing of other tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.world import NOW

from kehu.analyze.mirror import current
from kehu.analyze.mirror import sync as syncing
from kehu.platform.db.transactions import horizon
from kehu.platform.lake import duck, engines, spark, store


@pytest.fixture
def sync(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], list[syncing.Synced]]]:
    """Return what syncs it. The transaction of the test counts as ended, though it never commits."""
    del db
    monkeypatch.setattr(store, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(duck, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(spark, "lake_dir", lambda: tmp_path)
    monkeypatch.setattr(syncing, "horizon", lambda: horizon() + 1)
    current.forget()
    engines.engine.cache_clear()
    yield lambda: syncing.sync(now=NOW)
    current.forget()
    engines.engine.cache_clear()
