"""A database of one test's own, for answers that come from several connections at once."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from tests.plugin import TEMPLATE, run_as_administrator

_numbers = count()


@pytest.fixture
def shared_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Clone the template for this test alone; its name."""
    from django.db import connections

    name = f"kehu_engage_{os.getpid()}_{next(_numbers)}"
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
