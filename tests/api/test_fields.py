"""The field registry: own fields are protected from the start, shipped ones keep their meaning."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.api.staff import trail
from tests.conftest import Caller
from tests.world import World

from kehu.govern.fields.registry import registry

CAR: dict[str, Any] = {
    "key": "car_plate", "label": {"zh": "车牌号", "en": "Number plate"}, "section": "background", "standard": "code",
    "synonyms": ["车牌", "牌照"],
}  # fmt: skip


@pytest.fixture
def steward(world: World, call: Callable[..., Caller]) -> Caller:
    return call(world.steward)


def test_an_own_field_takes_values_at_once_and_they_are_sealed(world: World, steward: Caller) -> None:
    made = steward.post("/fields", CAR).json()
    world.say(world.core, "1", name="沈静仪", car_plate="浙A12345")
    (found,) = steward.get("/customers").json()["items"]
    profile = steward.get(f"/customers/{found['id']}").json()

    assert made["is_sealed"]
    assert made["identifier"] == ""
    assert made["origin"] == "custom"
    plate = next(f for f in profile["fields"] if f["key"] == "car_plate")
    assert plate["shown"]["is_masked"]


def test_a_plain_field_is_c1_and_not_sealed(world: World, steward: Caller) -> None:
    made = steward.post("/fields", CAR | {"data_class": "C1", "is_listed": True}).json()

    assert (made["data_class"], made["is_sealed"], made["is_listed"]) == ("C1", False, True)


def test_a_class_rises_and_never_falls(world: World, steward: Caller) -> None:
    steward.post("/fields", CAR | {"data_class": "C1"})

    raised = steward.patch("/fields/car_plate", {"data_class": "C2"})
    lowered = steward.patch("/fields/car_plate", {"data_class": "C1"})

    assert raised.json()["is_sealed"]
    assert (raised.json()["needs_recompute"], raised.json()["sealing_percent"]) == (False, 0)
    assert (lowered.status_code, lowered.json()["code"]) == (409, "class_only_rises")


def test_another_survivorship_needs_the_golden_records_again(world: World, steward: Caller) -> None:
    answer = steward.patch("/fields/mobile", {"survivorship": "recent"}).json()
    again = steward.patch("/fields/mobile", {"survivorship": "recent"}).json()

    assert (answer["needs_recompute"], again["needs_recompute"]) == (True, False)
    assert registry()["mobile"].survivorship == "recent"
    assert trail("field.change")[0].details == {"changed": ["survivorship"], "recompute": "pending"}


def test_a_shipped_field_changes_only_its_name_and_place(world: World, steward: Caller) -> None:
    good = {
        "label": {"zh": "手机号码", "en": "Mobile number"},
        "synonyms": ["联系手机"],
        "is_listed": False,
        "position": 5,
    }
    assert steward.patch("/fields/mobile", good).json()["label"]["zh"] == "手机号码"

    for change in ({"is_active": False}, {"section": "figures"}, {"data_class": "C1"}):
        answer = steward.patch("/fields/mobile", change)
        assert (answer.status_code, answer.json()["code"]) == (409, "field_is_shipped")


def test_an_own_field_is_put_out_of_use_and_back(world: World, steward: Caller) -> None:
    steward.post("/fields", CAR)

    steward.patch("/fields/car_plate", {"is_active": False})
    assert "car_plate" not in registry()
    assert "car_plate" in [f["key"] for f in steward.get("/fields").json()]
    steward.patch("/fields/car_plate", {"is_active": True})

    assert "car_plate" in registry()


def test_everybody_reads_fields_and_standards(world: World, call: Callable[..., Caller]) -> None:
    alice = call(world.alice)
    standards = {s["key"]: s for s in alice.get("/standards").json()}

    assert alice.get("/fields").json()[0]["key"] == "name"
    assert standards["sex"]["codes"]["2"] == {"zh": "女", "en": "Female"}
    assert standards["money"]["is_number"]


def test_who_may_not_manage_fields_changes_none(world: World, call: Callable[..., Caller]) -> None:
    for user in (world.alice, world.head):
        assert call(user).post("/fields", CAR).status_code == 403
        assert call(user).patch("/fields/mobile", {"is_listed": False}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Car"}, {"key": "9lives"}, {"section": "garage"}, {"standard": "car"}, {"party": "dog"},
        {"data_class": "C3"}, {"survivorship": "loudest"}, {"label": {"zh": "车"}}, {"synonyms": ["车"] * 51},
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_refused(world: World, steward: Caller, wrong: dict[str, Any]) -> None:
    assert steward.post("/fields", CAR | wrong).status_code == 422


def test_a_key_is_taken_once_and_a_missing_field_is_404(world: World, steward: Caller) -> None:
    assert steward.post("/fields", CAR | {"key": "mobile"}).status_code == 409
    assert steward.post("/fields", CAR | {"key": "owner"}).status_code == 409
    assert steward.patch("/fields/no_such_field", {"position": 1}).status_code == 404


def test_an_own_field_never_identifies_and_is_never_c2_in_clear(world: World, steward: Caller) -> None:
    made = steward.post(
        "/fields", CAR | {"section": "figures", "identifier": "mobile", "is_sealed": False}
    ).json()

    assert made["is_sealed"]
    assert made["identifier"] == ""
