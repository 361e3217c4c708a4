"""F-12: a request sent again under its key acts once; another body under the key is refused."""

from collections.abc import Callable

from tests.conftest import Caller
from tests.world import World

from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer


def enter(caller: Caller, key: str, name: str = "沈静仪") -> tuple[int, str]:
    answer = caller.client.post(
        "/api/v1/customers",
        {"values": {"name": name, "mobile": "13857101234"}},
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )
    return answer.status_code, str(answer.json().get("id", answer.json().get("code")))


def how_many() -> int:
    with acting(SYSTEM):
        return Customer.objects.count()


def test_the_second_request_gets_the_first_answer(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)

    assert enter(steward, "a") == enter(steward, "a")
    assert how_many() == 1


def test_another_body_under_the_key_is_refused(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)
    enter(steward, "a")

    assert enter(steward, "a", name="顾长林") == (422, "idempotency_key")


def test_a_refused_request_may_be_mended_under_its_key(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)

    assert enter(steward, "a", name="")[0] == 422
    assert enter(steward, "a")[0] == 201


def test_keys_of_two_people_do_not_meet(world: World, call: Callable[..., Caller]) -> None:
    first, second = enter(call(world.steward), "a"), enter(call(world.alice), "a")

    assert (first[0], second[0]) == (201, 201)
