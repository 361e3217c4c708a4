"""Own boards: arranged, shared, changed by their owner alone and as they were opened; a board tells nobody more than his role shows."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.analyze.conftest import sync as sync  # noqa: PLC0414 (a fixture of a neighbour)
from tests.api.staff import appoint
from tests.conftest import Caller
from tests.world import World

from kehu.analyze.dashboards.own import MOST
from kehu.govern.models.audit import AuditEvent
from kehu.platform.scope import SYSTEM, acting

pytestmark = [pytest.mark.django_db]
CARDS = [{"card": "customers_total", "is_wide": False}, {"card": "customers_by_unit", "is_wide": True}]
BOARD = {"name": "支行早会", "cards": CARDS}


@pytest.fixture
def steward(world: World, call: Callable[..., Caller]) -> Caller:
    return call(world.steward)


def boards(caller: Caller) -> list[Any]:
    return list(caller.get("/boards").json())


def test_a_board_is_kept_changed_and_deleted(steward: Caller, world: World) -> None:
    made = steward.post("/boards", BOARD)

    assert made.status_code == 201
    assert (made.json()["cards"], made.json()["is_mine"], made.json()["version"]) == (CARDS, True, 1)
    path = f"/boards/{made.json()['id']}"
    changed = steward.patch(path, {"version": 1, "cards": CARDS[::-1], "name": "晨会"})
    assert (changed.json()["cards"], changed.json()["name"], changed.json()["version"]) == (
        CARDS[::-1],
        "晨会",
        2,
    )
    assert steward.delete(path).status_code == 204
    assert boards(steward) == []
    with acting(SYSTEM):
        told = AuditEvent.objects.filter(object_kind="board").values_list("action", flat=True)
        assert sorted(told) == ["board.change", "board.create", "board.delete"]


def test_what_another_window_changed_is_not_lost(steward: Caller) -> None:
    path = f"/boards/{steward.post('/boards', BOARD).json()['id']}"
    steward.patch(path, {"version": 1, "name": "先改的"})

    late = steward.patch(path, {"version": 1, "name": "后改的"})

    assert (late.status_code, late.json()["code"]) == (409, "board_changed")
    assert [one["name"] for one in boards(steward)] == ["先改的"]


def test_only_a_shared_board_is_seen_by_others_and_only_its_owner_changes_it(
    steward: Caller, world: World, call: Callable[..., Caller]
) -> None:
    made = steward.post("/boards", BOARD).json()
    head = call(world.head)
    assert boards(head) == []
    assert (
        head.patch(f"/boards/{made['id']}", {"version": 1, "name": "我的"}).json()["code"]
        == "board_not_found"
    )

    steward.patch(f"/boards/{made['id']}", {"version": 1, "is_shared": True})

    [seen] = boards(head)
    assert (seen["is_mine"], seen["owner"]["name"]) == (False, "steward")
    refused = head.patch(f"/boards/{made['id']}", {"version": 2, "name": "我的"})
    assert (refused.status_code, refused.json()["code"]) == (403, "board_not_yours")
    assert head.delete(f"/boards/{made['id']}").status_code == 403


def test_a_shared_board_shows_each_reader_his_own_customers(
    steward: Caller, world: World, call: Callable[..., Caller], sync: Callable[[], Any]
) -> None:
    world.say(world.core, "1", name="赵一", unit=world.hangzhou)
    world.say(world.core, "2", name="钱二", unit=world.ningbo)
    steward.post("/boards", {**BOARD, "is_shared": True})

    sync()

    def total(caller: Caller) -> int:
        assert len(boards(caller)) == 1
        points = caller.get("/dashboards/cards/customers_by_unit").json()["points"]
        return sum(point["customers"] for point in points)

    assert [total(steward), total(call(world.head))] == [2, 1]


def test_who_may_not_share_keeps_his_own(world: World, call: Callable[..., Caller]) -> None:
    manager = call(world.alice)
    shared = manager.post("/boards", {**BOARD, "is_shared": True})

    assert (shared.status_code, shared.json()["code"]) == (403, "not_allowed")
    assert manager.post("/boards", BOARD).status_code == 201


@pytest.mark.parametrize(
    "board",
    [
        {**BOARD, "name": "  "}, {**BOARD, "name": "长" * 81}, {**BOARD, "cards": []},
        {**BOARD, "cards": [*CARDS, CARDS[0]]}, {**BOARD, "cards": [{"card": "no_such_card"}]},
        {**BOARD, "cards": [{"card": "x" * 65}]},
    ],
)  # fmt: skip
def test_what_is_no_board_is_refused(steward: Caller, board: Any) -> None:
    assert steward.post("/boards", board).status_code == 422
    assert boards(steward) == []


def test_a_card_that_the_role_does_not_show_cannot_be_placed(
    world: World, call: Callable[..., Caller]
) -> None:
    analyst = call(appoint(world, "analyst"))

    answer = analyst.post("/boards", {**BOARD, "cards": [{"card": "import_rows"}]})

    assert answer.status_code == 422


def test_one_person_keeps_so_many_at_most(steward: Caller) -> None:
    for number in range(MOST):
        assert steward.post("/boards", {**BOARD, "name": f"看板{number}"}).status_code == 201

    assert steward.post("/boards", BOARD).json()["code"] == "too_many_boards"
