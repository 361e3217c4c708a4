"""A marketer sees customers by value and who moved between tiers, makes a model of her own, and finds it on a customer's page."""

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import PATIENCE, SignIn
from tests.stories.test_every_page import MARKETER

pytestmark = [pytest.mark.browser]


def test_tiers_are_seen_and_opened_down_to_the_customer(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/value")
    table = page.get_by_role("table", name="各层客户")
    expect(table.get_by_role("row")).to_have_count(10)
    table.get_by_role("button", name=re.compile("^重要价值：")).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("您能看到、且这个用途可以用的客户")).to_be_visible()
    drawer.get_by_role("link").first.click()

    card = page.locator("section").filter(has=page.get_by_role("heading", name="价值", exact=True))
    expect(card.get_by_text("重要价值", exact=True)).to_be_visible()
    expect(card.get_by_text(re.compile(r"R[45] F[45] M[45]："))).to_be_visible()


def test_a_move_between_two_days_opens_who_moved(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/value")
    table = page.get_by_role("table", name="分层变化")
    cell = table.get_by_role("button", name=re.compile("位客户，查看名单")).first
    words = cell.get_attribute("aria-label") or ""
    count = int(re.search(r"：(\d+) 位", words)[1])  # type: ignore[index]  # every cell tells its count
    cell.click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_count(min(count, 50))


def test_a_model_is_tried_made_and_computed(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/value?drawer=new")
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("combobox", name="用途").click()
    page.get_by_title("服务关怀", exact=True).click()
    drawer.get_by_role("combobox", name="事件", exact=True).click()
    page.get_by_title("转出", exact=True).click()
    expect(drawer.get_by_role("region", name="试算").get_by_role("row")).to_have_count(10)
    expect(drawer.get_by_role("button", name="保存并计算")).to_be_disabled()

    drawer.get_by_label("中文名称", exact=True).fill("全部交易")
    drawer.get_by_label("英文名称", exact=True).fill("All transactions")
    drawer.get_by_label("用来做什么").fill("看往来多少")
    drawer.get_by_label("代码").fill("all_moves")
    drawer.get_by_role("button", name="保存并计算").click()

    expect(page.get_by_role("heading", name="价值分层：全部交易")).to_be_visible()
    expect(page.get_by_role("table", name="各层客户")).to_be_visible(timeout=3 * PATIENCE)
