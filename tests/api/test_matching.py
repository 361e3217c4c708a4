"""The rules of matching: how far a kind is trusted, what identifies nobody, and that a change reaches the next record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

TEST_NUMBER = "13712345678"


@pytest.fixture
def steward(world: World, call: Callable[..., Caller]) -> Caller:
    return call(world.steward)


def block(steward: Caller, text: str, **more: Any) -> Any:
    return steward.post("/blocked-values", {"kind": "mobile", "text": text} | more)


def count_customers(steward: Caller) -> int:
    return int(steward.get("/customers").json()["count"]["value"])


def test_kinds_are_listed_with_the_names_of_their_fields(steward: Caller) -> None:
    kinds = {kind["key"]: kind for kind in steward.get("/identifier-kinds").json()}

    assert kinds["mobile"]["label"] == {"zh": "手机", "en": "Mobile"}
    assert (kinds["mobile"]["strength"], kinds["mobile"]["limit"], kinds["mobile"]["window_days"]) == (
        "named",
        6,
        730,
    )
    assert [key for key, kind in kinds.items() if kind["is_device"]] == ["anonymous_id"]
    assert all(kind["label"]["zh"] != key for key, kind in kinds.items())


def test_a_kind_changes_in_part_and_the_audit_has_before_and_after(steward: Caller) -> None:
    changed = steward.patch("/identifier-kinds/mobile", {"limit": 3, "window_days": None}).json()
    steward.patch("/identifier-kinds/mobile", {"limit": 3})

    assert (changed["limit"], changed["window_days"], changed["strength"]) == (3, None, "named")
    (event,) = trail("identifier_kind.change")
    assert event.object_ref == "mobile"
    assert event.details == {
        "before": {"limit": 6, "window_days": 730},
        "after": {"limit": 3, "window_days": None},
    }


def test_a_changed_strength_decides_about_the_next_record(world: World, steward: Caller) -> None:
    world.say(world.core, "1", name="沈静仪", mobile="13857101234")
    world.say(world.cards, "8", name="韩亦非", mobile="13857101234")
    assert count_customers(steward) == 2

    steward.patch("/identifier-kinds/mobile", {"strength": "strong"})

    assert count_customers(steward) == 2
    world.say(world.cards, "9", name="顾长林", mobile="13857101234")
    assert count_customers(steward) < 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"strength": "loud"},
        {"strength": None},
        {"limit": -1},
        {"limit": 1001},
        {"window_days": 0},
        {"priority": 0},
    ],
)
def test_a_kind_that_cannot_be_is_refused(steward: Caller, wrong: dict[str, Any]) -> None:
    assert steward.patch("/identifier-kinds/mobile", wrong).status_code == 422


def test_a_device_keeps_its_own_rule_and_a_missing_kind_is_404(steward: Caller) -> None:
    answer = steward.patch("/identifier-kinds/anonymous_id", {"strength": "named"})

    assert (answer.status_code, answer.json()["code"]) == (409, "device_is_shared")
    assert steward.patch("/identifier-kinds/anonymous_id", {"limit": 20}).status_code == 200
    assert steward.patch("/identifier-kinds/no_such_kind", {"limit": 3}).status_code == 404


def test_a_blocked_value_joins_nobody_from_now_on(world: World, steward: Caller) -> None:
    world.say(world.core, "1", name="沈静仪", mobile=TEST_NUMBER)
    world.say(world.cards, "2", name="沈静仪", mobile=TEST_NUMBER)
    assert count_customers(steward) == 1

    made = block(steward, "137 1234 5678")
    world.say(world.cards, "3", name="沈静仪", mobile=TEST_NUMBER)

    assert (made.status_code, made.json()["text"], made.json()["form"]) == (201, TEST_NUMBER, "value")
    assert count_customers(steward) == 2
    steward.delete(f"/blocked-values/{made.json()['id']}")
    world.say(world.cards, "4", name="沈静仪", mobile=TEST_NUMBER)
    assert count_customers(steward) == 2


def test_the_list_says_who_added_what_and_what_is_shipped(world: World, steward: Caller) -> None:
    block(steward, TEST_NUMBER)
    block(steward, r"1390000\d{4}", is_pattern=True)

    first, second, *shipped = steward.get("/blocked-values").json()

    assert (first["form"], first["text"]) == ("pattern", r"1390000\d{4}")
    assert (second["form"], second["text"], second["author"]["name"]) == ("value", TEST_NUMBER, "steward")
    assert second["kind_label"]["zh"] == "手机"
    assert shipped
    assert all(entry["author"] is None and entry["form"] == "pattern" for entry in shipped)


def test_a_value_is_tried_before_and_after(steward: Caller) -> None:
    def ask(value: str) -> Any:
        return steward.post("/blocked-values/try", {"kind": "mobile", "value": value}).json()

    before, shipped = ask("+86 137-1234-5678"), ask("13800138000")
    made = block(steward, TEST_NUMBER).json()
    after = ask(TEST_NUMBER)

    assert before == {"is_blocked": False, "read_as": TEST_NUMBER, "by": None}
    assert shipped["is_blocked"]
    assert shipped["by"]["author"] is None
    assert after["by"]["id"] == made["id"]


def test_no_number_stands_clear_in_the_database_or_the_audit(steward: Caller) -> None:
    made = block(steward, TEST_NUMBER).json()
    steward.delete(f"/blocked-values/{made['id']}")
    steward.post(
        "/blocked-values", {"kind": "*", "text": TEST_NUMBER, "is_pattern": True}
    )  # one value, whatever it is called

    (added, again), (removed,) = trail("blocked_value.add"), trail("blocked_value.remove")
    assert added.object_ref == removed.object_ref == str(made["id"])
    assert added.details["after"] == added.details["before"] + 1 == removed.details["before"]
    assert (added.details["kind"], added.details["form"], again.details["form"]) == (
        "mobile",
        "value",
        "value",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM resolve_blocked_value b WHERE b::text LIKE %s", ["%137123456%"])
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM govern_audit_event e WHERE e.details::text LIKE %s", ["%137123456%"]
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "no_such_kind", "text": "1"}, "invalid"),
        ({"kind": "mobile", "text": "12"}, "never_arrives"),
        ({"kind": "mobile", "text": "   "}, "invalid"),
        ({"kind": "mobile", "text": ".*", "is_pattern": True}, "pattern_refused"),
        ({"kind": "mobile", "text": "1[3-9][0-9]{9}", "is_pattern": True}, "pattern_refused"),
        ({"kind": "*", "text": "(a+)+", "is_pattern": True}, "pattern_refused"),
        ({"kind": "*", "text": "[0-9", "is_pattern": True}, "pattern_refused"),
        ({"kind": "Mobile", "text": "1"}, "invalid_request"),
        ({"kind": "mobile", "text": "1" * 201}, "invalid_request"),
    ],
)
def test_what_cannot_be_blocked_is_refused(steward: Caller, body: dict[str, Any], code: str) -> None:
    answer = steward.post("/blocked-values", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_entry_is_kept_once_and_what_is_gone_is_404(steward: Caller) -> None:
    made = block(steward, TEST_NUMBER).json()

    twice = block(steward, f"+86{TEST_NUMBER}")

    assert (twice.status_code, twice.json()["code"]) == (409, "already_blocked")
    assert steward.delete(f"/blocked-values/{made['id']}").status_code == 204
    assert steward.delete(f"/blocked-values/{made['id']}").status_code == 404


def test_a_removal_is_undone_by_adding_what_was_there(steward: Caller) -> None:
    for entry in steward.get("/blocked-values").json():
        assert steward.delete(f"/blocked-values/{entry['id']}").status_code == 204
        body = {"kind": entry["kind"], "text": entry["text"], "is_pattern": entry["form"] == "pattern"}
        assert steward.post("/blocked-values", body).status_code == 201, entry["text"]


def test_the_list_has_a_most(steward: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehu.resolve.blocked.MOST", len(steward.get("/blocked-values").json()))

    assert block(steward, TEST_NUMBER).json()["code"] == "list_is_full"


def test_who_has_no_such_right_sees_and_changes_nothing(world: World, call: Callable[..., Caller]) -> None:
    for user in (world.alice, world.head, appoint(world, "system_admin")):
        caller = call(user)
        assert caller.get("/identifier-kinds").status_code == 403
        assert caller.patch("/identifier-kinds/mobile", {"limit": 1}).status_code == 403
        assert caller.get("/blocked-values").status_code == 403
        assert block(caller, TEST_NUMBER).status_code == 403
        assert caller.delete("/blocked-values/1").status_code == 403
        answer = caller.post("/blocked-values/try", {"kind": "mobile", "value": TEST_NUMBER})
        assert answer.status_code == 403


def test_the_list_asks_as_often_for_many_as_for_one(
    steward: Caller, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        block(steward, f"137123400{n:02d}")

    with django_assert_max_num_queries(14):
        assert len(steward.get("/blocked-values").json()) > 20
