"""F-05: a lease ends with its holder's connection, and a holder who keeps silent for longer than a lease loses it."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from kehu.flows.imports.work import ahead
from kehu.platform.db import locks
from kehu.platform.postgres.address import connection_parameters

IDENTITY = UUID("019aa000-0000-7000-9abc-def012345678")
TAKE = "SELECT pg_try_advisory_lock(%s)"
KEY = int.from_bytes(IDENTITY.bytes[8:], "big", signed=True)


@pytest.fixture
def holder(db: None) -> Iterator[psycopg.Connection[Any]]:
    """Another process of Kehu's that holds the lease."""
    parameters = connection_parameters("kehu_app") | {"dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute(TAKE, [KEY])
        yield other


def is_alive(holder: psycopg.Connection[Any]) -> bool:
    try:
        holder.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def send_while_another_comes(holder: psycopg.Connection[Any]) -> None:
    with holder.cursor().copy("COPY sent FROM STDIN") as copy:
        time.sleep(0.4)
        with locks.held(IDENTITY) as is_held:
            assert is_held
        copy.write_row([1])


def test_a_holder_who_speaks_keeps_the_lease(holder: psycopg.Connection[Any]) -> None:
    with locks.held(IDENTITY) as is_held:
        assert not is_held
    assert is_alive(holder)


def test_a_lease_is_free_once_its_holder_is_gone(holder: psycopg.Connection[Any]) -> None:
    holder.close()
    end = time.monotonic() + 5
    is_held = False

    while not is_held and time.monotonic() < end:
        with locks.held(IDENTITY) as is_held:
            pass

    assert is_held


def test_a_holder_frozen_in_a_transaction_is_ended(
    holder: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE_SECONDS", 0.2)
    holder.autocommit = False
    holder.execute("SELECT 1")
    time.sleep(0.4)

    with locks.held(IDENTITY) as is_held:
        assert is_held
        locks.require(IDENTITY)

    assert not is_alive(holder)


def test_a_holder_frozen_while_it_sends_rows_is_ended(
    holder: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE_SECONDS", 0.2)
    holder.execute("CREATE TEMP TABLE sent (a int)")

    with pytest.raises(psycopg.OperationalError):
        send_while_another_comes(holder)

    assert not is_alive(holder)


def test_a_connection_without_the_lease_may_not_end_the_work(holder: psycopg.Connection[Any]) -> None:
    with pytest.raises(locks.LeaseLost):
        locks.require(IDENTITY)


def test_whoever_waits_for_the_next_rows_goes_on_speaking() -> None:
    spoken: list[int] = []

    def slow() -> Iterator[int]:
        time.sleep(0.2)
        yield 1

    assert list(ahead(slow(), waiting=lambda: spoken.append(1), patience=0.05)) == [1]
    assert len(spoken) >= 2
