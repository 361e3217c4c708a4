"""A lake of a test's own: an empty folder, and an engine that keeps nothing of other tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.world import NOW, World

from kehu.analyze.mirror import current
from kehu.analyze.mirror.sync import Synced, sync
from kehu.analyze.segments.counting import count
from kehu.govern.access.actors import load_actor
from kehu.govern.models.access import User
from kehu.govern.purposes.operations import NewTerms, publish_purpose
from kehu.platform.lake import engines, store
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text


@pytest.fixture
def lake(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[Synced]]]:
    """Return what syncs it."""
    del db
    monkeypatch.setattr(store, "lake_dir", lambda: tmp_path)
    current.forget()
    engines.engine.cache_clear()
    yield lambda: sync(now=NOW)
    current.forget()
    engines.engine.cache_clear()
