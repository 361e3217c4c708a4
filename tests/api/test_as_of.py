"""A customer as of a date is whole: fields, records, timeline and relationships of then, to whom he is visible today."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.conftest import Caller
from tests.world import NOW, World

MARCH, MAY, JULY = (datetime(2026, month, 2, 4, tzinfo=UTC) for month in (3, 5, 7))
PARTS = ("", "/timeline", "/records", "/relationships", "/why")


@pytest.fixture
def customer(world: World, call: Callable[..., Caller]) -> str:
    """Known since March as a gold customer; in May the cards joined, in July he became diamond and moved to Ningbo."""
    his = {"name": "沈静仪", "mobile": "13857101234", "birth_date": "1985-08-14"}
    world.say(world.core, "1", unit=world.xihu, owner=world.alice, now=MARCH, tier="金", aum="100", **his)
    world.say(world.cards, "9", unit=world.xihu, now=MAY, name="沈静仪", mobile="13857101234")
    world.say(
        world.core, "1", unit=world.ningbo, owner=world.charlie, now=JULY, tier="钻石", aum="900", **his
    )
    return str(call(world.steward).post("/customers/search", {"q": "沈静仪"}).json()["items"][0]["id"])


def tier(profile: Any) -> str:
    return next(str(f["shown"]["display"]) for f in profile["fields"] if f["key"] == "tier")


def test_every_part_is_of_that_day(world: World, call: Callable[..., Caller], customer: str) -> None:
    steward = call(world.steward)

    def then(part: str, day: str) -> Any:
        return steward.get(f"/customers/{customer}{part}", as_of=day).json()

    march, june = then("", "2026-03-31"), then("", "2026-06-30")
    assert (tier(march), march["record_count"], march["unit"]["name"]) == ("金", 1, "西湖支行")
    assert (tier(june), june["record_count"], june["owner"]["name"]) == ("金", 2, "alice")
    assert [r["fields"]["tier"]["display"] for r in then("/records", "2026-03-31")] == ["金"]
    assert len(then("/records", "2026-06-30")) == 2
    assert len(then("/why", "2026-03-31")["links"]) == 1
    moments = then("/timeline", "2026-06-30")["items"]
    assert moments
    assert all(moment["at"] < "2026-07" for moment in moments)
    assert (march["age"], then("", "2026-11-01")["age"]) == (40, 41)


def test_today_is_the_same_as_no_date(world: World, call: Callable[..., Caller], customer: str) -> None:
    steward = call(world.steward)
    history = steward.get(f"/customers/{customer}/history").json()

    now, today = (
        steward.get(f"/customers/{customer}{query}").json() for query in ("", f"?as_of={history['today']}")
    )

    assert {k: v for k, v in now.items() if k not in {"as_of", "updated_at"}} == {
        k: v for k, v in today.items() if k not in {"as_of", "updated_at"}
    }


def test_what_happened_but_was_not_yet_known_is_left_out(
    world: World, call: Callable[..., Caller], customer: str
) -> None:
    steward = call(world.steward)
    told = {"kind": "call", "text": "询问留学购汇", "happened_at": "2026-06-15T10:00:00+08:00"}
    assert steward.post(f"/customers/{customer}/interactions", told).status_code == 201

    def kinds(**query: str) -> list[str]:
        return [m["kind"] for m in steward.get(f"/customers/{customer}/timeline", **query).json()["items"]]

    assert "interaction" in kinds()
    assert "interaction" not in kinds(as_of="2026-06-30")


def test_relationships_are_those_that_held_on_that_day(
    world: World, call: Callable[..., Caller], customer: str
) -> None:
    world.say(world.core, "2", now=MARCH, name="顾长林")
    steward = call(world.steward)
    other = steward.post("/customers/search", {"q": "顾长林"}).json()["items"][0]["id"]
    tie = {"other_id": other, "role": "spouse", "valid_from": "2026-04-01", "valid_to": "2026-05-31"}
    steward.post(f"/customers/{customer}/relationships", tie)
    steward.post(f"/customers/{customer}/relationships", {"other_id": other, "role": "referrer"})

    def roles(day: str) -> list[str]:
        return [t["role"] for t in steward.get(f"/customers/{customer}/relationships", as_of=day).json()]

    assert (roles("2026-03-31"), roles("2026-05-31"), roles("2026-06-01")) == ([], ["spouse"], [])


@pytest.mark.parametrize("part", PARTS)
def test_before_he_was_known_every_part_says_so(
    world: World, call: Callable[..., Caller], customer: str, part: str
) -> None:
    answer = call(world.steward).get(f"/customers/{customer}{part}", as_of="2026-02-28")

    assert (answer.status_code, answer.json()["code"]) == (404, "customer_not_known_then")
    assert answer.json()["detail"] == "2026-02-28 还没有这位客户的记录，最早的在 2026-03-02。"


@pytest.mark.parametrize("part", PARTS)
def test_what_is_no_time_of_the_past_is_refused(
    world: World, call: Callable[..., Caller], customer: str, part: str
) -> None:
    steward = call(world.steward)

    for text in ("", "昨天", "2026-13-01", "2026-03-31T18:00:00", "9999-12-31", "0001-01-01", "20260331"):
        answer = steward.get(f"/customers/{customer}{part}", as_of=text)
        assert (answer.status_code, answer.json()["code"]) == (422, "as_of_not_valid"), text


@pytest.mark.parametrize("part", [*PARTS, "/history"])
def test_the_past_is_told_to_whom_he_is_visible_today(
    world: World, call: Callable[..., Caller], customer: str, part: str
) -> None:
    world.say(world.cards, "9", unit=world.ningbo, name="沈静仪", mobile="13857101234")

    assert call(world.charlie).get(f"/customers/{customer}{part}", as_of="2026-06-30").status_code == 200
    refused = call(world.alice).get(f"/customers/{customer}{part}", as_of="2026-06-30")
    assert (refused.status_code, refused.json()["code"]) == (404, "customer_not_found")


def test_the_past_is_masked_like_today(world: World, call: Callable[..., Caller], customer: str) -> None:
    steward = call(world.steward)

    for part in PARTS:
        told = steward.get(f"/customers/{customer}{part}", as_of="2026-06-30").content.decode()
        assert "13857101234" not in told
        assert "1985-08-14" not in told


def test_a_record_that_joins_with_many_versions_is_one_change(
    world: World, call: Callable[..., Caller], customer: str
) -> None:
    world.say(world.cards, "7", now=MARCH, name="沈静仪", mobile="13900000007", tier="金")
    world.say(world.cards, "7", now=MAY, name="沈静仪", mobile="13900000007", tier="银")
    world.say(world.cards, "7", now=NOW, name="沈静仪", mobile="13857101234", tier="银")

    days = call(world.steward).get(f"/customers/{customer}/history").json()["days"]

    assert [day["changes"] for day in days if day["on"] == "2026-11-22"] == [1]


def test_history_names_the_days_of_change(world: World, call: Callable[..., Caller], customer: str) -> None:
    history = call(world.steward).get(f"/customers/{customer}/history").json()

    assert history["known_since"] == "2026-03-02"
    assert [(day["on"], day["changes"]) for day in history["days"]] == [
        ("2026-03-02", 1), ("2026-05-02", 1), ("2026-07-02", 1)
    ]  # fmt: skip
    assert date.fromisoformat(history["today"]) >= date(2026, 7, 2)
