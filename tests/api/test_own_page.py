"""A person's own page: whoever holds his link sees what he has said and changes it; nobody else, and never by reading."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.api.staff import appoint, trail
from tests.api.test_consents import figures
from tests.api.test_purposes import TERMS
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.flows.consent.consent_link import sign
from kehu.flows.erase_customer import erase_customer
from kehu.platform.scope import acting


@pytest.fixture
def compliance(world: World, call: Callable[..., Caller]) -> Caller:
    caller = call(appoint(world, "compliance"))
    caller.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
    return caller


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(
        world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪", mobile="13857101234"
    ).profiles.created[0]


def token_of(customer: UUID, days: int = 1) -> str:
    return sign(customer, timezone.now() + timedelta(days=days)).token


def send(token: str, path: str = "", **body: Any) -> Any:
    return Client().post(f"/api/v1/own-page{path}", {"token": token, **body}, content_type="application/json")


def test_staff_make_a_link_that_opens_the_page(
    world: World, compliance: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    made = call(world.alice).post(f"/customers/{customer}/consent-link")
    path, token = made.json()["path"].split("#")

    page = send(token)

    assert (made.status_code, path, page.status_code) == (201, "/consent", 200)
    assert page.json()["name"] == "沈**"
    (purpose,) = page.json()["purposes"]
    assert (purpose["name"]["zh"], purpose["notice"]["text"], purpose["may_use"]) == (
        "营销", "为您推荐理财产品。", False,
    )  # fmt: skip
    assert "13857101234" not in page.content.decode() + made.content.decode()
    assert len(trail("consent.link")) == 1


def test_what_the_person_says_holds_at_once(compliance: Caller, customer: UUID) -> None:
    token = token_of(customer)

    assert send(token, "/change", purpose="marketing", state="given", channel="sms").status_code == 204
    assert figures(compliance, "marketing") == (1, 0)
    assert send(token, "/change", purpose="marketing", state="withdrawn").status_code == 204
    assert figures(compliance, "marketing") == (0, 1)
    assert send(token, "/change", state="objected").status_code == 204

    held = compliance.get(f"/customers/{customer}/consents").json()
    assert [(entry["state"], entry["source"]) for entry in held["entries"]] == [
        ("objected", "link"), ("withdrawn", "link"), ("given", "link"),
    ]  # fmt: skip
    assert held["automation"] == "objected"


def test_reading_changes_nothing(compliance: Caller, customer: UUID) -> None:
    token = token_of(customer)

    send(token)

    assert Client().get(f"/api/v1/own-page/change?token={token}&state=withdrawn").status_code == 405
    assert compliance.get(f"/customers/{customer}/consents").json()["entries"] == []


def spoiled(token: str) -> list[str]:
    """Return links that were not made here: every byte changed in turn, cut, lengthened, of another customer."""
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    changed = [raw[:i] + bytes([raw[i] ^ 1]) + raw[i + 1 :] for i in range(len(raw))]
    return [
        base64.urlsafe_b64encode(one).decode().rstrip("=") for one in [*changed, raw[:-1], raw + b"\0", b""]
    ]


def test_a_link_that_was_not_made_here_opens_nothing(compliance: Caller, customer: UUID) -> None:
    for token in [*spoiled(token_of(customer)), "沈", "a", "====", token_of(UUID(int=7))]:
        answer = send(token or "x")
        assert (answer.status_code, answer.json()["code"]) == (404, "link_not_valid"), token
        assert send(token or "x", "/change", state="objected").status_code == 404
    assert send(token_of(customer, days=-1)).status_code == 404


def test_a_link_leads_to_the_one_who_lives_and_ends_with_him(
    world: World, compliance: Caller, customer: UUID
) -> None:
    other = world.say(world.core, "2", name="沈静仪", email="s@hengchuan.example").profiles.created[0]
    world.say(world.cards, "3", name="沈静仪", mobile="13857101234", email="s@hengchuan.example")
    tokens = [token_of(customer), token_of(other)]

    assert [send(token).status_code for token in tokens] == [200, 200]

    living = world.say(world.cards, "3", name="沈静仪", mobile="13857101234", tier="金").profiles.updated[0]
    steward = world.actor(world.steward)
    with acting(steward.scope):
        erase_customer(customer_id=living, reason="本人要求", actor=steward, now=NOW)
    assert [send(token).status_code for token in tokens] == [404, 404]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"purpose": "nothing", "state": "given"}, 404),
        ({"purpose": "marketing", "state": "objected"}, 422),
        ({"purpose": "", "state": "given"}, 422),
        ({"purpose": "marketing", "state": "given", "channel": "phone"}, 422),
        ({"purpose": "marketing", "state": "expired"}, 422),
    ],
)
def test_what_cannot_be_said_is_refused(
    compliance: Caller, customer: UUID, body: dict[str, str], status: int
) -> None:
    assert send(token_of(customer), "/change", **body).status_code == status
    assert compliance.get(f"/customers/{customer}/consents").json()["entries"] == []


def test_only_who_records_consent_makes_links(
    world: World, compliance: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    assert call(world.charlie).post(f"/customers/{customer}/consent-link").status_code == 404
    assert call(appoint(world, "marketer")).post(f"/customers/{customer}/consent-link").status_code == 403
