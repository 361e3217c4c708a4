"""A search tells why each customer is a hit: what to mark in name and pinyin, and whose tail or number it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Caller
from tests.world import World

from kehu.govern.fields.core import CORE_FIELDS
from kehu.govern.models.access import RoleFieldRule

MOBILE, CARD = "13857101234", "6222021234567890128"


@pytest.fixture
def search(world: World, call: Callable[..., Caller]) -> Callable[[str], list[dict[str, Any]]]:
    """Search as Alice, whose only customer it is; returns the hits of the one row."""
    world.say(
        world.core, "1", unit=world.xihu, owner=world.alice, name="沈静儀", mobile=MOBILE, mobile_2="13900005678",
        resident_id="420111198508141226",
    )  # fmt: skip
    alice = call(world.alice)

    def ask(text: str) -> list[dict[str, Any]]:
        (row,) = alice.post("/customers/search", {"q": text}).json()["items"]
        found: list[dict[str, Any]] = row["hits"]
        return found

    return ask


def hit(reason: str, field: str = "", name: Any = (), pinyin: Any = ()) -> dict[str, Any]:
    label = next(({"zh": f.zh, "en": f.en} for f in CORE_FIELDS if f.key == field), None)
    return {"reason": reason, "field": field, "label": label, "name": list(name), "pinyin": list(pinyin)}


def test_each_word_has_its_reason_and_its_marks(search: Callable[[str], list[dict[str, Any]]]) -> None:
    assert search("静仪") == [hit("name", name=[[1, 3]])]
    assert search("shenj") == [hit("pinyin", name=[[0, 2]], pinyin=[[0, 4], [5, 6]])]
    assert search("sjy 1234") == [
        hit("initials", name=[[0, 3]], pinyin=[[0, 1], [5, 6], [9, 10]]), hit("tail", "mobile")
    ]  # fmt: skip
    assert search("5678") == [hit("tail", "mobile_2")]
    assert search("1226") == [hit("tail", "resident_id")]
    assert search(MOBILE) == [hit("number", "mobile")]


def test_a_number_that_only_a_record_holds_is_told_by_kind(
    world: World, search: Callable[[str], list[dict[str, Any]]]
) -> None:
    world.say(
        world.cards,
        "9",
        unit=world.xihu,
        name="沈静仪",
        mobile="13700000001",
        resident_id="420111198508141226",
    )

    assert search("13700000001") == [hit("number", "mobile")]


def test_no_number_stands_in_an_answer(world: World, call: Callable[..., Caller], search: object) -> None:
    told = call(world.alice).post("/customers/search", {"q": MOBILE}).content.decode()

    assert MOBILE not in told


def test_a_masked_name_is_not_marked(world: World, search: Callable[[str], list[dict[str, Any]]]) -> None:
    RoleFieldRule.objects.create(role_id="relationship_manager", field="name", rule="masked")

    assert search("静仪") == [hit("name")]


def test_a_plain_list_has_no_hits(world: World, call: Callable[..., Caller], search: object) -> None:
    assert call(world.alice).get("/customers").json()["items"][0]["hits"] == []


def test_the_hits_of_a_page_cost_no_query_a_row(world: World, call: Callable[..., Caller]) -> None:
    steward = call(world.steward)

    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert steward.post("/customers/search", {"q": text}).status_code == 200
        return len(asked)

    texts = ("沈", "shen", "0000", "13857100000")
    world.say(world.core, "0", name="沈零", mobile="13857100000")
    steward.post("/customers/search", {"q": "沈"})
    few = [queries(text) for text in texts]
    for number, given in enumerate("一二三四五六七八九十百", start=1):
        world.say(world.core, str(number), name=f"沈{given}", mobile=f"138571{number:05d}")

    assert [queries(text) for text in texts] == few
