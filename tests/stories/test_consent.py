"""Compliance publishes a purpose; a steward writes down what a customer says; the count follows at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.stories.conftest import Served, SignIn, axe, open_customer, press
from tests.stories.test_every_page import AXE

pytestmark = [pytest.mark.browser]

COMPLIANCE = "tang.wenjing@hengchuan.example"


def reach(page: Page, name: str) -> tuple[int, int]:
    """Return how many customers a purpose may take, and how many it leaves out, as its drawer says."""
    page.get_by_role("button", name=name, exact=True).click()
    words = page.get_by_role("dialog").get_by_text("可用于").inner_text()
    allowed, left_out = re.findall(r"([\d,]+) 位", words)
    page.keyboard.press("Escape")
    return int(allowed.replace(",", "")), int(left_out.replace(",", ""))


def test_a_purpose_is_published_with_its_notice(sign_in: SignIn) -> None:
    page = sign_in(COMPLIANCE, path="/govern/purposes")
    expect(page.get_by_role("button", name="理财产品营销", exact=True)).to_be_visible()

    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_label("中文名称").fill("养老金融")
    drawer.get_by_label("英文名称").fill("Pension advice")
    drawer.get_by_label("代码").fill("pension")
    drawer.get_by_label("渠道").click()
    page.get_by_title("短信", exact=True).click()
    page.keyboard.press("Escape")
    for slot in ("处理者", "联系方式", "处理目的", "处理方式", "信息种类", "行使权利的方式"):
        drawer.get_by_label(slot, exact=True).fill(f"{slot}的说明")
    expect(drawer.get_by_role("button", name="发布")).to_be_disabled()
    drawer.get_by_label("保存期限").last.fill("三年")
    drawer.get_by_role("button", name="发布").click()

    expect(page.get_by_role("button", name="养老金融", exact=True)).to_be_visible()
    page.get_by_role("button", name="养老金融", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("处理者的说明")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("可用于 0 位")).to_be_visible()


def test_what_a_customer_says_holds_at_once(sign_in: SignIn) -> None:
    page = sign_in(path="/govern/purposes")
    before = reach(page, "满意度调查")
    page.keyboard.press("g")
    page.keyboard.press("c")
    open_customer(page)
    page.get_by_role("button", name="全部与凭证").click()

    page.get_by_role("button", name="登记").click()
    drawer = page.get_by_role("dialog", name=re.compile("沈静仪"))
    drawer.get_by_label("目的").click()
    page.get_by_title("满意度调查", exact=True).last.click()
    drawer.get_by_text("问过，没有同意").click()
    drawer.get_by_label("凭证").fill("来电说明，录音 20261122-07")
    drawer.get_by_role("button", name="登记").click()

    ledger = page.get_by_role("table", name="表示过的")
    expect(ledger.get_by_text("来电说明，录音 20261122-07")).to_be_visible()
    expect(ledger.get_by_text("员工登记 周启明")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("p")
    assert reach(page, "满意度调查") == (before[0] - 1, before[1] + 1)


def test_a_person_changes_his_own_words_by_his_link(
    sign_in: SignIn, browser: Browser, served: Served
) -> None:
    page = sign_in(path="/customers")
    open_customer(page)
    page.get_by_role("button", name="全部与凭证").click()
    page.get_by_role("button", name="本人页面链接").click()
    link = page.get_by_role("textbox", name="客户本人页面的链接").input_value()
    page.get_by_role("dialog").get_by_role("button", name="关闭").last.click()

    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", reduced_motion="reduce"
    )
    own = phone.new_page()
    own.goto(link)
    expect(own.get_by_role("heading", name="沈**，您好")).to_be_visible()
    assert axe(own, AXE) == []
    own.get_by_role("button", name="反对自动化决策").click()
    expect(own.get_by_text("您已反对")).to_be_visible()
    own.goto("about:blank")
    own.goto(link[:-4] + "AAAA")
    expect(own.get_by_text("链接无效或已过期")).to_be_visible()
    own.goto(f"{served.address}/consent")
    own.reload()
    expect(own.get_by_text("这里需要您的专属链接")).to_be_visible()
    phone.close()

    page.reload()
    ledger = page.get_by_role("table", name="表示过的")
    expect(
        ledger.get_by_role("row").filter(has_text="已反对").filter(has_text="本人（链接）").first
    ).to_be_visible()
