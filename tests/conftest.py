"""Fixtures that every area may ask for."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.plugin import TEMPLATE, make_template, run_as_administrator
from tests.world import NOW, World, make_world

from kehu.govern import operations
from kehu.govern.models.access import User


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Clone the template for this process and point every alias at the clone."""
    from django.db import connections

    from kehu.govern.sealing import keyring

    name = f"kehu_test_{os.getpid()}"
    with django_db_blocker.unblock():
        make_template()
        connections.close_all()
        keyring._ring.cache_clear()  # noqa: SLF001 (another database holds other keys)
        run_as_administrator(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        for alias in connections:
            connections[alias].settings_dict["NAME"] = name
        yield
        connections.close_all()
        run_as_administrator(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def world(db: None) -> World:
    """The shared scene, in a transaction that is rolled back."""
    return make_world()


class Caller:
    """A client that speaks JSON with a user's token."""

    def __init__(self, user: User) -> None:
        token = operations.create_token(user=user, name="test", actor_id=None, now=NOW)
        self.client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})

    def get(self, path: str, **query: Any) -> Any:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", query)

    def post(self, path: str, body: Any = None) -> Any:
        """POST JSON below /api/v1."""
        return self.client.post(
            f"/api/v1{path}", body if body is not None else {}, content_type="application/json"
        )

    def patch(self, path: str, body: Any) -> Any:
        """PATCH JSON below /api/v1."""
        return self.client.patch(f"/api/v1{path}", body, content_type="application/json")

    def put(self, path: str, body: Any) -> Any:
        """PUT JSON below /api/v1."""
        return self.client.put(f"/api/v1{path}", body, content_type="application/json")

    def delete(self, path: str) -> Any:
        """DELETE below /api/v1."""
        return self.client.delete(f"/api/v1{path}")


@pytest.fixture
def call(world: World) -> Callable[[User], Caller]:
    """Make callers for users of the scene."""
    return Caller
