"""From the endpoint through the inbox to customers: who an event belongs to, what is learnt, what is stored."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.world import World

from kehu.collect.tracking import inbox
from kehu.flows.events import apply_events, apply_inbox
from kehu.flows.events.apply_inbox import apply_all
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.timeline import get_timeline

IDENTIFY = {"type": "identify", "userId": "u77", "anonymousId": "d1", "messageId": "2",
            "traits": {"name": "沈静仪", "phone": "13857101234"}}  # fmt: skip


def put(key: str, *events: dict[str, Any], **beside: object) -> None:
    body = json.dumps({"writeKey": key, "batch": events, **beside})
    answer = Client().post("/v1/batch", body, content_type="text/plain")
    assert answer.status_code == 200, answer.content


def send(key: str, *events: dict[str, Any], **beside: object) -> None:
    put(key, *events, **beside)
    apply_all()


def rows(query: str) -> Any:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def customers() -> Any:
    return rows("SELECT name, record_count FROM profile_customer ORDER BY name, record_count")


def track(user: str, message: str, **more: object) -> dict[str, Any]:
    return {"type": "track", "event": "登录", "userId": user, "messageId": message, **more}


def test_anonymous_history_joins_the_user_who_signs_in(key: str) -> None:
    send(key, {"type": "page", "anonymousId": "d1", "name": "首页", "messageId": "1"})
    send(key, IDENTIFY)

    assert rows("SELECT count(*) FROM collect_inbox") == [(0,)]
    assert rows("SELECT count(*) FROM collect_event") == [(2,)]
    assert customers() == [("沈静仪", 2)]


def test_anonymous_events_that_come_later_belong_to_the_user_too(key: str) -> None:
    send(key, IDENTIFY)
    send(key, {**IDENTIFY, "anonymousId": "d2", "messageId": "3"})
    send(
        key,
        *({"type": "page", "anonymousId": d, "name": "首页", "messageId": f"late-{d}"} for d in ("d1", "d2")),
    )

    assert customers() == [("沈静仪", 3)]


def test_two_devices_in_one_batch_join_the_same_user(key: str) -> None:
    send(key, {"type": "page", "anonymousId": "d2", "name": "首页", "messageId": "1"})
    send(key, IDENTIFY, {**IDENTIFY, "anonymousId": "d2", "messageId": "3"})

    assert customers() == [("沈静仪", 3)]


def test_a_family_tablet_keeps_its_people_apart(key: str) -> None:
    other = {
        **IDENTIFY,
        "userId": "u78",
        "messageId": "3",
        "traits": {"name": "顾长林", "phone": "13857109999"},
    }
    send(key, IDENTIFY, other)
    send(key, {"type": "page", "anonymousId": "d1", "name": "首页", "messageId": "4"})

    assert [name for name, _ in customers()] == ["沈静仪", "顾长林"]


def test_a_user_joins_the_customer_whom_the_bank_knows(world: World, key: str) -> None:
    world.say(world.core, "C1", name="沈静仪", mobile="13857101234", customer_no="C1")

    send(key, IDENTIFY)

    assert customers() == [("沈静仪", 3)]


@pytest.mark.parametrize("previous", ["d9", "u70"])
def test_an_alias_joins_what_went_by_another_id(key: str, previous: str) -> None:
    earlier = {"anonymousId": "d9"} if previous == "d9" else {"userId": "u70"}
    send(key, {"type": "page", "name": "首页", "messageId": "1", **earlier})
    send(key, IDENTIFY)
    send(key, {"type": "alias", "userId": "u77", "previousId": previous, "messageId": "3"})

    assert rows("SELECT count(DISTINCT cluster_id) FROM resolve_link WHERE ended_at IS NULL") == [(1,)]


def test_duplicates_reordered_and_a_week_late_have_one_effect(key: str) -> None:
    events = [track(f"u{n % 7}", f"m{n}", timestamp=f"2026-11-0{1 + n % 5}T03:04:05Z") for n in range(60)]
    dice = random.Random(11)  # noqa: S311 (a test's dice)
    for _ in range(3):
        dice.shuffle(events)
        for first in range(0, 60, 20):
            put(key, *events[first : first + 20])
    apply_all()

    assert rows("SELECT count(*), count(DISTINCT message_index) FROM collect_event") == [(60, 60)]
    assert rows("SELECT count(*) FROM collect_record") == [(7,)]


def test_a_late_event_fills_what_is_blank_and_changes_nothing_newer(key: str) -> None:
    def said(day: int, message: str, **traits: str) -> dict[str, Any]:
        return {
            **IDENTIFY,
            "messageId": message,
            "timestamp": f"2026-11-{day:02}T03:00:00Z",
            "traits": traits,
        }

    send(key, said(10, "1", name="沈静仪"))
    send(key, said(3, "2", name="沈静", gender="female"))
    send(key, said(12, "3", name="沈静怡"))

    assert rows("SELECT plain->>'name', plain->>'sex' FROM profile_customer") == [("沈静怡", "2")]
    assert rows("SELECT count(*) FROM collect_event") == [(3,)]


def test_traits_become_fields_and_what_a_standard_refuses_is_noted(key: str) -> None:
    traits = {"lastName": "沈", "firstName": "静仪", "phone": "12", "email": "a@b.cn", "gender": "F", "title": "教师",
              "company": {"name": "杭州第一中学"}, "birthday": "1985-08-14", "favourite": "茶",
              "address": {"city": "杭州市", "street": "文三路 1 号"}}  # fmt: skip
    send(key, {**IDENTIFY, "traits": traits, "context": {"traits": {"education": "本科"}}})

    (plain,) = rows("SELECT plain FROM profile_customer")[0]
    held = json.loads(plain)
    assert (held["name"], held["sex"], held["job_title"], held["education"]) == ("沈静仪", "2", "教师", "20")
    (event,) = rows("SELECT plain FROM collect_event")[0]
    assert json.loads(event)["refused_traits"] == ["mobile"]
    assert json.loads(event)["traits.favourite"] == "茶"


def test_the_timeline_shows_the_event_with_its_properties(key: str) -> None:
    send(
        key,
        track("u77", "1", properties={"phone": "13857101234", "nested": {"list": [1, "二"], "nul": "a\0b"}}),
    )
    (customer,) = rows("SELECT id FROM profile_customer")[0]

    with acting(SYSTEM):
        moments, _ = get_timeline(customer, limit=10, kind="behavior")

    assert moments[0].name == "登录"
    assert moments[0].details["phone"] == "13857101234"
    assert moments[0].details["nested.list"] == [1, "二"]
    assert moments[0].details["nested.nul"] == "ab"
    assert rows("SELECT count(*) FROM collect_event WHERE plain::text LIKE '%13857101234%'") == [(0,)]


def test_a_client_whose_clock_is_wrong_is_corrected(key: str) -> None:
    now = datetime.now(UTC)
    wrong = now + timedelta(hours=2)
    event = track("u77", "1", timestamp=(wrong - timedelta(minutes=10)).isoformat())

    send(key, event, sentAt=wrong.isoformat())

    (happened_at,) = rows("SELECT happened_at FROM collect_event")[0]
    assert abs(happened_at - (now - timedelta(minutes=10))) < timedelta(seconds=5)


def test_events_without_an_id_count_once_when_they_are_sent_again(key: str) -> None:
    event = {"type": "track", "event": "登录", "userId": "u77", "timestamp": "2026-11-01T03:04:05Z"}
    click = {"type": "track", "event": "点击", "userId": "u77"}
    for _ in range(2):
        send(key, event, click, click)

    assert rows("SELECT name, count(*) FROM collect_event GROUP BY 1 ORDER BY 1") == [
        ("点击", 2),
        ("登录", 1),
    ]


def test_ids_that_stand_for_nobody_never_join_people(key: str) -> None:
    send(key, track("null", "1", anonymousId="d1"), track("null", "2", anonymousId="d2"), track("null", "3"))

    assert rows("SELECT count(*) FROM collect_event") == [(3,)]
    assert rows("SELECT count(DISTINCT cluster_id) FROM resolve_link WHERE ended_at IS NULL") == [(3,)]


def test_group_traits_are_properties_of_the_event(key: str) -> None:
    send(
        key, {"type": "group", "userId": "u77", "groupId": "g1", "messageId": "1", "traits": {"plan": "gold"}}
    )

    kind, plain = rows("SELECT kind, plain FROM collect_event")[0]
    assert kind == "behavior"
    assert json.loads(plain)["traits.plan"] == "gold"


def test_known_subjects_are_not_stated_again(key: str) -> None:
    send(key, track("u77", "1", anonymousId="d1"))
    before = rows("SELECT count(*) FROM collect_record_version")

    send(key, track("u77", "2", anonymousId="d1"), track("u77", "3"))

    assert rows("SELECT count(*) FROM collect_record_version") == before == [(2,)]


def test_an_event_that_cannot_be_written_is_put_away_alone_and_holds_up_nobody(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = apply_events.apply_events

    def failing(raws: Any, **more: Any) -> Any:
        if any(b"poison" in raw.data for raw in raws):
            raise RecursionError
        return apply(raws, **more)

    monkeypatch.setattr(apply_inbox, "apply_events", failing)
    put(key, track("u77", "1"))
    put(key, track("u77", "2"), track("u77", "poison"), track("u77", "3"))
    put(key, track("u77", "4"))
    apply_all()

    assert rows("SELECT count(*) FROM collect_event") == [(4,)]
    assert rows("SELECT reason_code FROM collect_quarantined") == [("not_applied",)]
    assert rows("SELECT count(*) FROM collect_inbox") == [(0,)]


def test_the_mark_tells_how_much_waits(key: str) -> None:
    put(key, track("u77", "1"))
    waiting = rows(
        "SELECT (SELECT last_value FROM collect_inbox_id_seq) - applied_id FROM collect_inbox_mark"
    )
    apply_all()

    assert waiting[0][0] >= 1
    assert rows("SELECT applied_id FROM collect_inbox_mark") == [(inbox.last_id(),)]
