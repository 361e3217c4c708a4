"""A marketer follows customers step by step, opens those who stopped, and keeps them as a segment."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import PATIENCE, SignIn, axe
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by its words."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.get_by_title(option, exact=True).last.click()


def test_who_stopped_on_the_way_becomes_a_segment(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/behavior")
    expect(page.get_by_text("先选目的")).to_be_visible()

    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    choose(page, "第 1 步的事件", "登录")
    choose(page, "第 2 步的事件", "查看产品")
    choose(page, "时段", "近 365 天")

    expect(page.get_by_role("heading", name="位客户从“登录”开始")).to_be_visible(timeout=3 * PATIENCE)
    page.get_by_role("button", name="1. 登录：停在这一步的").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("listitem").first).to_be_visible()
    drawer.get_by_role("button", name="存为客群").click()
    page.get_by_label("客群名称").fill("登录了没看产品")
    page.get_by_role("button", name="保存客群").click()
    expect(page.get_by_text("已保存客群“登录了没看产品”")).to_be_visible()

    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.get_by_role("heading", name="位客户从“登录”开始")).to_be_visible(timeout=3 * PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出（CSV）").click()
    assert download.value.suggested_filename == "funnel.csv"


def test_who_did_not_come_back_is_opened_and_kept(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/behavior")
    page.get_by_role("tab", name="留存").click()
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    choose(page, "起点事件", "消费")
    choose(page, "回来的事件", "消费")
    page.get_by_text("每一次", exact=True).click()

    table = page.get_by_role("table", name="各期留存")
    cell = table.get_by_role("button", name=re.compile("第 1 月：[1-9]")).first
    expect(cell).to_be_visible(timeout=3 * PATIENCE)
    cell.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("listitem").first).to_be_visible()
    drawer.get_by_text("没有回来的", exact=True).click()
    expect(drawer.get_by_role("listitem").first).to_be_visible()
    settle(page)
    assert axe(page, AXE) == []
    drawer.get_by_role("button", name="存为客群").click()
    page.get_by_label("客群名称").fill("下个月没有消费")
    page.get_by_role("button", name="保存客群").click()
    expect(page.get_by_text("已保存客群“下个月没有消费”")).to_be_visible()
