"""A survey asks for consent: the customer reads the notice, and what he says stands in his ledger."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe, post
from tests.stories.test_ask_a_customer import write_survey
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]
PHONE: ViewportSize = {"width": 390, "height": 844}


def add_question(page: Page, kind: str) -> None:
    page.get_by_role("button", name="加一道题").click()
    page.get_by_role("menuitem", name=kind, exact=True).click()


def publish(page: Page) -> str:
    """Publish the survey on the page; returns its id."""
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("收集中")).to_be_visible()
    return page.url.split("?")[0].rsplit("/", 1)[1]


def invite_somebody(page: Page, survey: str) -> tuple[str, str]:
    """Invite a customer of the list that is open, who may not have been asked lately; returns his id and the path of his link.

    From the end of the list: other stories take its first, and nobody is asked twice within a cool-down.
    """
    rows = page.locator("tr[data-row-key]")
    expect(rows.first).to_be_visible()
    for customer in reversed(rows.evaluate_all("rows => rows.map(row => row.dataset.rowKey)")):
        asked = {"customer_ids": [customer], "purpose": "satisfaction"}
        links = post(page, f"/surveys/{survey}/invitations", asked)["links"]
        if links:
            return customer, links[0]["path"]
    raise AssertionError(survey)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="提交问卷").click()
    expect(page.get_by_text("谢谢，已收到")).to_be_visible()


def test_consent_is_asked_in_a_survey_and_stands_in_the_ledger(
    sign_in: SignIn, browser: Browser, served: Served
) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "回访与授权", "个人链接")
    add_question(page, "同意")
    page.get_by_label("问的是哪个目的").click()
    page.get_by_title("理财产品营销", exact=True).click()
    page.get_by_label("用哪个渠道").click()
    page.get_by_title("短信", exact=True).click()
    preview = page.get_by_text("处理目的：", exact=False)
    expect(preview.first).to_be_visible()
    assert axe(page, AXE) == []
    survey = publish(page)
    page = sign_in(MANAGER, path="/customers")
    customer, link = invite_somebody(page, survey)

    phone = browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    form = phone.new_page()
    form.goto(f"{served.address}{link}")
    form.get_by_role("radio", name="9", exact=True).check(force=True)
    expect(form.get_by_text(re.compile("理财产品营销 · 短信"))).to_be_visible()
    expect(form.get_by_text(re.compile("处理目的："))).to_be_visible()
    assert axe(form, AXE) == []
    assert form.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    form.get_by_role("radio", name="同意", exact=True).check(force=True)
    hand_in(form)
    phone.close()

    page.goto(f"{served.address}/customers/{customer}")
    page.get_by_role("button", name="全部与凭证").click()
    said = page.get_by_role("table", name="表示过的").get_by_role("row").nth(1)
    for word in ("已同意", "理财产品营销", "短信", "问卷"):
        expect(said).to_contain_text(word)
    expect(said.get_by_title(re.compile("^[0-9a-f]{64}$"))).to_be_visible()
    assert axe(page, AXE) == []
