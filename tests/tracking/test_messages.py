"""What a client may send, whatever it is: read, or refused with a reason; never anything else."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.collect.events import part
from kehu.collect.tracking.faults import FAULTS
from kehu.collect.tracking.reading.body import BodyTooLarge, NotABatch, NotJson, inflate, read_batch
from kehu.collect.tracking.reading.clock import effective
from kehu.collect.tracking.reading.messages import Arrival, Faulty, Message, read_message

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = ("type", "event", "userId", "anonymousId", "previousId", "timestamp", "messageId", "properties", "traits",
        "context", "groupId", "name", "sentAt")  # fmt: skip
LIKELY = st.sampled_from(
    ["track", "identify", "page", "alias", "group", "u1", "登录", "2026-11-01T03:04:05Z", 7, "𠮷", "a\0b"]
)
EVENTS = st.dictionaries(st.sampled_from(KEYS), LIKELY | JSON, max_size=10)


def read(event: object, **arrival: object) -> Message:
    return read_message(
        json.dumps(event).encode(), Arrival(NOW, arrival.get("sent_at"), str(arrival.get("type", ""))),
        is_blocked=lambda _, value: value == "null",
    )  # fmt: skip


@given(EVENTS)
def test_every_event_is_read_or_refused_with_a_known_reason(event: dict[str, object]) -> None:
    reason = ""
    try:
        message = read(event)
    except Faulty as fault:
        reason = fault.reason
    else:
        assert message.user_id or message.anonymous_id
        assert message.happened_at <= NOW

    assert reason in {"", *FAULTS}


@given(st.binary(max_size=200) | st.sampled_from([b"\x1f\x8b", b"\x1f\x8b\x08\x00", b"\xef\xbb\xbf{}"]))
def test_every_body_is_read_or_refused(body: bytes) -> None:
    try:
        batch = read_batch(inflate(body))
    except (BodyTooLarge, NotABatch, NotJson):
        return
    assert len(batch.events) >= 0


@given(EVENTS)
def test_details_can_be_stored_as_json_without_nul(event: dict[str, object]) -> None:
    plain, secret = part({"properties": event})

    for half in (plain, secret):
        assert "\\u0000" not in msgspec.json.encode(half).decode()


@pytest.mark.parametrize("text", ["𠮷野家", "zero\u200bwidth", "\u202eRTL", "简体繁體", "😀"])
def test_valid_text_comes_back_as_it_was(text: str) -> None:
    plain, secret = part({"word": text})

    assert plain | secret == {"word": text}


@pytest.mark.parametrize(
    "raw", [b'{"a": NaN}', b'{"a": 1e400}', b'{"a": "\\ud800"}', b"\xff", b"[" * 30_000, b"7", b""]
)
def test_malformed_events_are_unreadable_and_no_more(raw: bytes) -> None:
    with pytest.raises(Faulty) as fault:
        read_message(raw, Arrival(NOW), is_blocked=lambda *_: False)

    assert fault.value.reason == "event_unreadable"


@given(
    st.timedeltas(timedelta(hours=-23), timedelta(hours=23)), st.timedeltas(timedelta(0), timedelta(days=30))
)
def test_a_steady_skew_is_taken_out_exactly(skew: timedelta, ago: timedelta) -> None:
    stated, sent = NOW - ago + skew, NOW + skew

    assert effective(stated, sent_at=sent, received_at=NOW) == NOW - ago


def test_an_old_file_is_not_corrected_and_the_future_is_now() -> None:
    old = NOW - timedelta(days=400)

    assert effective(old, sent_at=old, received_at=NOW) == old
    assert effective(NOW + timedelta(days=3), sent_at=None, received_at=NOW) == NOW
    assert effective(None, sent_at=None, received_at=NOW) == NOW


def test_a_user_id_that_stands_for_nobody_gives_way_to_the_device() -> None:
    assert read({"type": "track", "event": "x", "userId": "null", "anonymousId": "d"}).key == "a:d"
    assert read({"type": "track", "event": "x", "userId": "null"}).key == "u:null"
    assert read({"event": "x", "userId": 7}, type="track").key == "u:7"


def test_amounts_lie_clear_and_what_looks_personal_does_not() -> None:
    plain, secret = part(
        {
            "amount": 12_345_678.9,
            "phone": 13857101234,
            "content": "转账失败",
            "product": "大额存单",
            "items": [{"email": "a@b.cn"}],
        }
    )

    assert set(plain) == {"amount", "product"}
    assert set(secret) == {"phone", "content", "items"}
