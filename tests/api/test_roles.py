"""Roles: rights in words; own ones by the security administrator, who grants himself nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.govern import operations
from kehu.govern.models.access import User

TELLERS: dict[str, Any] = {
    "key": "teller",
    "label": {"zh": "柜员", "en": "Teller"},
    "permissions": {"customer.read": "team", "customer.lookup": "team"},
    "field_rules": {"C2": "masked", "aum": "hidden"},
}


@pytest.fixture
def keeper(world: World) -> User:
    return appoint(world, "security_admin")


@pytest.fixture
def security(keeper: User, call: Callable[..., Caller]) -> Caller:
    return call(keeper)


def test_roles_say_their_rights_in_words(world: World, security: Caller) -> None:
    found = {role["key"]: role for role in security.get("/roles").json()}
    steward = {right["permission"]: right for right in found["steward"]["rights"]}

    assert steward["customer.read"]["label"] == {"zh": "查看客户", "en": "Read customers"}
    assert steward["customer.read"]["scope_label"]["zh"] == "全部机构"
    assert found["security_admin"]["is_held"]
    assert found["security_admin"]["field_rules"] == {"C2": "hidden"}
    assert found["relationship_manager"]["holder_count"] == 2
    assert "audit.read" in {r["permission"] for r in security.get("/roles/rights").json()}


def test_an_own_role_holds_from_the_next_request_on(
    world: World, security: Caller, call: Callable[..., Caller]
) -> None:
    assert security.post("/roles", TELLERS).status_code == 201
    teller = appoint(world, "teller", world.xihu)
    world.say(world.core, "1", unit=world.xihu, name="沈静仪")
    caller = call(teller)
    assert caller.get("/customers").json()["items"]

    security.patch("/roles/teller", {"permissions": {"customer.lookup": "team"}})

    assert caller.get("/customers").status_code == 403
    assert trail("role.change")[0].details["permissions"] == {"customer.lookup": "team"}


def test_what_is_left_out_of_a_change_stays(world: World, security: Caller) -> None:
    security.post("/roles", TELLERS)

    role = security.patch("/roles/teller", {"field_rules": {"aum": "masked"}}).json()

    assert role["field_rules"] == {"aum": "masked"}
    assert len(role["rights"]) == 2
    assert role["label"] == TELLERS["label"]


def test_shipped_roles_stay_as_they_are(world: World, security: Caller) -> None:
    answer = security.patch("/roles/steward", {"permissions": {}})

    assert (answer.status_code, answer.json()["code"]) == (409, "role_is_shipped")


def test_nobody_widens_a_role_that_he_holds(world: World, security: Caller, keeper: User) -> None:
    security.post("/roles", TELLERS)
    operations.grant_role(user=keeper, role_key="teller", unit=world.root, actor_id=None, now=NOW)

    answer = security.patch("/roles/teller", {"permissions": {"customer.read": "all"}})

    assert (answer.status_code, answer.json()["code"]) == (403, "own_rights")


def test_no_role_joins_what_two_administrators_hold_apart(world: World, security: Caller) -> None:
    both = TELLERS | {"permissions": {"user.manage": "all", "role.manage": "all"}}
    assert security.post("/roles", both).json()["code"] == "roles_exclude"

    security.post("/roles", TELLERS)
    appoint(world, "teller", name="anna")
    operations.grant_role(
        user=User.objects.get(name="anna"), role_key="compliance", unit=world.root, actor_id=None, now=NOW
    )
    answer = security.patch("/roles/teller", {"permissions": {"user.manage": "all"}})

    assert answer.json()["code"] == "roles_exclude"


def test_roles_are_changed_by_the_security_administrator_alone(
    world: World, call: Callable[..., Caller]
) -> None:
    for user in (world.steward, appoint(world, "system_admin"), appoint(world, "audit_admin")):
        assert call(user).post("/roles", TELLERS).status_code == 403
        assert call(user).patch("/roles/teller", {}).status_code == 403
    assert call(world.alice).get("/roles").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "With Space"}, {"permissions": {"customer.fly": "all"}}, {"permissions": {"customer.read": "galaxy"}},
        {"field_rules": {"no_such_field": "masked"}}, {"field_rules": {"aum": "loud"}}, {"label": {"zh": "", "en": ""}},
    ],
)  # fmt: skip
def test_what_names_nothing_known_is_refused(world: World, security: Caller, wrong: dict[str, Any]) -> None:
    assert security.post("/roles", TELLERS | wrong).status_code == 422


def test_a_key_is_taken_once_and_a_missing_role_is_404(world: World, security: Caller) -> None:
    security.post("/roles", TELLERS)

    assert security.post("/roles", TELLERS).status_code == 409
    assert security.patch("/roles/nobody", {"label": TELLERS["label"]}).status_code == 404
