"""Changing the scope inside an open transaction: tests, jobs that act for somebody, requests that act as the system."""

from django.db import connections

from kehu.platform.db.base import DatabaseWrapper


def _open() -> list[DatabaseWrapper]:
    return [
        connection
        for connection in connections.all(initialized_only=True)
        if isinstance(connection, DatabaseWrapper) and connection.is_scoped and connection.in_atomic_block
    ]


def change() -> None:
    """Put the current scope into every open transaction."""
    for connection in _open():
        connection.set_scope()


def change_back() -> None:
    """Put the outer scope back; a transaction that has failed already needs none."""
    for connection in _open():
        if not connection.needs_rollback and connection.is_usable_now():
            connection.set_scope()
