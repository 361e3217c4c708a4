"""A field that becomes personal: masked at once, and then no table holds a value of it that was stated before, in clear."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.api.staff import trail
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.collect.models import Import
from kehu.flows.upkeep.seal_field import seal_open_fields
from kehu.govern.fields import sealings
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
OLD, NEW = "浙A7QX31", "浙B9KD52"
PLATE: dict[str, Any] = {
    "key": "car_plate", "label": {"zh": "车牌号", "en": "Number plate"}, "section": "background", "standard": "code",
    "data_class": "C1", "is_listed": True,
}  # fmt: skip
VIEW: dict[str, Any] = {
    "name": "有车", "is_shared": True,
    "definition": {"filters": [f"car_plate:eq:{NEW}", "tier:eq:金"], "columns": ["name"], "sort": "name"},
}  # fmt: skip
TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND split_part(relname, '_', 1) IN ('platform', 'govern', 'collect', 'resolve', 'profile')
"""


def tables_with(text: str) -> set[str]:
    """Return the tables of which a row holds a text in clear."""
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = set()
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.add(name)
        return found


def trial(world: World) -> None:
    """Leave a trial of an import that shows samples of the field."""
    shown = {"zh": OLD, "en": OLD}
    samples = {
        "created": [{"customer": "1", "name": "沈静仪", "values": {"car_plate": shown}}],
        "updated": [
            {"customer": "1", "name": "沈静仪", "field": "car_plate", "before": None, "after": shown}
        ],
    }
    with acting(SYSTEM):
        Import.objects.create(
            id=new_id(), source=world.core, unit=world.root, file_name_sealed=b"", file_size=1, state="uploaded",
            created_at=NOW, summary={"samples": samples},
        )  # fmt: skip


@pytest.fixture
def steward(world: World, call: Callable[..., Caller]) -> Caller:
    """The steward of a bank with a clear field, of which one customer has two values, one of them out of date."""
    caller = call(world.steward)
    assert caller.post("/fields", PLATE).status_code == 201
    world.say(world.core, "1", name="沈静仪", car_plate=OLD)
    world.say(world.core, "1", name="沈静仪", car_plate=NEW, now=NOW + timedelta(days=1))
    assert caller.post("/views", VIEW).status_code == 201
    trial(world)
    return caller


def shown(caller: Caller) -> dict[str, Any]:
    (found,) = caller.get("/customers").json()["items"]
    profile = caller.get(f"/customers/{found['id']}").json()
    return dict(next(f["shown"] for f in profile["fields"] if f["key"] == "car_plate"))


def sealing(caller: Caller) -> int | None:
    fields = {field["key"]: field for field in caller.get("/fields").json()}
    percent: int | None = fields["car_plate"]["sealing_percent"]
    return percent


def test_a_raised_field_is_masked_before_anything_is_sealed(steward: Caller) -> None:
    assert shown(steward)["display"] == NEW

    answer = steward.patch("/fields/car_plate", {"data_class": "C2"}).json()

    assert (answer["is_sealed"], answer["needs_recompute"], answer["sealing_percent"]) == (True, False, 0)
    assert shown(steward)["is_masked"]
    assert steward.get("/views").json()[0]["definition"]["filters"] == ["tier:eq:金"]
    assert steward.get("/customers", filter=f"car_plate:eq:{NEW}").status_code == 422
    assert tables_with(OLD) == {"collect_record_version"}
    assert tables_with(NEW) == {"collect_record_version", "profile_customer"}


def test_afterwards_no_table_holds_a_value_and_none_is_lost(steward: Caller) -> None:
    steward.patch("/fields/car_plate", {"data_class": "C2"})

    seal_open_fields()

    assert tables_with(OLD) == tables_with(NEW) == set()
    assert sealing(steward) is None
    (found,) = steward.get("/customers").json()["items"]
    revealed = steward.post(
        f"/customers/{found['id']}/reveal", {"fields": ["car_plate"], "reason": "核对车牌"}
    )
    assert revealed.json()["fields"]["car_plate"] == NEW
    records = steward.get(f"/customers/{found['id']}/records")
    assert records.status_code == 200


def test_it_is_audited_with_its_figures_and_in_whose_name(world: World, steward: Caller) -> None:
    steward.patch("/fields/car_plate", {"data_class": "C2"})
    seal_open_fields()

    (raised,), (sealed,) = trail("field.change"), trail("field.seal")
    assert raised.details == {"changed": ["data_class"], "class": "C2", "sealing": "pending"}
    assert (sealed.actor_id, sealed.row_count) == (world.steward.pk, 3)
    assert sealed.details == {"versions": 2, "customers": 1, "views": 1, "imports": 1}


def test_what_is_stated_after_the_raise_is_sealed_at_once(world: World, steward: Caller) -> None:
    steward.patch("/fields/car_plate", {"data_class": "C2"})

    world.say(world.core, "2", name="顾长林", car_plate="浙C1LN08")

    assert tables_with("浙C1LN08") == set()


def test_a_second_run_finds_nothing_to_do(steward: Caller) -> None:
    steward.patch("/fields/car_plate", {"data_class": "C2"})
    seal_open_fields()
    seal_open_fields()

    assert sealings.open_keys() == []
    assert len(trail("field.seal")) == 1


def test_a_field_that_is_personal_from_the_start_needs_none(
    world: World, call: Callable[..., Caller]
) -> None:
    caller = call(world.steward)
    caller.post("/fields", PLATE | {"data_class": "C2"})

    caller.patch("/fields/car_plate", {"is_listed": False})

    assert sealings.open_keys() == []
    assert sealing(caller) is None
