"""Signing in by the browser's way: a session with CSRF, a lock after five wrong passwords, a second factor."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.test import Client
from django.utils import timezone
from tests.api.staff import appoint, trail
from tests.world import NOW, PASSWORD, World

from kehu.govern import operations
from kehu.govern.models.access import User

AUTH = "/_allauth/browser/v1"
EMAIL = "alice@hengchuan.example"


class Browser:
    """A browser: cookies, and the CSRF token in a header."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.get(f"{AUTH}/config")
        self.client.get("/")

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Send JSON as the web app does."""
        token = self.client.cookies["kehu_csrf"].value
        return self.client.generic(
            method, path, data=_json(body), content_type="application/json", headers={"X-CSRFToken": token}
        )

    def sign_in(self, password: str = PASSWORD, email: str = EMAIL) -> Any:
        """Give address and password."""
        return self.send("POST", f"{AUTH}/auth/login", {"email": email, "password": password})


def _json(body: Any) -> str:
    return "" if body is None else json.dumps(body)


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser()


def test_the_config_is_open_and_names_what_there_is(browser: Browser) -> None:
    config = browser.client.get(f"{AUTH}/config").json()["data"]

    assert config["account"]["login_methods"] == ["email"]
    assert not config["account"]["is_open_for_signup"]
    assert "totp" in config["mfa"]["supported_types"]


def test_who_signs_in_has_a_session_until_he_signs_out(browser: Browser) -> None:
    assert browser.sign_in().status_code == 200
    assert browser.client.get(f"{AUTH}/auth/session").status_code == 200
    assert browser.client.get("/api/v1/me").json()["user"]["email"] == EMAIL

    assert browser.send("DELETE", f"{AUTH}/auth/session").status_code == 401
    assert browser.client.get("/api/v1/me").status_code == 401
    assert [e.decision for e in trail("sign_in")] == ["done"]


def test_the_sessions_cookie_is_out_of_scripts_reach(browser: Browser) -> None:
    browser.sign_in()
    cookie = browser.client.cookies["kehu_session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_and_an_unknown_address_look_the_same(browser: Browser) -> None:
    wrong = browser.sign_in("a-wrong-password")
    unknown = browser.sign_in(email="nobody@hengchuan.example")

    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()
    assert browser.client.get("/api/v1/me").status_code == 401


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour_even_the_right_one(browser: Browser) -> None:
    for _ in range(5):
        browser.sign_in("a-wrong-password")
    locked = browser.sign_in()
    until = User.objects.get(email=EMAIL).locked_until

    assert locked.status_code == 400
    assert until is not None
    assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
    assert [e.details["why"] for e in trail("sign_in")] == ["password"] * 5 + ["locked"]

    User.objects.filter(email=EMAIL).update(locked_until=timezone.now() - timedelta(seconds=1))
    assert browser.sign_in().status_code == 200


def test_the_lock_is_of_one_person_alone(browser: Browser) -> None:
    for _ in range(6):
        browser.sign_in("a-wrong-password")

    assert browser.sign_in(email="charlie@hengchuan.example").status_code == 200


def test_nobody_signs_himself_up(browser: Browser) -> None:
    body = {"email": "stranger@hengchuan.example", "password": PASSWORD}

    assert browser.send("POST", f"{AUTH}/auth/signup", body).status_code == 403
    assert not User.objects.filter(email=body["email"]).exists()


def test_a_session_needs_csrf_to_write_and_a_token_does_not(browser: Browser, world: World) -> None:
    browser.sign_in()
    body = {"language": "en"}
    bare = browser.client.patch("/api/v1/me", body, content_type="application/json")
    token = operations.create_token(user=world.alice, name="test", actor_id=None, now=NOW)
    machine = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})

    assert (bare.status_code, bare.headers["Content-Type"]) == (403, "application/problem+json")
    assert browser.send("PATCH", "/api/v1/me", body).status_code == 200
    assert machine.patch("/api/v1/me", body, content_type="application/json").status_code == 200


def test_a_token_that_is_wrong_is_not_saved_by_a_session(browser: Browser) -> None:
    browser.sign_in()

    answer = browser.client.get("/api/v1/me", headers={"Authorization": "Bearer kehu_wrong"})

    assert answer.status_code == 401


def test_a_disabled_user_loses_his_session_and_it_does_not_come_back(browser: Browser, world: World) -> None:
    browser.sign_in()
    admin, alice = appoint(world, "system_admin"), world.alice

    operations.set_active(user=alice, is_active=False, actor_id=admin.pk, now=timezone.now())
    assert browser.client.get("/api/v1/me").status_code == 401
    assert browser.sign_in().status_code == 400
    operations.set_active(user=alice, is_active=True, actor_id=admin.pk, now=timezone.now())

    assert browser.client.get("/api/v1/me").status_code == 401
    assert browser.sign_in().status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(browser: Browser, world: World) -> None:
    browser.sign_in()

    operations.set_password(
        user=world.alice, password="another-quiet-evening", actor_id=None, now=timezone.now()
    )

    assert browser.client.get("/api/v1/me").status_code == 401
    assert browser.sign_in().status_code == 400
    assert browser.sign_in("another-quiet-evening").status_code == 200


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def test_with_a_second_factor_the_password_alone_opens_nothing(browser: Browser) -> None:
    browser.sign_in()
    browser.send("POST", f"{AUTH}/auth/reauthenticate", {"password": PASSWORD})
    secret = browser.client.get(f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    enrolled = browser.send("POST", f"{AUTH}/account/authenticators/totp", {"code": code_of(secret)})
    again = Browser()

    assert (enrolled.status_code, again.sign_in().status_code) == (200, 401)
    assert again.client.get("/api/v1/me").status_code == 401
    wrong = f"{(int(code_of(secret)) + 1) % 1_000_000:06d}"
    assert again.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": wrong}).status_code == 400
    assert again.client.get("/api/v1/me").status_code == 401
    assert again.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": code_of(secret)}).status_code == 200
    assert again.client.get("/api/v1/me").status_code == 200
