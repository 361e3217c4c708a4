"""Units: everybody reads names, the system administrator makes and renames."""

from collections.abc import Callable

from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World


def test_everybody_who_is_signed_in_reads_the_tree_parents_first(
    world: World, call: Callable[..., Caller]
) -> None:
    units = call(world.charlie).get("/units").json()

    assert [u["code"] for u in units][:3] == ["root", "hz", "hz-xihu"]
    assert [u["depth"] for u in units] == [0, 1, 2, 1]
    assert units[2]["parent_id"] == world.hangzhou.pk


def test_a_new_unit_is_within_the_reach_of_the_heads_above_it(
    world: World, call: Callable[..., Caller]
) -> None:
    admin = call(appoint(world, "system_admin"))

    answer = admin.post("/units", {"code": "hz-bj", "name": "滨江支行", "parent": "hz"})

    assert answer.status_code == 201
    assert answer.json()["id"] in world.actor(world.head).scope.unit_ids
    assert len(trail("unit.create")) == 4


def test_a_unit_is_renamed_and_keeps_its_code(world: World, call: Callable[..., Caller]) -> None:
    admin = call(appoint(world, "system_admin"))

    answer = admin.patch(f"/units/{world.ningbo.pk}", {"name": "宁波市分行", "code": "other"})

    assert answer.json()["name"] == "宁波市分行"
    assert answer.json()["code"] == "nb"


def test_others_make_and_rename_no_units(world: World, call: Callable[..., Caller]) -> None:
    for user in (world.steward, world.head, world.alice):
        caller = call(user)
        assert caller.post("/units", {"code": "x", "name": "新机构"}).status_code == 403
        assert caller.patch(f"/units/{world.ningbo.pk}", {"name": "新"}).status_code == 403


def test_a_unit_needs_a_free_code_a_name_and_a_parent_that_exists(
    world: World, call: Callable[..., Caller]
) -> None:
    admin = call(appoint(world, "system_admin"))

    assert admin.post("/units", {"code": "hz", "name": "又一个"}).status_code == 409
    assert admin.post("/units", {"code": "a b", "name": "空格"}).status_code == 422
    assert admin.post("/units", {"code": "ok", "name": "  "}).status_code == 422
    assert admin.post("/units", {"code": "ok", "name": "好", "parent": "nowhere"}).status_code == 404


def test_a_unit_that_is_not_there_is_404(world: World, call: Callable[..., Caller]) -> None:
    assert call(appoint(world, "system_admin")).patch("/units/999999", {"name": "无"}).status_code == 404
