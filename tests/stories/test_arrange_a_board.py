"""A marketer arranges a board of her own by keyboard, keeps it, finds it again, and takes it away."""

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import PATIENCE, SignIn
from tests.stories.test_every_page import MARKETER

pytestmark = [pytest.mark.browser]
LONG = 3 * PATIENCE


def test_a_board_is_arranged_kept_and_deleted(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/dashboards?board=growth")
    page.get_by_role("button", name="新建看板").click()
    cards = (
        page.get_by_role("list", name="修改看板")
        .get_by_role("listitem")
        .filter(has=page.get_by_role("heading"))
    )
    before = cards.count()
    assert before == 5
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_disabled()

    page.get_by_role("textbox", name="看板名称").fill("支行早会")
    page.get_by_role("button", name="去掉“各机构新客户”").press("Enter")
    expect(cards).to_have_count(before - 1)
    page.get_by_role("button", name="把“各机构客户”往前移").press("Enter")
    page.get_by_role("button", name="“各机构客户”占满一行").press("Enter")
    page.get_by_role("combobox", name="加一张卡片").click()
    page.keyboard.type("价值分层")
    page.get_by_title("价值分层", exact=True).click()
    expect(cards).to_have_count(before)
    page.get_by_role("button", name="保存", exact=True).click()

    tab = page.get_by_role("tab", name="支行早会")
    expect(tab).to_have_attribute("aria-selected", "true", timeout=LONG)
    expect(page.get_by_role("heading", name="价值分层", exact=True)).to_be_visible(timeout=LONG)
    page.reload()
    expect(tab).to_have_attribute("aria-selected", "true", timeout=LONG)

    page.get_by_role("button", name="修改看板").click()
    page.get_by_role("button", name="删除看板").click()
    page.get_by_role("dialog").get_by_role("button", name="删除看板").click()
    expect(page.get_by_role("tab", name="客户与增长")).to_have_attribute(
        "aria-selected", "true", timeout=LONG
    )
    expect(tab).to_have_count(0)
