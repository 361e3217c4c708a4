"""A profile answers where a value is from and why its records are one; what people tell is written down, and can be corrected."""

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import MANAGER, Served, SignIn, open_customer, press

pytestmark = [pytest.mark.browser]


def test_a_value_tells_its_source_and_who_else_said_what(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    open_customer(page)

    page.get_by_role("button", name=re.compile("^手机来自")).click()

    expect(page.get_by_text("来源可信度，其次最近")).to_be_visible()
    expect(page.get_by_text("与采用值相同").first).to_be_visible()


def test_why_the_records_are_one_is_told_in_words_and_has_an_address(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    open_customer(page)

    page.get_by_role("button", name=re.compile("条记录合成")).click()
    drawer = page.get_by_role("dialog")

    expect(drawer.get_by_text("确定为同一位")).to_be_visible()
    expect(drawer.get_by_role("row", name=re.compile("首条记录"))).to_be_visible()
    assert "why=true" in page.url
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_contact_is_written_down_with_one_key(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    open_customer(page)

    press(page, "c", page.get_by_role("dialog"))
    page.get_by_label("内容", exact=True).fill("询问留学购汇额度")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("已记下这次联系")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="询问留学购汇额度")).to_be_visible()


def test_a_correction_stands_before_the_sources(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    open_customer(page, "顾长林")

    page.get_by_role("button", name="更正", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("客户等级", exact=True).fill("尊享")
    drawer.get_by_label("原因").fill("客户本人来电更正")
    drawer.get_by_role("button", name="保存 1 项").click()

    expect(page.get_by_text("已更正 1 项")).to_be_visible()
    expect(page.get_by_text("尊享").first).to_be_visible()
    expect(page.get_by_role("button", name="客户等级来自人工录入，人工指定")).to_be_visible()


HISTORY = """
from datetime import datetime
from kehu.collect.records import Statement
from kehu.collect.sources import get_source
from kehu.flows.ingest import ingest
for day, tier in (("2025-03-02", "金"), ("2025-05-02", "白金"), ("2025-07-02", "钻石")):
    stated = Statement(key="story|as-of", values={"name": "岳明远", "mobile": "13857109876", "tier": tier})
    ingest([stated], source=get_source("core"), now=datetime.fromisoformat(day + "T04:00:00+00:00"))
print("null")
"""


def test_a_customer_is_seen_whole_as_of_any_day(sign_in: SignIn, served: Served) -> None:
    served.installation.do(HISTORY)
    page = sign_in(path="/customers")
    open_customer(page, "岳明远")

    head = page.locator("header").filter(has=page.get_by_role("heading", name="岳明远"))
    page.get_by_role("button", name="截至今天").click()
    slider = page.get_by_role("slider", name="看哪一天的样子")
    for day, tier in (("2025-07-02", "钻石"), ("2025-05-02", "白金")):
        slider.press("ArrowLeft")
        expect(page.get_by_text(f"这是 {day} 的样子")).to_be_visible()
        expect(head.get_by_text(tier, exact=True)).to_be_visible()
    page.get_by_label("或写一个日期").fill("2025-04-10")
    page.get_by_label("或写一个日期").press("Enter")

    expect(page.get_by_text("这是 2025-04-10 的样子")).to_be_visible()
    assert "as_of=2025-04-10" in page.url
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="来源记录").click()
    expect(page.get_by_role("definition").get_by_text("金", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="记一次联系")).to_have_count(0)
    page.get_by_role("button", name="回到今天").click()
    expect(page.get_by_role("button", name="记一次联系")).to_be_visible()


def test_a_steward_asks_who_can_see_a_customer_from_his_page(sign_in: SignIn) -> None:
    page = sign_in(path="/customers")
    open_customer(page)

    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="谁能看到这位客户").click()

    page.wait_for_url(re.compile("/settings/access"))
    page.get_by_role("button", name="查看原因").click()
    expect(page.get_by_role("status").first).to_be_visible()
