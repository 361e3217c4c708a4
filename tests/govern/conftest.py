"""A database of a test's own, for what must really be committed: sealing, rotation, backups."""

import os
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from tests.plugin import TEMPLATE, run_as_administrator

from kehu.govern.trail import anchors
from kehu.platform.postgres.address import connection_parameters

_numbers = count(1)


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Clone the template for this test alone; its name."""
    from django.db import connections

    name = f"kehu_own_{os.getpid()}_{next(_numbers)}"
    monkeypatch.setattr(anchors, "NAME", f"anchors-{name}.jsonl")
    with django_db_blocker.unblock():
        connections.close_all()
        before = connections["default"].settings_dict["NAME"]
        run_as_administrator(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        for alias in connections:
            connections[alias].settings_dict["NAME"] = name
        yield name
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = before
        run_as_administrator(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


Tamper = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def tamper(own_database: str) -> Tamper:
    """Run a statement as a superuser, for whom no grant and no policy holds."""

    def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        address = {**connection_parameters("postgres"), "dbname": own_database}
        with psycopg.connect(**address, autocommit=True) as connection:
            done = connection.execute(statement.encode(), values)
            return done.fetchall() if done.description else []

    return run
