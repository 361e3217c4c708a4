"""Before somebody is entered twice: who shares a number, or the name with birth date or phone tail, and how little is told."""

from collections.abc import Callable

import pytest
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.flows.entry import check_likeness
from kehu.govern.models.access import RoleFieldRule

HER = {"name": "沈静仪", "mobile": "13857101234", "birth_date": "1985-08-14"}
ID = "420111198508141226"
Alike = list[dict[str, object]]
MASKED = {"customer_id": None, "name": "沈**", "mobile": "138****1234", "unit": "西湖支行", "is_visible": False}  # fmt: skip


@pytest.fixture
def check(world: World, call: Callable[..., Caller]) -> Callable[..., Alike]:
    """Ask as Charlie of Ningbo about an entry; the customer belongs to Xihu."""
    world.say(world.core, "1", unit=world.xihu, owner=None, now=NOW, **HER)
    charlie = call(world.charlie)

    def ask(**values: str) -> Alike:
        answer = charlie.post("/customers/check", {"values": values})
        assert answer.status_code == 200, answer.content
        found: Alike = answer.json()
        return found

    return ask


@pytest.mark.parametrize("name", ["沈静仪", "沈靜儀", " 沈静仪 "])
def test_the_same_name_and_birth_date_warn_masked_in_the_whole_bank(
    check: Callable[..., Alike], name: str
) -> None:
    assert check(name=name, birth_date="1985-08-14") == [MASKED | {"ground": "birth"}]


def test_a_birth_date_is_read_from_an_id_number_too(check: Callable[..., Alike]) -> None:
    assert check(name="沈静仪", resident_id=ID) == [MASKED | {"ground": "birth"}]


def test_the_same_name_and_phone_tail_warn(check: Callable[..., Alike]) -> None:
    assert check(name="沈静仪", mobile="13900001234") == [MASKED | {"ground": "tail"}]


def test_a_shared_number_is_the_stronger_ground(check: Callable[..., Alike]) -> None:
    assert check(**HER) == [MASKED | {"ground": "number"}]


def test_a_name_alone_or_another_birth_date_tells_nothing(check: Callable[..., Alike]) -> None:
    assert check(name="沈静仪") == []
    assert check(name="沈静仪", birth_date="1985-08-15") == []
    assert check(name="沈静", birth_date="1985-08-14") == []
    assert check(name="沈静仪", mobile="13900009999") == []


@pytest.mark.parametrize("hidden", ["birth_date", "name"])
def test_a_hidden_field_is_not_compared(check: Callable[..., Alike], hidden: str) -> None:
    RoleFieldRule.objects.create(role_id="relationship_manager", field=hidden, rule="hidden")

    assert check(name="沈静仪", birth_date="1985-08-14") == []
    assert check(name="沈静仪", resident_id=ID) == []


@pytest.mark.parametrize("hidden", ["mobile", "mobile_2"])
def test_a_hidden_phone_hides_every_tail(check: Callable[..., Alike], hidden: str) -> None:
    RoleFieldRule.objects.create(role_id="relationship_manager", field=hidden, rule="hidden")

    assert check(name="沈静仪", mobile="13900001234") == []
    assert check(mobile="13857101234") == []


def test_within_the_scope_he_can_be_opened(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, now=NOW, **HER)

    (seen,) = (
        call(world.alice)
        .post("/customers/check", {"values": {"name": "沈静仪", "birth_date": "1985-08-14"}})
        .json()
    )

    assert (seen["is_visible"], seen["name"], seen["ground"]) == (True, "沈静仪", "birth")
    assert call(world.alice).get(f"/customers/{seen['customer_id']}").status_code == 200


def test_names_and_birth_dates_are_not_tried_out(
    check: Callable[..., Alike], world: World, call: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_likeness, "NAME_CHECKS_AN_HOUR", 2)
    for day in ("11", "12"):
        check(name="沈静仪", birth_date=f"1985-08-{day}")

    refused = call(world.charlie).post(
        "/customers/check", {"values": {"name": "沈静仪", "birth_date": "1985-08-14"}}
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "too_many_checks")
    assert check(mobile="13857101234")[0]["ground"] == "number"
