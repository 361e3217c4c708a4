"""The conformance list of the tracking protocol, line by line, against the endpoint."""

import base64
import gzip
import json
from typing import Any

import pytest
from django.test import Client

from kehu.api.collect import tracking
from kehu.collect.tracking import inbox, limits
from kehu.collect.tracking.limits import Limits, Meter

EVENT = {"type": "track", "event": "登录", "userId": "u1", "messageId": "m1"}


def post(path: str, body: object, content_type: str = "application/json", **headers: str) -> Any:
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post(path, data, content_type=content_type, headers=headers)


def basic(key: str) -> str:
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


def assert_fault(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status
    body = answer.json()
    assert body["code"] == code
    assert isinstance(body["message"], str)
    assert body["success"] is False
    assert "detail" not in body


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream"],
)
def test_the_body_is_json_whatever_its_content_type(key: str, content_type: str) -> None:
    answer = post("/v1/batch", {"batch": [EVENT], "writeKey": key}, content_type)

    assert answer.status_code == 200
    assert answer.json() == {"success": True, "received": 1}


@pytest.mark.parametrize("headers", [{"content-encoding": "gzip"}, {}])
def test_gzip_is_known_by_header_or_by_its_first_bytes(key: str, headers: dict[str, str]) -> None:
    body = gzip.compress(json.dumps({"batch": [EVENT], "writeKey": key}).encode())

    assert post("/v1/batch", body, "application/x-www-form-urlencoded", **headers).status_code == 200


def test_a_gzip_header_over_a_clear_body_is_forgiven(key: str) -> None:
    answer = post("/v1/batch", {"batch": [EVENT], "writeKey": key}, **{"content-encoding": "gzip"})

    assert answer.status_code == 200


@pytest.mark.parametrize("size", [11_000_000, 900_000])
def test_inflating_stops_at_ten_megabytes_and_at_a_hundredfold(key: str, size: int) -> None:
    event = {**EVENT, "properties": {"x": "0" * size}}
    body = gzip.compress(json.dumps({"batch": [event], "writeKey": key}).encode())

    assert_fault(post("/v1/batch", body), 413, "payload_too_large")


def test_a_broken_gzip_is_no_json(key: str) -> None:
    body = gzip.compress(json.dumps({"batch": [EVENT], "writeKey": key}).encode())

    assert_fault(post("/v1/batch", body[:-12]), 400, "invalid_json")


def test_the_key_comes_from_header_then_body_then_first_event_then_query(key: str) -> None:
    keyed = {**EVENT, "writeKey": key}

    assert (
        post("/v1/batch", {"batch": [EVENT], "writeKey": "wrong"}, authorization=basic(key)).status_code
        == 200
    )
    assert post("/v1/batch", {"batch": [{**EVENT, "writeKey": "no"}], "writeKey": key}).status_code == 200
    assert post("/v1/batch?writeKey=no", {"batch": [keyed]}).status_code == 200
    assert post(f"/v1/batch?writeKey={key}", {"batch": [EVENT]}).status_code == 200
    assert post("/v1/track", keyed, authorization="Bearer something").status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": basic("wk_unknown")}, {"authorization": "Basic %%%"}]
)
def test_an_unknown_key_is_refused(key: str, headers: dict[str, str]) -> None:
    assert_fault(post("/v1/batch", {"batch": [EVENT]}, **headers), 401, "invalid_write_key")


@pytest.mark.parametrize("path", ["identify", "track", "page", "screen", "group", "alias", *"itpsga"])
def test_every_type_has_an_address_and_a_short_one(key: str, path: str) -> None:
    answer = post(f"/v1/{path}", {**EVENT, "previousId": "p", "writeKey": key})

    assert answer.status_code == 200
    assert answer.json()["success"] is True


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/b"])
def test_batches_have_two_addresses(key: str, path: str) -> None:
    assert post(path, {"batch": [EVENT, EVENT], "writeKey": key}).json() == {"success": True, "received": 2}


def test_an_empty_batch_is_a_success(key: str) -> None:
    assert post("/v1/batch", {"batch": [], "writeKey": key}).status_code == 200


def test_the_clients_own_figures_are_acknowledged_and_dropped(db: None) -> None:
    assert post("/v1/m", b"anything").status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "invalid_json"), (b"{", "invalid_json"), (b'{"batch": "x"}', "invalid_batch"), (b"[1]", "invalid_batch"),
     (b"\xff\xfe{}", "invalid_json"), (b'"text"', "invalid_batch"), (b'{"a": NaN}', "invalid_json"),
     (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "invalid_json")],
)  # fmt: skip
def test_what_is_no_batch_gets_code_and_message(key: str, body: bytes, code: str) -> None:
    assert_fault(post("/v1/batch", body, authorization=basic(key)), 400, code)


def test_bad_events_do_not_fail_their_batch(key: str) -> None:
    assert post("/v1/batch", {"batch": [EVENT, {}, 7, None], "writeKey": key}).status_code == 200


def test_more_than_four_megabytes_are_refused(key: str) -> None:
    assert_fault(post("/v1/batch", b"x" * (4 * 1024 * 1024 + 1)), 413, "payload_too_large")
    assert_fault(post("/v1/batch", b"x" * (9 * 1024 * 1024)), 413, "payload_too_large")


def test_whoever_sends_too_fast_is_told_when_to_come_back(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "limits", lambda: Limits(backlog=100, rate=1))
    monkeypatch.setattr(tracking, "_meter", Meter())
    body = {"batch": [EVENT] * 5, "writeKey": key}

    first, second = post("/v1/batch", body), post("/v1/batch", body)

    assert first.status_code == 200
    assert_fault(second, 429, "rate_limited")
    assert int(second.headers["Retry-After"]) >= 1


def test_a_full_inbox_asks_to_come_back(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "limits", lambda: Limits(backlog=1, rate=0))
    body = {"batch": [EVENT], "writeKey": key}
    for _ in range(3):
        answer = post("/v1/batch", body)
        inbox._waiting.clear()  # noqa: SLF001 (the count is remembered for a second)

    assert_fault(answer, 503, "inbox_full")
    assert int(answer.headers["Retry-After"]) >= 1


def test_browsers_may_ask_before_they_send(db: None) -> None:
    answer = Client().options("/v1/batch", headers={"origin": "https://bank.example"})

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for name in ("authorization", "content-type", "x-retry-count"):
        assert name in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert Client().head("/v1/batch").status_code == 200


def test_faults_can_be_read_by_browsers_too(key: str) -> None:
    assert post("/v1/batch", b"{").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("get", "/v1/batch", 405), ("post", "/v1/nothing", 404)]
)
def test_wrong_addresses_and_methods_get_the_same_shape(
    db: None, method: str, path: str, status: int
) -> None:
    answer = getattr(Client(), method)(path)

    assert_fault(answer, status, answer.json()["code"])


def test_the_browser_client_finds_where_to_send(key: str) -> None:
    answer = Client().get(f"/v1/projects/{key}/settings").json()

    assert answer["integrations"]["Segment.io"] == {
        "apiKey": key,
        "apiHost": "testserver/v1",
        "protocol": "http",
    }


def test_limits_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHU_TRACKING_BACKLOG", "12")
    limits.limits.cache_clear()

    assert limits.limits().backlog == 12

    limits.limits.cache_clear()
