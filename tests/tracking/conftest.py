"""Fixtures of live events."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.plugin import make_template
from tests.tracking.installation import Installation
from tests.world import NOW, World

from kehu.collect.sources import create_source


@pytest.fixture
def key(world: World) -> str:
    """The write key of a source `app` in the shared scene."""
    _, write_key = create_source(
        key="app", name="手机银行", kind="app", trust=50, unit=world.root, actor_id=None, now=NOW
    )
    return write_key


@pytest.fixture
def installation(django_db_blocker: Any) -> Iterator[Installation]:
    """A database of its own, with processes of its own."""
    from django.db import connections

    with django_db_blocker.unblock():
        make_template()
        connections.close_all()
    made = Installation()
    made.make()
    try:
        yield made
    finally:
        made.remove()
