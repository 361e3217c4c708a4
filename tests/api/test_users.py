"""Users: made, moved, granted, disabled, by the system administrator, and never by oneself for oneself."""

from collections.abc import Callable

import pytest
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import PASSWORD, World

from kehu.govern.models.access import User


@pytest.fixture
def admin(world: World, call: Callable[..., Caller]) -> Caller:
    return call(appoint(world, "system_admin"))


def test_a_user_is_made_with_his_roles(world: World, admin: Caller) -> None:
    answer = admin.post(
        "/users",
        {
            "email": "new@hengchuan.example",
            "name": "新同事",
            "password": PASSWORD,
            "unit": "hz",
            "roles": ["branch_head"],
        },
    )

    assert answer.status_code == 201
    assert answer.json()["roles"][0]["role"] == "branch_head"
    assert answer.json()["roles"][0]["unit"]["code"] == "hz"
    assert PASSWORD not in answer.content.decode()


def test_users_come_page_by_page_with_their_roles(world: World, admin: Caller) -> None:
    first = admin.get("/users", limit=3).json()
    rest = admin.get("/users", limit=50, after=first["next_after"]).json()

    assert [u["name"] for u in first["items"]] == ["steward", "head", "alice"]
    assert rest["items"][0]["name"] == "charlie"
    assert rest["next_after"] is None
    assert admin.get(f"/users/{world.alice.pk}").json()["roles"][0]["unit"]["code"] == "hz-xihu"


def test_roles_are_taken_away_before_others_are_given(world: World, admin: Caller) -> None:
    change = {
        "remove_roles": [{"role": "relationship_manager", "unit": "hz-xihu"}],
        "add_roles": [{"role": "branch_head", "unit": "hz"}],
    }

    answer = admin.patch(f"/users/{world.alice.pk}", change)

    assert [r["role"] for r in answer.json()["roles"]] == ["branch_head"]
    assert world.hangzhou.pk in world.actor(world.alice).scope.unit_ids


def test_nobody_holds_two_of_the_three_administrator_roles(world: World, admin: Caller) -> None:
    security = appoint(world, "security_admin")

    for role in ("system_admin", "audit_admin"):
        answer = admin.patch(f"/users/{security.pk}", {"add_roles": [{"role": role}]})
        assert answer.status_code == 409
        assert answer.json()["code"] == "roles_exclude"


def test_who_audits_by_another_role_is_no_administrator_either(world: World, admin: Caller) -> None:
    compliance = appoint(world, "compliance")

    answer = admin.patch(f"/users/{compliance.pk}", {"add_roles": [{"role": "security_admin"}]})

    assert answer.json()["code"] == "roles_exclude"


def test_nobody_grants_himself_or_disables_himself(world: World, call: Callable[..., Caller]) -> None:
    user = appoint(world, "system_admin")
    admin = call(user)

    for change in (
        {"add_roles": [{"role": "steward"}]},
        {"remove_roles": [{"role": "system_admin"}]},
        {"is_active": False},
    ):
        answer = admin.patch(f"/users/{user.pk}", change)
        assert (answer.status_code, answer.json()["code"]) == (403, "own_rights")


def test_a_disabled_user_is_out_at_once_and_his_tokens_stay_dead(
    world: World, admin: Caller, call: Callable[..., Caller]
) -> None:
    alice = call(world.alice)
    assert alice.get("/me").status_code == 200

    admin.patch(f"/users/{world.alice.pk}", {"is_active": False})
    assert alice.get("/me").status_code == 401
    admin.patch(f"/users/{world.alice.pk}", {"is_active": True})

    assert alice.get("/me").status_code == 401
    assert call(world.alice).get("/me").status_code == 200
    assert [e.object_ref for e in trail("user.disable")] == [str(world.alice.pk)]


def test_a_password_is_reset_and_never_shown(world: World, admin: Caller) -> None:
    answer = admin.patch(f"/users/{world.alice.pk}", {"password": "another-quiet-evening"})

    assert answer.status_code == 200
    assert "another-quiet-evening" not in answer.content.decode()
    assert User.objects.get(pk=world.alice.pk).check_password("another-quiet-evening")


def test_users_are_the_system_administrators_alone(world: World, call: Callable[..., Caller]) -> None:
    for user in (world.steward, world.alice, appoint(world, "security_admin"), appoint(world, "audit_admin")):
        caller = call(user)
        assert caller.get(f"/users/{world.alice.pk}").status_code == 403
        assert caller.patch(f"/users/{world.alice.pk}", {"name": "别名"}).status_code == 403


def test_who_explains_or_audits_may_read_the_users(world: World, call: Callable[..., Caller]) -> None:
    for user in (world.steward, appoint(world, "security_admin"), appoint(world, "audit_admin")):
        assert call(user).get("/users").status_code == 200
    assert call(world.alice).get("/users").status_code == 403


def test_what_cannot_be_is_refused(world: World, admin: Caller) -> None:
    good = {"email": "new@hengchuan.example", "name": "新", "password": PASSWORD}

    assert admin.post("/users", good | {"email": "ALICE@hengchuan.example"}).status_code == 409
    assert admin.post("/users", good | {"email": "no address"}).status_code == 422
    assert admin.post("/users", good | {"password": "short"}).status_code == 422
    assert admin.post("/users", good | {"roles": ["emperor"]}).status_code == 422
    assert admin.post("/users", good | {"unit": "nowhere"}).status_code == 404
    assert not User.objects.filter(email=good["email"]).exists()


def test_a_user_who_is_not_there_is_404(world: World, admin: Caller) -> None:
    assert admin.get("/users/999999").status_code == 404
    assert admin.patch("/users/999999", {"name": "无"}).status_code == 404


def test_one_makes_lists_and_ends_ones_own_tokens(world: World, call: Callable[..., Caller]) -> None:
    alice = call(world.alice)

    made = alice.post("/users/me/tokens", {"name": "报表"})
    mine = alice.get("/users/me/tokens").json()

    assert made.status_code == 201
    assert [t["name"] for t in mine] == ["报表", "test"]
    assert made.json()["token"] not in alice.get("/users/me/tokens").content.decode()
    assert alice.delete(f"/users/me/tokens/{mine[0]['id']}").status_code == 204
    assert [t["name"] for t in alice.get("/users/me/tokens").json()] == ["test"]


def test_another_persons_token_is_not_there(world: World, call: Callable[..., Caller]) -> None:
    alice, charlie = call(world.alice), call(world.charlie)
    hers = alice.get("/users/me/tokens").json()[0]["id"]

    assert charlie.delete(f"/users/me/tokens/{hers}").status_code == 404
    assert alice.get("/me").status_code == 200
