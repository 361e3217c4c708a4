"""Who reads: head office, a region, a branch and an owner, each asking the product's own API with a token of his."""

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from bench.bank import NO_SIGN_IN
from bench.crowd import owner_email, unit_code
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from kehu.govern import operations
from kehu.govern.models.access import User
from kehu.platform.scope import SYSTEM, acting

API = "/api/v1"


class Reader:
    """A user who asks; every answer but 200 stops the benchmark."""

    def __init__(self, name: str, token: str) -> None:
        self.name = name
        self._client = Client(headers={"authorization": f"Bearer {token}", "host": "localhost"})

    def get(self, path: str) -> dict[str, Any]:
        """Ask for a page."""
        return self._read(self._client.get(API + path))

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a search."""
        return self._read(self._client.post(API + path, body, content_type="application/json"))

    @staticmethod
    def _read(response: Any) -> dict[str, Any]:
        if response.status_code != 200:  # noqa: PLR2004 (the one good status)
            raise RuntimeError(response.status_code, response.content)
        answer: dict[str, Any] = json.loads(response.content)
        return answer


class _Seat(NamedTuple):
    name: str
    email: str
    role: str
    unit: str | None


_SEATS = (
    _Seat("head office", "head.office@bench.example", "analyst", None),
    _Seat("region", "region@bench.example", "branch_head", "r00"),
    _Seat("branch", "branch@bench.example", "branch_head", unit_code(0)),
    _Seat("owner", owner_email(0), "relationship_manager", unit_code(0)),
)


def readers() -> list[Reader]:
    """Return the readers, made at the first run, each with a new token."""
    now = timezone.now()
    with acting(SYSTEM), transaction.atomic():
        return [
            Reader(seat.name, operations.create_token(user=_user(seat), name="bench", actor_id=None, now=now))
            for seat in _SEATS
        ]


def _user(seat: _Seat) -> User:
    found = User.objects.filter(email=seat.email).first()
    if found is not None:
        return found
    unit, now = operations.get_unit(seat.unit), timezone.now()
    user = User.objects.create(
        email=seat.email, name=seat.name, password=NO_SIGN_IN, unit=unit, created_at=now
    )
    operations.grant_role(user=user, role_key=seat.role, unit=unit, actor_id=None, now=now)
    return user


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    act()
    return 1e3 * (time.perf_counter() - begin)


def select(query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Run a hand-written query without row scope: as the system, for which the policy is one constant."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
