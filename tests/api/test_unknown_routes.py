"""What no route answers: an unknown address and a method that an address does not take are problems, never pages."""

from typing import Any

import pytest
from django.test import Client
from tests.architecture.routes import ruled
from tests.conftest import Caller
from tests.world import World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def is_problem(answer: Any, status: int, code: str) -> bool:
    told = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"title", "detail", "request_id"} <= told.keys()
    return (answer.status_code, told["status"], told["code"]) == (status, status, code)


def taken() -> dict[str, set[str]]:
    """Return which methods each path takes."""
    found: dict[str, set[str]] = {}
    for operation in ruled():
        found.setdefault(operation.path, set()).add(operation.method)
    return found


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_address_is_a_problem_for_everybody(world: World, method: str) -> None:
    signed_in = Caller(world.steward).client
    for client in (signed_in, Client()):
        for path in ("/api/v1/nothing", "/api/v1/customers/x/y/z/"):
            answer = client.generic(method, path, "{}", content_type="application/json")
            assert is_problem(answer, 404, "not_found"), path


def test_a_method_that_an_address_does_not_take_is_a_problem_and_names_those_it_takes(world: World) -> None:
    client = Caller(world.steward).client
    for path, methods in taken().items():
        address = "/api/v1" + path.replace("{", "").replace("}", "")
        for method in set(METHODS) - methods:
            answer = client.generic(method, address, "{}", content_type="application/json")
            assert is_problem(answer, 405, "method_not_allowed"), f"{method} {path}"
            assert answer.headers["Allow"] == ", ".join(sorted(methods)), path


def test_it_is_told_in_the_language_asked_for(world: World) -> None:
    client = Caller(world.steward).client

    chinese = client.put("/api/v1/me", headers={"Accept-Language": "zh-CN"})
    english = client.put("/api/v1/me", headers={"Accept-Language": "en"})

    assert chinese.json()["title"] == "不支持这种请求"
    assert english.json()["title"] == "Method not allowed"


def test_a_refusal_of_either_kind_is_not_kept_under_its_idempotency_key(world: World) -> None:
    client = Caller(world.steward).client

    first, again = (client.put("/api/v1/me", headers={"Idempotency-Key": "one"}) for _ in range(2))

    assert (first.status_code, again.status_code) == (405, 405)
    assert "Idempotent-Replayed" not in again.headers
