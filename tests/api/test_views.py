"""Saved views: one's own and shared ones, without any personal value in them."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.api.staff import appoint
from tests.conftest import Caller
from tests.world import World

GOLD: dict[str, Any] = {
    "name": "金卡以上",
    "definition": {
        "filters": ["tier:in:gold,platinum", "aum:gte:500000"],
        "sort": "-updated_at",
        "columns": ["name", "tier", "mobile"],
        "density": "compact",
    },
}


def test_a_view_is_kept_changed_and_deleted(world: World, call: Callable[..., Caller]) -> None:
    alice = call(world.alice)

    made = alice.post("/views", GOLD)
    changed = alice.patch(f"/views/{made.json()['id']}", {"name": "重点客户"})

    assert made.status_code == 201
    assert made.json()["definition"] == GOLD["definition"]
    assert changed.json()["name"] == "重点客户"
    assert changed.json()["definition"] == GOLD["definition"]
    assert [v["name"] for v in alice.get("/views").json()] == ["重点客户"]
    assert alice.delete(f"/views/{made.json()['id']}").status_code == 204
    assert alice.get("/views").json() == []


def test_ones_own_views_are_nobody_elses(world: World, call: Callable[..., Caller]) -> None:
    view = call(world.alice).post("/views", GOLD).json()
    charlie = call(world.charlie)

    assert charlie.get("/views").json() == []
    assert charlie.patch(f"/views/{view['id']}", {"name": "我的"}).status_code == 404
    assert charlie.delete(f"/views/{view['id']}").status_code == 404


def test_a_shared_view_is_read_by_all_and_changed_by_its_owner(
    world: World, call: Callable[..., Caller]
) -> None:
    view = call(world.head).post("/views", GOLD | {"is_shared": True}).json()
    charlie = call(world.charlie)

    (seen,) = charlie.get("/views").json()
    assert (seen["is_mine"], seen["owner"]["name"]) == (False, "head")
    answer = charlie.patch(f"/views/{view['id']}", {"name": "我的"})
    assert (answer.status_code, answer.json()["code"]) == (403, "view_not_yours")
    assert charlie.delete(f"/views/{view['id']}").status_code == 403


def test_sharing_needs_the_right_to_share(world: World, call: Callable[..., Caller]) -> None:
    alice = call(world.alice)
    own = alice.post("/views", GOLD).json()

    assert alice.post("/views", GOLD | {"is_shared": True}).status_code == 403
    assert alice.patch(f"/views/{own['id']}", {"is_shared": True}).status_code == 403


def test_who_reads_no_customers_has_no_views(world: World, call: Callable[..., Caller]) -> None:
    caller = call(appoint(world, "system_admin"))

    assert caller.get("/views").status_code == 403
    assert caller.post("/views", GOLD).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"q": "沈静仪"},
        {"search": "13857101234"},
        {"filters": ["mobile:eq:13857101234"]},
        {"filters": ["resident_id:empty:"]},
        {"filters": ["no_such_field:eq:1"]},
        {"filters": ["tier:like:gold"]},
        {"sort": "mobile"},
        {"columns": ["no_such_field"]},
        {"density": "airy"},
    ],
)
def test_a_definition_holds_no_search_and_no_sealed_field(
    world: World, call: Callable[..., Caller], wrong: dict[str, Any]
) -> None:
    alice = call(world.alice)
    view = alice.post("/views", GOLD).json()
    definition = GOLD["definition"] | wrong

    assert alice.post("/views", GOLD | {"definition": definition}).status_code == 422
    assert alice.patch(f"/views/{view['id']}", {"definition": definition}).status_code == 422


def test_a_view_that_is_not_there_is_404(world: World, call: Callable[..., Caller]) -> None:
    missing = "/views/01930000-0000-7000-8000-000000000001"

    assert call(world.alice).patch(missing, {"name": "无"}).status_code == 404
    assert call(world.alice).delete(missing).status_code == 404
