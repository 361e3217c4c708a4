"""A marketer asks what the customers of several segments say in a survey, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import SignIn, axe
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]


def test_segments_are_compared_by_what_they_answered(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    page.get_by_role("link", name="季度满意度回访").click()
    page.get_by_role("tab", name="结果").click()
    expect(page.get_by_text("选几个客群，比一比各自的评价。")).to_be_visible()

    choice = page.get_by_role("combobox", name="选客群，最多 6 个")
    choice.click()
    for name in ("沉睡客户", "年轻储蓄客户"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    table = page.get_by_role("table", name="按客群")
    asleep = table.get_by_role("row").filter(has_text="沉睡客户")
    expect(asleep).to_contain_text("–")
    everybody = table.get_by_role("row").filter(has_text="全部").get_by_role("cell").last
    count = int(re.sub(r"\D", "", everybody.inner_text()))
    parts = [int(re.sub(r"\D", "", asleep.get_by_role("cell").last.inner_text()))]
    assert 0 < parts[0] < count
    settle(page)
    assert axe(page, AXE) == []

    page.get_by_text("回答时的成员", exact=True).click()
    expect(asleep).to_contain_text("答在客群建立之前")
    expect(asleep.get_by_role("cell").last).to_have_text("0")
