"""A relationship manager finds a customer by pinyin, sees where each value is from, and looks at a number with a reason."""

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import MANAGER, SignIn, search

pytestmark = [pytest.mark.browser]


def test_a_customer_is_found_by_pinyin_and_opened(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    search(page, "shenjingyi")
    page.get_by_text("沈静仪").first.click()

    expect(page.get_by_role("heading", name="沈静仪")).to_be_visible()
    expect(page.get_by_text("138****1234").first).to_be_visible()
    assert "shen" not in page.url


def test_a_number_is_shown_for_a_reason_and_recorded(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    search(page, "沈静仪")
    page.get_by_text("沈静仪").first.click()

    page.get_by_role("button", name=re.compile("查看.*手机")).first.click()
    page.get_by_text("回访或服务客户").click()
    page.get_by_role("button", name="查看", exact=True).click()

    expect(page.get_by_text("13857101234").first).to_be_visible()
