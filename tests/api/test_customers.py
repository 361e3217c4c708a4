"""Lists, search and look-up: what is found, and by whom."""

from collections.abc import Callable

from tests.conftest import Caller
from tests.world import World

MOBILE = "13857101234"


def names(answer: object) -> list[str]:
    return [item["name"] for item in answer.json()["items"]]  # type: ignore[attr-defined]  # a test client's answer


def test_a_branch_sees_its_own_customers_and_those_of_the_units_below(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", mobile=MOBILE)
    world.say(world.core, "2", unit=world.ningbo, name="顾长林")

    assert names(call(world.head).get("/customers")) == ["沈静仪"]
    assert sorted(names(call(world.steward).get("/customers"))) == ["沈静仪", "顾长林"]


def test_a_manager_sees_only_his_own(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪")
    world.say(world.core, "2", unit=world.xihu, name="顾长林")

    assert names(call(world.alice).get("/customers")) == ["沈静仪"]
    assert names(call(world.charlie).get("/customers")) == []


def test_a_unit_that_holds_another_record_sees_the_customer_too(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", unit=world.ningbo, name="沈静仪", mobile=MOBILE)
    world.say(world.cards, "9", unit=world.xihu, name="沈静仪", mobile=MOBILE)

    assert names(call(world.head).get("/customers")) == ["沈静仪"]


def test_search_finds_by_characters_pinyin_initials_and_tails(
    world: World, call: Callable[..., Caller]
) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=MOBILE)
    steward = call(world.steward)

    for text in (
        "沈静",
        "静仪",
        "沈静儀",
        "仪",
        "shen",
        "shenjing",
        "sjy",
        "sjy 1234",
        "1234",
        MOBILE,
        "138 5710 1234"[:0] or MOBILE,
    ):
        assert names(steward.post("/customers/search", {"q": text})) == ["沈静仪"], text
    for text in ("顾", "gu", "9999", "jing"):
        assert names(steward.post("/customers/search", {"q": text})) == [], text


def test_lookup_answers_within_scope_only(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", unit=world.xihu, name="沈静仪", mobile=MOBILE)
    question = {"kind": "mobile", "value": "+86 138-5710-1234"}

    assert call(world.head).post("/customers/lookup", question).json()["name"] == "沈静仪"
    assert call(world.charlie).post("/customers/lookup", question).status_code == 404


def test_pages_follow_each_other_without_gap_or_overlap(world: World, call: Callable[..., Caller]) -> None:
    for number in range(7):
        world.say(world.core, str(number), name=f"张{'一二三四五六七'[number]}")
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        query = {"limit": 3, "sort": "name"} | ({"cursor": cursor} if cursor else {})
        answer = call(world.steward).get("/customers", **query).json()
        seen += [item["name"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 7


def test_numbers_are_masked_in_lists(world: World, call: Callable[..., Caller]) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=MOBILE, resident_id="420111198508141226")

    answer = call(world.steward).get("/customers")

    assert MOBILE not in answer.content.decode()
    assert "420111198508141226" not in answer.content.decode()
    assert answer.json()["items"][0]["fields"]["mobile"]["display"] == "138****1234"


def test_without_sign_in_nothing_is_told(world: World, client: object) -> None:
    answer = client.get("/api/v1/customers")  # type: ignore[attr-defined]  # Django's client

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
