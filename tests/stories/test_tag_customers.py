"""Marketing agrees on a tag; a manager puts it on customers, in the list and on a page; a segment asks for it."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe
from tests.stories.test_build_a_segment import choose, figure
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]

TAG = "开门红邀请"


def make_tag(page: Page) -> None:
    page.get_by_role("button", name="新建标签").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("标签", exact=True).fill(TAG)
    dialog.get_by_label(re.compile("什么意思")).fill("一月活动要电话邀请的客户")
    assert axe(page, AXE) == []
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name=re.compile("保\\s?存")).click()
    expect(page.get_by_role("row", name=re.compile(TAG))).to_contain_text("0")


def tag_two_of_the_list(page: Page) -> list[str]:
    """Choose the first two by the keyboard, and put the tag on them; returns their names."""
    rows = page.locator("tr[data-row-key]")
    expect(rows.nth(1)).to_be_visible()
    names = [rows.nth(place).locator("a").first.inner_text() for place in range(2)]
    for place in range(2):
        rows.nth(place).get_by_role("checkbox").focus()
        page.keyboard.press("Space")
    expect(page.get_by_text("已选 2 位")).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="加标签").click()
    page.get_by_role("menuitem", name=TAG).click()
    expect(page.get_by_text(f"已给 2 位客户加上“{TAG}”")).to_be_visible()
    return names


def narrow(page: Page) -> None:
    """Narrow the list to the tag."""
    page.get_by_role("button", name="条件", exact=True).click()
    expect(page.get_by_placeholder("找字段：中文、拼音或英文")).to_be_focused()
    page.keyboard.type("标签")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="标签").click()
    page.keyboard.type(TAG)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_a_tag_is_made_put_on_asked_for_and_taken_off(sign_in: SignIn, served: Served) -> None:
    make_tag(sign_in(MARKETER, path="/customers/tags"))

    page = sign_in(MANAGER, path="/customers")
    names = tag_two_of_the_list(page)
    narrow(page)
    expect(page.locator("tr[data-row-key]")).to_have_count(2)
    page.get_by_role("link", name=names[0]).click()
    worn = page.get_by_role("link", name=TAG, exact=True)
    expect(worn).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name=f"去掉标签“{TAG}”").click()
    expect(worn).to_be_hidden()
    page.get_by_role("button", name=re.compile("撤\\s?销")).click()
    expect(worn).to_be_visible()
    page.get_by_role("button", name=f"去掉标签“{TAG}”").click()
    expect(worn).to_be_hidden()
    page.get_by_role("button", name="加标签").click()
    page.get_by_role("combobox", name="选标签，可输入查找").fill("开门红")
    page.keyboard.press("Enter")
    expect(worn).to_be_visible()

    marketer = sign_in(MARKETER, path="/analyze/segments/new")
    ask_for_the_tag(marketer)


def ask_for_the_tag(page: Page) -> None:
    """Build a condition on the tag, and one on relationships beside it."""
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    choose(page, "条件", "有标签")
    choose(page, "标签", TAG)
    words = page.get_by_role("region", name="一句话")
    expect(words).to_contain_text(f"有标签“{TAG}”")
    assert figure(page) == 2
    page.get_by_role("button", name="plus 条件", exact=True).first.click()
    choose(page, "条件", "与其他客户", 1)
    choose(page, "另一位客户是他的什么人", "配偶")
    expect(words).to_contain_text("有客户是他的“配偶”")
    assert axe(page, AXE) == []
