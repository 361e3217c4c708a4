"""A marketer makes a lifecycle of a bank's example, sees whom each stage takes, and finds the stage on a customer's page."""

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import PATIENCE, SignIn
from tests.stories.test_every_page import MARKETER

pytestmark = [pytest.mark.browser]
LONG = 6 * PATIENCE


def test_a_lifecycle_is_made_of_an_example_and_seen_on_a_customer(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/lifecycle")
    page.get_by_role("button", name="新建生命周期").first.click()
    page.get_by_role("button", name="银行客户").click()
    stages = page.get_by_role("list", name="阶段")
    expect(stages.get_by_role("listitem")).to_have_count(7)
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    expect(stages.get_by_role("listitem").first).to_contain_text("人", timeout=LONG)
    expect(page.get_by_role("button", name="保存并计算")).to_be_disabled()

    page.get_by_label("中文名称", exact=True).fill("走到哪一步")
    page.get_by_label("用来做什么").fill("看谁正在离开")
    page.get_by_label("代码").first.fill("steps")
    stages.get_by_role("button", name="把“流失”往前移").press("Enter")
    expect(stages.get_by_role("listitem").nth(5)).to_contain_text("流失")
    stages.get_by_role("button", name="把“流失”往后移").press("Enter")
    expect(stages.get_by_role("listitem").nth(6)).to_contain_text("流失")
    page.get_by_role("button", name="保存并计算").click()

    expect(page.get_by_role("heading", name="生命周期：走到哪一步")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="阶段变化")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("table", name="停留多久")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name=re.compile("^成长 ?[0-9]")).first.click()
    people = page.get_by_role("dialog")
    people.get_by_role("link").first.click()

    expect(page.get_by_role("heading", name="走到哪一步")).to_be_visible(timeout=LONG)
    expect(page.locator('li[aria-current="step"]').filter(has_text="成长").first).to_be_visible()
