"""Why somebody sees a customer: by unit, owner, other records, all units, or not; as row security has it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

from kehu.govern.models.access import User
from kehu.platform.scope import SYSTEM, acting

MOBILE = "13857101234"


@pytest.fixture
def security(world: World, call: Callable[..., Caller]) -> Caller:
    return call(appoint(world, "security_admin"))


def customer() -> UUID:
    with acting(SYSTEM), connection.cursor() as db:
        db.execute("SELECT id FROM profile_customer")
        found: UUID = db.fetchone()[0]
        return found


def explained(caller: Caller, user: User) -> dict[str, Any]:
    answer: dict[str, Any] = caller.post(
        "/access/explain", {"user_id": user.pk, "customer_id": str(customer())}
    ).json()
    assert answer["is_consistent"]
    return answer


def kinds(answer: dict[str, Any]) -> list[str]:
    return [reason["kind"] for reason in answer["reasons"]]


def test_a_head_sees_him_by_unit_and_a_steward_sees_all(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪")

    head, steward = explained(security, world.head), explained(security, world.steward)

    assert (head["can_see"], kinds(head)) == (True, ["unit"])
    assert "西湖支行" in head["reasons"][0]["sentence"]["zh"]
    assert "Branch head" in head["reasons"][0]["sentence"]["en"]
    assert (steward["can_see"], kinds(steward)) == (True, ["all"])


def test_a_manager_sees_his_own_and_not_his_neighbours(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪")

    alice, charlie = explained(security, world.alice), explained(security, world.charlie)

    assert (alice["can_see"], kinds(alice)) == (True, ["owner"])
    assert (charlie["can_see"], kinds(charlie)) == (False, ["other_unit"])
    assert alice["customer"]["owner"]["name"] == "alice"


def test_a_unit_with_another_record_of_him_sees_him_too(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.ningbo, name="沈静仪", mobile=MOBILE)
    world.say(world.cards, "9", unit=world.xihu, name="沈静仪", mobile=MOBILE)

    answer = explained(security, world.head)

    assert (answer["can_see"], kinds(answer)) == (True, ["unit_set"])
    assert answer["customer"]["unit"]["name"] == "宁波分行"


def test_who_is_disabled_or_reads_no_customers_sees_nobody(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪")
    system = appoint(world, "system_admin")
    User.objects.filter(pk=world.alice.pk).update(is_active=False)

    assert kinds(explained(security, world.alice)) == ["disabled"]
    assert kinds(explained(security, system)) == ["no_permission"]


def test_the_answer_tells_nothing_of_the_customer_but_unit_and_owner(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", mobile=MOBILE)

    answer = security.post("/access/explain", {"user_id": world.head.pk, "customer_id": str(customer())})

    assert "沈静仪" not in answer.content.decode()
    assert set(answer.json()["customer"]) == {"id", "unit", "owner"}
    rules = {f["key"]: f["rule"] for f in answer.json()["fields"]}
    assert (rules["mobile"], rules["name"]) == ("masked", "clear")
    assert trail("access.explain")[0].details == {"user": world.head.pk, "can_see": True}


def test_for_every_user_the_reasons_agree_with_row_security(world: World, security: Caller) -> None:
    world.say(world.core, "1", unit=world.ningbo, owner=world.alice, name="沈静仪", mobile=MOBILE)
    world.say(world.cards, "9", unit=world.hangzhou, name="沈静仪", mobile=MOBILE)
    for role in ("marketer", "branch_head", "compliance", "audit_admin"):
        appoint(world, role, world.xihu)

    for user in User.objects.all():
        answer = explained(security, user)
        assert answer["can_see"] == (not {"disabled", "no_permission", "other_unit"} & set(kinds(answer)))


def test_who_may_not_explain_asks_in_vain(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪")
    question = {"user_id": world.alice.pk, "customer_id": str(customer())}

    assert call(world.alice).post("/access/explain", question).status_code == 403
    assert call(world.steward).post("/access/explain", question).status_code == 200


def test_who_or_what_is_not_there_is_404_and_nonsense_422(world: World, security: Caller) -> None:
    nobody = "01930000-0000-7000-8000-000000000001"

    assert (
        security.post("/access/explain", {"user_id": world.head.pk, "customer_id": nobody}).status_code == 404
    )
    assert security.post("/access/explain", {"user_id": 99999, "customer_id": nobody}).status_code == 404
    assert security.post("/access/explain", {"user_id": "me", "customer_id": "x"}).status_code == 422
