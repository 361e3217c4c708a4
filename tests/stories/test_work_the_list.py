"""The list remembers its place, keeps people out of every address, and warns before somebody is entered twice."""

import json
import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import SignIn, open_customer, press

pytestmark = [pytest.mark.browser]


def rows(page: Page) -> list[str]:
    """Return the names of the page of the list that is shown."""
    page.wait_for_selector("[data-stale=false] tr[data-row-key]")
    return page.locator("tr[data-row-key] a").all_inner_texts()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_filter_is_read_as_a_sentence_and_kept_in_the_address(sign_in: SignIn) -> None:
    page = sign_in(path="/customers")
    page.wait_for_selector("tr[data-row-key]")

    page.get_by_role("button", name="条件", exact=True).click()
    expect(page.get_by_placeholder("找字段：中文、拼音或英文")).to_be_focused()
    page.keyboard.type("管理资产")
    page.keyboard.press("Enter")
    expect(page.get_by_label("不低于")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Tab")

    expect(page.get_by_text("≥ 100 万")).to_be_visible()
    page.wait_for_url(re.compile("filter="))
    assert "aum:gte:1000000" in unquote(page.url)


def test_the_way_back_leads_to_the_same_page_of_the_same_search(sign_in: SignIn) -> None:
    page = sign_in(path="/customers?sort=name")
    first = rows(page)
    page.get_by_role("button", name="下一页").click()
    expect(page.get_by_text("第 51–")).to_be_visible()
    second = rows(page)

    page.locator("tr[data-row-key]").nth(3).locator("a").click()
    expect(page.get_by_role("heading", level=1, name=second[3])).to_be_visible()
    press(page, "]", page.get_by_role("heading", level=1, name=second[4]))
    page.go_back()

    expect(page.get_by_text("第 51–")).to_be_visible()
    assert rows(page) == second != first


def test_a_search_leaves_no_trace_in_address_title_or_storage(sign_in: SignIn) -> None:
    page = sign_in(path="/customers")
    open_customer(page)

    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert "沈静仪" not in unquote(page.url) + page.title() + json.dumps(json.loads(kept), ensure_ascii=False)


def test_who_is_known_already_is_shown_while_he_is_entered(sign_in: SignIn) -> None:
    page = sign_in(path="/customers?new=true")
    drawer = page.get_by_role("dialog")

    drawer.get_by_label("姓名", exact=True).fill("沈静仪")
    drawer.get_by_label(re.compile("^手机")).first.fill("13857101234")

    expect(drawer.get_by_text("可能已有这位客户")).to_be_visible()
    expect(drawer.get_by_text("138****1234")).to_be_visible()


def test_a_person_is_found_from_anywhere_with_the_reason(sign_in: SignIn) -> None:
    page = sign_in(path="/today")
    expect(page.get_by_role("heading", level=1, name=re.compile("周启明"))).to_be_visible()

    press(page, "Control+k", page.locator("input[role=combobox]:focus"))
    page.keyboard.type("sjy 1234")

    expect(page.get_by_text("姓名首字母与手机尾号相同")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="沈静仪")).to_be_visible()
