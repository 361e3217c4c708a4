"""A relationship manager offers what suits and writes down the answer; who objected is offered nothing; a marketer sees it."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import MANAGER, STEWARD, SignIn, post, press

pytestmark = [pytest.mark.browser]

MARKETER = "xu.jianing@hengchuan.example"
OPEN = "async () => { const rows = (await (await fetch('/api/v1/customers?limit=100')).json()).items; for (const row of rows) { const found = await (await fetch(`/api/v1/offers/for/${row.id}`)).json(); if (found.state === 'open' && !['沈静仪', '顾长林', '沈桂芳', '顾念'].includes(row.name)) return row.id; } }"
"""Finds a customer who is offered something and whom no other story knows."""


def profile_of(page: Page, path: str) -> str:
    """Open the profile of a customer to whom something is offered; returns its address."""
    page.wait_for_load_state("networkidle")
    found = page.evaluate(OPEN)
    assert found
    page.goto(page.url.replace(path, f"/customers/{found}"))
    return page.url


def test_an_offer_is_seen_with_its_reason_and_the_answer_is_written_down(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    address = profile_of(page, "/customers")
    card = page.locator("section").filter(has=page.get_by_role("heading", name="推荐", exact=True))
    expect(card.get_by_text(re.compile("^依据：")).first).to_be_visible()
    name = card.get_by_role("listitem").first.locator("b").first.inner_text()

    card.get_by_role("button", name="有兴趣").first.click()
    card.get_by_label("备注").fill("周五再来电")
    card.get_by_role("button", name="记为有兴趣").click()

    expect(page.get_by_text(f"已记下：{name}，有兴趣")).to_be_visible()
    expect(card.get_by_text(re.compile("有兴趣$")).first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=f"{name}：有兴趣，周五再来电")).to_be_visible()

    steward = sign_in(STEWARD)
    customer = address.rsplit("/", 1)[1]
    post(steward, f"/customers/{customer}/objections", {"state": "objected"})
    manager = sign_in(MANAGER, path=f"/customers/{customer}")
    expect(manager.get_by_text("客户反对自动化决策，所以不按规则推荐产品")).to_be_visible()
    expect(manager.get_by_role("button", name="有兴趣")).to_have_count(0)


def test_a_marketer_writes_an_offer_and_tries_it(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/engage/offers")
    expect(page.get_by_role("button", name="大额存单", exact=True)).to_be_visible()

    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_label("中文名称").fill("养老理财")
    drawer.get_by_label("英文名称").fill("Pension fund")
    drawer.get_by_label("代码").fill("pension_fund")
    drawer.get_by_label("推荐理由（中文）").fill("资产较多，可以早做养老安排。")
    drawer.get_by_label("推荐理由（英文）").fill("Substantial assets; a good time to plan.")
    drawer.get_by_label("目的").click()
    page.get_by_title("理财产品营销", exact=True).click()
    drawer.get_by_text("写定义").first.click()
    drawer.get_by_label("适合谁").last.fill('{"all": [{"field": "aumm", "op": "gte", "value": 1000000}]}')
    drawer.get_by_role("button", name="保存").click()
    expect(drawer.get_by_text(re.compile(r"eligibility\.all\[0\]\.field")).first).to_be_visible()

    drawer.get_by_label("适合谁").last.fill('{"all": [{"field": "aum", "op": "gte", "value": 1000000}]}')
    drawer.get_by_role("button", name="现在有多少位").click()
    expect(drawer.get_by_text(re.compile(r"现在适合 [\d,]+ 位客户"))).to_be_visible()
    drawer.get_by_role("button", name="保存").click()

    expect(page.get_by_role("button", name="养老理财", exact=True)).to_be_visible()
