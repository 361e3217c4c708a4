"""Sealed values that somebody moved or altered in the database are never shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.conftest import Caller
from tests.world import World

from kehu.govern.fields.registry import registry
from kehu.govern.models.audit import AuditEvent
from kehu.govern.sealing.suites import SealBroken
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.profile.models import Customer

FLIPPED = "set_byte({0}, length({0}) - 20, get_byte({0}, length({0}) - 20) # 1)"
OF_CUSTOMERS = (
    f"UPDATE profile_customer SET sealed = {FLIPPED.format('sealed')} WHERE id = %(one)s",
    "UPDATE profile_customer SET sealed = (SELECT sealed FROM profile_customer WHERE id = %(two)s) WHERE id = %(one)s",
    f"UPDATE govern_data_key SET wrapped = {FLIPPED.format('wrapped')} WHERE owner_id = %(one)s",
    "UPDATE govern_data_key SET wrapped = (SELECT wrapped FROM govern_data_key WHERE owner_id = %(two)s) WHERE owner_id = %(one)s",
)
OF_RECORDS = (
    f"UPDATE collect_record_version SET sealed = {FLIPPED.format('sealed')}",
    "UPDATE collect_record_version v SET sealed = o.sealed FROM collect_record_version o WHERE o.id <> v.id",
    "UPDATE collect_record_version v SET sealed = c.sealed FROM profile_customer c",
)


def spoil(world: World, statement: str) -> tuple[UUID, UUID]:
    """State two customers and run a statement over them; their ids."""
    world.say(world.core, "1", name="沈静仪", mobile="13857101234")
    world.say(world.core, "2", name="顾长林", mobile="13857105678")
    with acting(SYSTEM), connection.cursor() as cursor:
        one, two = Customer.objects.order_by("name").values_list("pk", flat=True)
        values: dict[str, Any] = {"one": one, "two": two}
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
    return one, two


@pytest.mark.parametrize("statement", OF_RECORDS)
def test_a_record_flipped_or_taken_from_another_row_or_column_is_not_opened(
    world: World, statement: str
) -> None:
    one, _ = spoil(world, statement)

    with acting(SYSTEM), transaction.atomic(), pytest.raises(SealBroken):
        get_dossier(one, fields=registry())


@pytest.mark.parametrize("statement", OF_CUSTOMERS)
def test_a_spoiled_customer_shows_no_value_in_a_list(
    world: World, call: Callable[..., Caller], statement: str
) -> None:
    one, _ = spoil(world, statement)
    with acting(SYSTEM):
        one_name = Customer.objects.get(pk=one).name

    answer = call(world.steward).get("/customers")

    assert answer.status_code == 200
    assert [set(item["fields"]) for item in answer.json()["items"] if item["name"] == one_name] == [{"name"}]
    assert AuditEvent.objects.filter(action="seal.broken").exists()
