"""What is replaced as a whole is compared by sets: rows of a moment ago, which no statistics know, are not walked one by one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from tests.world import NOW, World

from kehu.analyze.lifecycle import stays
from kehu.analyze.segments.saved.evaluating import Everybody
from kehu.analyze.segments.saved.members import put_everybody
from kehu.analyze.traits.values import Value, put
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
MANY = 20_000
PEOPLE = [new_id() for _ in range(MANY)]


@contextmanager
def plans() -> Iterator[list[str]]:
    """Note the plans of what takes away all but what was staged."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.lstrip().startswith("UPDATE") and "NOT EXISTS" in sql:
            execute("SHOW enable_nestloop", None, False, context)
            assert context["cursor"].fetchone() == ("off",)
            execute(f"EXPLAIN {sql}", params, many, context)
            found.append("\n".join(row[0] for row in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _values() -> None:
    put([Value(7, one, 1.0, None) for one in PEOPLE], traits=[7], customers=PEOPLE, now=NOW)


@pytest.mark.parametrize(
    "work",
    [
        _values,
        lambda: stays.put(7, [(one, "quiet") for one in PEOPLE], at=NOW),
        lambda: put_everybody(new_id(), Everybody(PEOPLE, [], 1), NOW),
    ],
    ids=["values", "stays", "members"],
)
def test_no_row_walks_what_was_staged(world: World, work: Callable[[], Any]) -> None:
    with acting(SYSTEM), transaction.atomic(), plans() as found:
        work()
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_nestloop")
            assert cursor.fetchone() == ("on",), "what comes after is planned as ever"

    [plan] = found
    assert "Anti Join" in plan
    assert "Nested Loop" not in plan, plan
