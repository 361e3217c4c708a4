"""Marketing writes an interview guide; a manager talks with a customer along it; what was said is kept, agreed on and summed up."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]

GUIDE = "流失客户访谈"


def write_guide(page: Page) -> None:
    """Begin a guide from an example, change a question and a theme, and publish it."""
    page.get_by_role("button", name="新建提纲").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称").fill(GUIDE)
    drawer.get_by_role("radio", name=re.compile("^流失原因访谈")).check()
    assert axe(page, AXE) == []
    drawer.get_by_role("button", name="建立").click()
    expect(page.get_by_role("heading", name=GUIDE)).to_be_visible()
    page.get_by_role("button", name="主要原因是什么？", exact=True).click()
    expect(page.get_by_label("追问")).to_have_value(re.compile("具体的经历"))
    page.get_by_label("追问").fill("请举一次具体的经历，当时谁在场？")
    page.get_by_role("button", name="加一道题").click()
    expect(page.get_by_role("menuitem", name="单选")).to_be_visible()
    expect(page.get_by_role("menuitem", name="文件")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="主题").click()
    page.get_by_role("button", name="加一个主题").click()
    page.get_by_label("主题 7", exact=True).fill("朋友推荐他行")
    assert axe(page, AXE) == []
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("使用中")).to_be_visible()


def talk(page: Page) -> str:
    """Record an interview with the first customer of the list; returns his name."""
    link = page.locator("tr[data-row-key] a").first
    expect(link).to_be_visible()
    name = link.inner_text()
    link.click()
    page.get_by_role("button", name="记访谈").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("radio", name=re.compile(f"^{GUIDE}")).check()
    drawer.get_by_role("button", name="开始").click()
    expect(page.get_by_role("button", name="完成访谈")).to_be_visible()
    expect(page.get_by_text("请举一次具体的经历，当时谁在场？")).to_be_visible()
    boxes = page.get_by_role("textbox", name=re.compile("主要原因是什么"))
    boxes.fill("换了客户经理没有人说")
    page.get_by_text("电话", exact=True).click()
    page.get_by_label("时长").fill("35")
    page.get_by_role("checkbox", name="服务态度").check()
    page.get_by_role("checkbox", name="朋友推荐他行").check()
    page.get_by_label("整体记录").fill("爱人也在旁边，比较激动")
    expect(page.get_by_role("status").filter(has_text="草稿已保存")).to_be_visible()
    assert axe(page, AXE) == []
    return name


def test_an_interview_is_held_kept_finished_and_summed_up(sign_in: SignIn, served: Served) -> None:
    write_guide(sign_in(MARKETER, path="/engage/interviews"))

    page = sign_in(MANAGER, path="/customers")
    name = talk(page)
    page.reload()
    expect(page.get_by_role("textbox", name=re.compile("主要原因是什么"))).to_have_value(
        "换了客户经理没有人说"
    )
    expect(page.get_by_label("整体记录")).to_have_value("爱人也在旁边，比较激动")
    expect(page.get_by_role("checkbox", name="朋友推荐他行")).to_be_checked()
    page.get_by_role("textbox", name=re.compile("怎样您会愿意")).fill("有人主动打电话")
    page.get_by_role("button", name="完成访谈").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("约定的下一步").fill("周五前电话回访")
    dialog.get_by_role("button", name="完成访谈").click()

    expect(page.get_by_text("已完成", exact=True)).to_be_visible()
    expect(page.get_by_text("有人主动打电话")).to_be_visible()
    page.get_by_role("link", name=name).last.click()
    expect(page.get_by_text("周五前电话回访")).to_be_visible()
    page.get_by_role("link", name=f"访谈“{GUIDE}”").first.click()
    expect(page.get_by_text("换了客户经理没有人说")).to_be_visible()
    assert axe(page, AXE) == []

    writer = sign_in(MARKETER, path="/engage/interviews")
    writer.get_by_role("link", name=GUIDE).click()
    expect(
        writer.get_by_role("row", name=re.compile("服务态度")).get_by_text("100.0%", exact=True)
    ).to_be_visible()
    expect(writer.get_by_text("换了客户经理没有人说")).to_be_visible()
    writer.get_by_role("button", name="朋友推荐他行").click()
    expect(writer.get_by_role("link", name=name)).to_be_visible()
    writer.get_by_role("button", name="导出").click()
    drawer = writer.get_by_role("dialog")
    drawer.get_by_label("目的").click()
    writer.keyboard.press("Enter")
    with writer.expect_download() as given:
        drawer.get_by_role("button", name="下载").click()
    assert given.value.suggested_filename == f"{GUIDE}.csv"


def test_a_draft_is_thrown_away(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MANAGER, path="/customers")
    link = page.locator("tr[data-row-key] a").nth(1)
    expect(link).to_be_visible()
    link.click()
    page.get_by_role("button", name="记访谈").click()
    page.get_by_role("dialog").get_by_role("button", name="开始").click()
    page.get_by_role("button", name="丢弃草稿").click()
    page.get_by_role("dialog").get_by_role("button", name="丢弃草稿").click()
    expect(page.get_by_text("草稿已丢弃")).to_be_visible()
    expect(page.get_by_role("button", name="记访谈")).to_be_visible()
