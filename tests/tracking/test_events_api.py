"""The live view and the quarantine, through the API: works, not allowed, not there, not possible."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.conftest import Caller
from tests.world import World

from kehu.collect.tracking.reading import messages
from kehu.flows.events.apply_inbox import apply_all
from kehu.platform.scope import SYSTEM, acting


def send(key: str, *events: dict[str, Any]) -> None:
    body = json.dumps({"writeKey": key, "batch": events})
    assert Client().post("/v1/batch", body, content_type="application/json").status_code == 200
    apply_all()


def rows(query: str) -> Any:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_the_newest_events_are_shown_with_personal_values_masked(
    world: World, key: str, call: Callable[..., Caller]
) -> None:
    told = {"phone": "13857101234", "product": "大额存单", "amount": 1_200_000, "address": {"city": "杭州"}}
    send(key, {"type": "track", "event": "查看产品", "userId": "u77", "messageId": "1", "properties": told})

    answer = call(world.steward).get("/events/live", source="app").json()

    assert "13857101234" not in json.dumps(answer)
    (event,) = answer["items"]
    assert event["name"] == "查看产品"
    assert event["details"]["product"] == "大额存单"
    assert event["details"]["amount"] == 1_200_000
    assert "phone" in event["masked"]
    assert [minute["count"] for minute in answer["per_minute"]] == [1]
    assert answer["waiting"] == 0
    assert call(world.steward).get("/events/live").json()["items"] == answer["items"]


def test_only_who_may_inspect_events_sees_them(world: World, key: str, call: Callable[..., Caller]) -> None:
    alice = call(world.alice)

    assert alice.get("/events/live", source="app").status_code == 403
    assert alice.get("/events/quarantine").status_code == 403
    assert alice.post("/events/quarantine/1/replay").status_code == 403
    assert alice.post("/events/quarantine/1/drop").status_code == 403


def test_a_source_that_is_not_there(world: World, call: Callable[..., Caller]) -> None:
    assert call(world.steward).get("/events/live", source="none").status_code == 404


BAD: list[tuple[dict[str, Any], str]] = [
    ({"type": "track", "event": "登录"}, "identity_missing"),
    ({"type": "track", "userId": "u1"}, "event_name_missing"),
    ({"type": "dance", "userId": "u1"}, "type_unknown"),
    ({"type": "alias", "userId": "u1"}, "previous_id_missing"),
    ({"type": "track", "event": "登录", "userId": "u1", "timestamp": "昨天"}, "timestamp_unreadable"),
    ({"type": "track", "event": "登录", "userId": "u" * 200}, "identity_invalid"),
    (
        {"type": "track", "event": "登录", "userId": "u1", "properties": {"x": "a" * 33_000}},
        "event_too_large",
    ),
]


@pytest.mark.parametrize(("event", "reason"), BAD)
def test_a_bad_event_waits_with_its_reason_and_the_good_ones_are_stored(
    world: World, key: str, call: Callable[..., Caller], event: dict[str, Any], reason: str
) -> None:
    good = {"type": "track", "event": "登录", "userId": "u77", "messageId": "good"}
    send(key, event, good)
    send(key, event)

    items = call(world.steward).get("/events/quarantine").json()["items"]

    assert [(item["reason_code"], item["source"]["key"], item["state"]) for item in items] == [
        (reason, "app", "open")
    ]
    assert items[0]["reason"]["zh"] != items[0]["reason"]["en"]
    assert rows("SELECT count(*) FROM collect_event") == [(1,)]


def test_a_replay_applies_the_event_once_its_cause_is_mended(
    world: World, key: str, call: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    big = {
        "type": "track",
        "event": "登录",
        "userId": "u1",
        "messageId": "1",
        "properties": {"x": "a" * 33_000},
    }
    send(key, big)
    steward = call(world.steward)
    number = steward.get("/events/quarantine").json()["items"][0]["id"]

    early = steward.post(f"/events/quarantine/{number}/replay")
    monkeypatch.setattr(messages, "EVENT", 64_000)
    mended = steward.post(f"/events/quarantine/{number}/replay")
    again = steward.post(f"/events/quarantine/{number}/replay")

    assert (early.status_code, early.json()["code"]) == (409, "quarantined_still_faulty")
    assert (mended.status_code, mended.json()) == (200, {"id": number, "state": "replayed"})
    assert again.status_code == 409
    assert rows("SELECT name FROM collect_event") == [("登录",)]


def test_a_dropped_event_leaves_its_line_and_no_content(
    world: World, key: str, call: Callable[..., Caller]
) -> None:
    send(key, {"type": "track", "event": "登录"})
    steward = call(world.steward)
    number = steward.get("/events/quarantine").json()["items"][0]["id"]

    assert steward.post(f"/events/quarantine/{number}/drop").json() == {"id": number, "state": "dropped"}

    assert rows("SELECT state, length(sealed) FROM collect_quarantined") == [("dropped", 0)]
    assert steward.get("/events/quarantine", state="dropped").json()["items"][0]["id"] == number
    assert steward.post("/events/quarantine/999999/drop").status_code == 404
