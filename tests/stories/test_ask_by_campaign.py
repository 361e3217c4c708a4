"""A campaign asks: its mail leads each customer to a survey of his own, and the survey's results know who asked."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Served, SignIn, axe, get, post
from tests.stories.test_ask_a_customer import write_survey
from tests.stories.test_every_page import AXE, COMPLIANCE, MARKETER
from tests.stories.test_run_a_campaign import (
    SENT,
    a_segment,
    mails,
    place_of,
    write_campaign,
)

pytestmark = [pytest.mark.browser]
LINK = re.compile(r'href="(https?://[^"]*/survey#[^"]*)"')


def a_question_by_mail(page: Page, name: str) -> None:
    """Save a template by the shipped example that has the link to a survey."""
    starters = get(page, "/templates/vocabulary?purpose=wealth_marketing&language=zh")["starters"]
    starter = next(one for one in starters if "survey_url" in str(one["blocks"]))
    message = {"subject": name, "missing": starter["missing"], "blocks": starter["blocks"]}
    post(page, "/templates", {"name": name, "purpose": "wealth_marketing", **message})


def test_a_campaign_asks_and_the_results_know_it(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "理财服务评价", "个人链接")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("收集中")).to_be_visible()
    survey = page.url.split("?")[0]
    a_segment(page, "理财客户")
    a_question_by_mail(page, "请评价我们的理财服务")
    write_campaign(page, served, "理财服务回访", "理财客户", "请评价我们的理财服务 · v1")
    page.get_by_label("问卷").click()
    page.get_by_title("理财服务评价", exact=True).click()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("等待审批", exact=False).first).to_be_visible()
    campaign = page.url.split("?")[0].removeprefix(served.address)
    page = sign_in(COMPLIANCE, path=campaign)
    expect(page.get_by_text("理财服务评价").first).to_be_visible()
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    page = sign_in(MARKETER, path=campaign)
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_text("已完成").first).to_be_visible(timeout=SENT)
    expect(place_of(page, "发出")).to_have_text(re.compile("^[1-9]"))

    links = [LINK.search(one["html"]) for one in mails(page, "请评价我们的理财服务")]
    found = {link.group(1) for link in links if link}
    assert len(found) == len(links) > 1
    form = page.context.new_page()
    form.goto(found.pop())
    form.get_by_role("radio", name="9", exact=True).check(force=True)
    form.get_by_role("textbox").fill("讲得清楚")
    form.get_by_role("button", name="提交问卷").click()
    expect(form.get_by_text("谢谢，已收到")).to_be_visible()

    page.goto(f"{survey}?tab=results")
    expect(page.get_by_text("讲得清楚")).to_be_visible()
    expect(page.get_by_role("table", name="按营销活动").get_by_text("理财服务回访")).to_be_visible()
    assert axe(page, AXE) == []
