"""A campaign from its first word to its results: written, approved by another, sent, opened, clicked, left, paused, stopped."""

import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.stories.conftest import Served, SignIn, axe, get, post
from tests.stories.test_every_page import AXE, COMPLIANCE, MARKETER

pytestmark = [pytest.mark.browser]

PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
LINK = re.compile(r'href="(https?://[^"]*/t/c/[^"]*)"')
PIXEL = re.compile(r'src="(https?://[^"]*/t/o/[^"]*)"')
SENT = 90_000
"""Milliseconds within which a campaign to the demo's customers has gone out, on a busy machine."""


def a_segment(page: Page, name: str) -> str:
    """Save a segment of all whom the purpose allows, wait until its members are known, and return its id."""
    purpose = {"name": name, "purpose": "wealth_marketing", "definition": {"all": []}}
    made = post(page, "/segments", purpose)
    for _ in range(60):
        if get(page, f"/segments/{made['id']}")["count"]:
            return str(made["id"])
        page.wait_for_timeout(500)
    raise AssertionError(name)


def a_template(page: Page, name: str, subject: str) -> None:
    """Save a template by the shipped example."""
    starter = get(page, "/templates/vocabulary?purpose=wealth_marketing&language=zh")["starters"][0]
    message = {"subject": subject, "missing": starter["missing"], "blocks": starter["blocks"]}
    post(page, "/templates", {"name": name, "purpose": "wealth_marketing", **message})


def choose(page: Page, label: str, *options: str) -> None:
    """Open a select and take options."""
    page.get_by_label(label, exact=True).click()
    for option in options:
        page.get_by_title(option, exact=True).last.click()
    page.keyboard.press("Escape")


def write_campaign(page: Page, served: Served, name: str, segment: str, *messages: str) -> None:
    """Write a campaign as far as its messages."""
    page.goto(f"{served.address}/engage/campaigns/new")
    page.get_by_label("名称", exact=True).fill(name)
    choose(page, "客群", segment)
    choose(page, "渠道", "演示信箱")
    choose(page, "内容", *messages)


def mails(page: Page, subject: str) -> list[dict[str, Any]]:
    """Return the mails in the demo mailbox whose subject begins so, with all their parts."""
    listed = get(page, "/sink-mails")["items"]
    return [get(page, f"/sink-mails/{one['id']}") for one in listed if one["subject"].startswith(subject)]


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A customer's own browser, which no gateway's filter takes for a machine."""
    made = browser.new_context(user_agent=PERSON, locale="zh-CN")
    yield made
    made.close()


def read_and_follow(reader: BrowserContext, html: str) -> None:
    """Open a mail as a person does, some seconds after it came, and follow its first link."""
    page = reader.new_page()
    page.wait_for_timeout(2_500)
    pixel, link = PIXEL.search(html), LINK.search(html)
    assert pixel
    assert link
    assert page.request.get(pixel.group(1)).status == 200
    page.wait_for_timeout(1_500)
    assert page.request.get(link.group(1), max_redirects=0).status == 302


def leave(mail: dict[str, Any]) -> None:
    """Unsubscribe as a mail program does: one POST to the address in the mail's head."""
    heads = {name.lower(): value for name, value in mail["headers"]}
    assert heads["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(https?://[^>]+)>", heads["list-unsubscribe"])
    assert address
    asked = urllib.request.Request(address.group(1), data=b"List-Unsubscribe=One-Click", method="POST")  # noqa: S310 (loopback)
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 (loopback)
        assert answer.status == 200


def place_of(page: Page, label: str) -> Locator:
    """Return where a figure of the results stands."""
    return page.get_by_text(label, exact=True).first.locator("xpath=following-sibling::*[1]")


def figure(page: Page, label: str) -> int:
    """Return a figure of the results."""
    return int(place_of(page, label).inner_text().replace(",", ""))


def submit_a_comparison(page: Page, served: Served) -> str:
    """Write a campaign of two messages with a hold-out and a goal, and submit it; returns its path."""
    a_segment(page, "理财沟通")
    a_template(page, "秋日理财甲", "秋日理财甲：给您的三条建议")
    a_template(page, "秋日理财乙", "秋日理财乙：给您的三条建议")
    write_campaign(page, served, "秋季理财通讯", "理财沟通", "秋日理财甲 · v1", "秋日理财乙 · v1")
    expect(page.get_by_text(re.compile("没有对照组，就说不清"))).to_be_visible()
    page.get_by_label("对照组").fill("20")
    page.get_by_label("目标事件").fill("登录手机银行")
    expect(
        page.get_by_text(re.compile("客群里有 [\\d,]+ 位客户，其中 [\\d,]+ 位可以用这个渠道联系"))
    ).to_be_visible()
    expect(page.get_by_text(re.compile("每个版本约 [\\d,]+ 人|看不出各版本的差别"))).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="秋季理财通讯")).to_be_visible()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("等待审批", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="启动")).to_have_count(0)
    return page.url.split("?")[0].removeprefix(served.address)


def read_and_approve(page: Page) -> None:
    """Read what is to be sent, both variants, and approve it."""
    expect(page.get_by_text("随机留出 20% 不发")).to_be_visible()
    expect(page.get_by_text("秋日理财甲：给您的三条建议")).to_be_visible()
    page.get_by_text("版本 B（50%）").click()
    expect(page.get_by_text("秋日理财乙：给您的三条建议")).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_role("dialog").get_by_label("意见").fill("内容合规")
    page.get_by_role("dialog").get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("内容合规", exact=False)).to_be_visible()


def test_a_campaign_is_written_approved_sent_and_judged(
    sign_in: SignIn, served: Served, reader: BrowserContext
) -> None:
    campaign = submit_a_comparison(sign_in(MARKETER), served)
    read_and_approve(sign_in(COMPLIANCE, path=campaign))
    page = sign_in(MARKETER, path=campaign)
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_text("已完成").first).to_be_visible(timeout=SENT)
    expect(place_of(page, "发出")).to_have_text(re.compile("^[1-9]"))

    first, second, *_ = mails(page, "秋日理财")
    read_and_follow(reader, first["html"])
    leave(second)
    page.goto(f"{served.address}{campaign}?tab=results")
    expect(page.get_by_role("heading", name="各版本")).to_be_visible()
    assert (figure(page, "打开"), figure(page, "点击"), figure(page, "退订")) == (1, 1, 1)
    expect(page.get_by_text(re.compile("达成率比对照组"))).to_be_visible()
    expect(page.get_by_role("heading", name="没有发出的原因")).to_be_visible()
    assert axe(page, AXE) == []

    page.get_by_role("button", name=re.compile("^点击")).click()
    rows = page.get_by_role("table", name="名单").get_by_role("row")
    expect(rows.filter(has_text="打开 · 点击")).to_have_count(1)
    expect(rows).to_have_count(2)
    choose(page, "只看", "退订")
    expect(rows.filter(has_text="退订")).to_have_count(1)
    expect(rows).to_have_count(2)
    page.goto(f"{served.address}{campaign}?tab=recipients&show=skipped")
    expect(rows.filter(has_text="没有地址").first).to_be_visible()
    page.goto(f"{served.address}{campaign}?tab=recipients&show=held")
    expect(rows.filter(has_text="已发出")).to_have_count(0)
    expect(rows.nth(1)).to_be_visible()
    assert axe(page, AXE) == []


def test_a_campaign_is_paused_and_stopped(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MARKETER)
    a_segment(page, "每周沟通")
    a_template(page, "每周沟通", "每周沟通")
    write_campaign(page, served, "每周通讯", "每周沟通", "每周沟通 · v1")
    choose(page, "方式", "每月")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("等待审批", exact=False).first).to_be_visible()
    campaign = page.url.removeprefix(served.address)
    approver = sign_in(COMPLIANCE, path=campaign)
    approver.get_by_role("button", name="退回", exact=True).click()
    dialog = approver.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="退回", exact=True)).to_be_disabled()
    dialog.get_by_label("意见").fill("写明退订方式")
    dialog.get_by_role("button", name="退回", exact=True).click()
    expect(approver.get_by_text("写明退订方式", exact=False)).to_be_visible()

    page = sign_in(MARKETER, path=campaign)
    expect(page.get_by_text("写明退订方式", exact=False)).to_be_visible()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("等待审批", exact=False).first).to_be_visible()
    approver = sign_in(COMPLIANCE, path=campaign)
    approver.get_by_role("button", name="批准", exact=True).click()
    approver.get_by_role("dialog").get_by_role("button", name="批准", exact=True).click()
    expect(approver.get_by_role("dialog")).to_be_hidden()
    page = sign_in(MARKETER, path=campaign)
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_text("进行中").first).to_be_visible()
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("已暂停").first).to_be_visible()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("进行中").first).to_be_visible()
    page.get_by_role("button", name="停止").click()
    page.get_by_role("dialog").get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止").first).to_be_visible()
    expect(page.get_by_role("button", name="继续")).to_have_count(0)
