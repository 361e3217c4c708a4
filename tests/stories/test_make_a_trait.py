"""A marketer makes a trait of what customers did, sees how it is spread, and finds it on a customer's page."""

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import PATIENCE, SignIn, open_customer
from tests.stories.test_every_page import MARKETER

pytestmark = [pytest.mark.browser]


def test_a_trait_is_made_tried_and_seen_on_a_customer(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/traits")
    page.get_by_role("button", name="新建指标").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("combobox", name="事件", exact=True).click()
    page.keyboard.type("登录")
    page.get_by_title("登录", exact=True).click()
    drawer.get_by_role("combobox", name="看谁的分布").click()
    page.get_by_title("服务关怀", exact=True).click()
    expect(drawer.get_by_role("status")).to_contain_text("位客户有值")
    expect(drawer.get_by_role("button", name="保存并计算")).to_be_disabled()

    drawer.get_by_label("中文名称").fill("近 90 天登录次数")
    drawer.get_by_label("英文名称").fill("Sign-ins in 90 days")
    drawer.get_by_label("代码").fill("logins_90d")
    drawer.get_by_label("单位").fill("次")
    drawer.get_by_label("用来做什么").fill("看谁还在用手机银行")
    drawer.get_by_role("button", name="保存并计算").click()

    row = page.get_by_role("row").filter(has_text="近 90 天登录次数")
    expect(row.get_by_text("在用", exact=True)).to_be_visible(timeout=3 * PATIENCE)
    page.goto(page.url.split("/analyze")[0] + "/customers")
    open_customer(page)
    expect(page.get_by_text("近 90 天登录次数")).to_be_visible()
