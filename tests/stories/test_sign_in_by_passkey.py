"""Somebody adds a passkey to his account and signs in with it; the device is Chromium's virtual one.

Passkeys belong to a domain name: these stories open the bank as `localhost`.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.stories.conftest import PASSWORD, Served

pytestmark = [pytest.mark.browser]

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
SIGNED_IN = """
SELECT count(*) FROM govern_audit_event e JOIN govern_user u ON u.id = e.actor_id
WHERE u.email = %s AND e.action = 'sign_in' AND e.details ->> 'by' = 'passkey'
"""
Enter = Callable[[str], Page]


@pytest.fixture
def enter(context: BrowserContext, served: Served) -> Enter:
    """Make a person, and sign him in with his password on a device that can hold passkeys."""

    def sign_in(email: str) -> Page:
        served.installation.run(
            "user",
            "create",
            email,
            "--password",
            PASSWORD,
            "--role",
            "relationship_manager",
            "--name",
            "米瑶",
        )
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(f"{local(served)}/sign-in")
        give_password(page, email)
        page.wait_for_url("**/today")
        return page

    return sign_in


def local(served: Served) -> str:
    return served.address.replace("127.0.0.1", "localhost")


def give_password(page: Page, email: str) -> None:
    page.fill("input[autocomplete*=username]", email)
    page.fill("input[type=password]", PASSWORD)
    page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("米瑶")).click()
    page.get_by_role("menuitem", name="退出登录").click()
    page.wait_for_url("**/sign-in**")


def confirm(page: Page) -> None:
    """Give the password once more, which a change of how somebody signs in asks for."""
    dialog = page.get_by_role("dialog", name="再确认一次是您")
    dialog.get_by_label("密码", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="继续").click()
    expect(dialog).to_be_hidden()


def add_passkey(page: Page, served: Served) -> None:
    page.goto(f"{local(served)}/settings/account")
    page.get_by_role("button", name="添加通行密钥").click()
    confirm(page)
    expect(page.get_by_text(re.compile(r"^通行密钥 \d{4}"))).to_be_visible()


def test_a_passkey_is_added_and_signs_in_without_a_password(enter: Enter, served: Served) -> None:
    page = enter("mi.yao@hengchuan.example")
    add_passkey(page, served)
    page.get_by_role("button", name="显示恢复码").click()
    expect(page.locator("ul li").filter(has_text=re.compile(r"^[0-9a-z]{8,}$"))).to_have_count(10)

    sign_out(page)
    page.get_by_role("button", name="通行密钥").click()

    page.wait_for_url("**/today")
    assert served.installation.query(SIGNED_IN, "mi.yao@hengchuan.example") == [(1,)]


def test_after_a_password_it_stands_for_the_code_until_it_is_removed(enter: Enter, served: Served) -> None:
    page = enter("mi.qing@hengchuan.example")
    add_passkey(page, served)

    sign_out(page)
    give_password(page, "mi.qing@hengchuan.example")
    page.get_by_role("button", name="用通行密钥确认").click()
    page.wait_for_url("**/today")

    page.goto(f"{local(served)}/settings/account")
    page.get_by_role("button", name="移除").click()
    confirm(page)
    expect(page.get_by_text(re.compile(r"^通行密钥 \d{4}"))).to_be_hidden()
    sign_out(page)
    give_password(page, "mi.qing@hengchuan.example")
    page.wait_for_url("**/today")


def test_an_address_without_a_name_says_why_it_offers_none(context: BrowserContext, served: Served) -> None:
    served.installation.run(
        "user", "create", "mi.lan@hengchuan.example", "--password", PASSWORD, "--role", "relationship_manager",
        "--name", "米瑶",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{served.address}/sign-in")
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    expect(page.get_by_role("button", name="通行密钥")).to_be_hidden()
    give_password(page, "mi.lan@hengchuan.example")
    page.wait_for_url("**/today")

    page.goto(f"{served.address}/settings/account")

    expect(page.get_by_text("通行密钥要用域名和 HTTPS 打开 Kehu 才能添加")).to_be_visible()
    expect(page.get_by_role("button", name="添加通行密钥")).to_be_hidden()
