"""Marketing writes a survey; a customer answers on his telephone; his manager works the task that his answer opened."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe, get
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]

TITLE = "您有多大可能把我们推荐给亲友？"


def write_survey(page: Page, name: str, mode: str) -> None:
    """Write a survey as it begins."""
    page.get_by_role("button", name="新建问卷").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称").fill(name)
    drawer.get_by_role("radio", name=re.compile(f"^{mode}")).check()
    drawer.get_by_role("button", name="建立").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def somebody_to_ask(page: Page) -> str:
    """Return the name of a customer in the list whom the purpose allows to ask, and who shares it with nobody there."""
    rows = page.locator("tr[data-row-key]")
    expect(rows.first).to_be_visible()
    listed = rows.evaluate_all(
        "rows => rows.map(row => [row.dataset.rowKey, row.querySelector('a')?.innerText ?? ''])"
    )
    names = [name for _, name in listed]
    for customer_id, name in listed:
        held = get(page, f"/customers/{customer_id}/consents")["purposes"]
        may = {one["purpose"] for one in held if one["may_use"]}
        if name and "（" not in name and names.count(name) == 1 and "satisfaction" in may:
            return str(name)
    raise AssertionError("nobody in the list may be asked")


def answer(browser: Browser, address: str, score: int, why: str) -> None:
    """Answer by a link on a telephone, without sign-in; axe finds nothing to mend."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("radio", name=str(score), exact=True).check(force=True)
    expect(page.get_by_text(f"打 {score} 分的主要原因是什么？")).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("textbox").fill(why)
    page.get_by_role("button", name="提交问卷").click()
    expect(page.get_by_text("谢谢，已收到")).to_be_visible()
    page.reload()
    context.close()


def test_an_anonymous_survey_is_built_published_and_answered(
    sign_in: SignIn, browser: Browser, served: Served
) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "大堂体验", "匿名")
    page.get_by_role("button", name="加一道题").click()
    page.get_by_role("menuitem", name="单选").click()
    expect(page.get_by_label("选项 1", exact=True)).to_be_visible()
    page.get_by_role("button", name="下移：请选一项").click()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("收集中")).to_be_visible()
    page.get_by_role("tab", name="发放").click()
    address = page.get_by_text(re.compile(r"/survey#")).inner_text()
    assert axe(page, AXE) == []

    answer(browser, address, 9, "很快")

    page.get_by_role("tab", name="结果").click()
    expect(page.get_by_text("少于 10 份，不显示")).to_be_visible()


def test_an_unhappy_answer_reaches_the_manager(sign_in: SignIn, browser: Browser, served: Served) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "办理回访", "个人链接")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("收集中")).to_be_visible()
    page.get_by_role("tab", name="设置").click()
    page.get_by_label("低分时给客户经理建一条待办").check()
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.get_by_text("已保存")).to_be_visible()
    survey = page.url.split("?")[0]

    page.context.clear_cookies()
    page = sign_in(MANAGER, path="/customers")
    name = somebody_to_ask(page)
    page.goto(f"{survey}?tab=send")
    page.get_by_role("button", name="邀请客户").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("目的").click()
    page.get_by_title("满意度调查", exact=True).click()
    drawer.get_by_label("客户", exact=True).fill(name)
    page.get_by_title(name, exact=True).first.click()
    expect(drawer.get_by_role("button", name="生成 1 个链接")).to_be_enabled()
    drawer.get_by_label("目的").press("Escape")
    throw_away = page.get_by_role("dialog", name="放弃还没保存的内容？")
    throw_away.get_by_role("button", name="取消").click()
    expect(throw_away).to_be_hidden()
    drawer.get_by_role("button", name="生成 1 个链接").click()
    expect(drawer.get_by_text("已生成 1 个链接。")).to_be_visible()
    link = get(page, f"/surveys/{survey.rsplit('/', 1)[1]}/invitations")[0]["path"]

    answer(browser, f"{served.address}{link}", 2, "等了一个小时")

    page.goto(f"{served.address}/relate/tasks")
    page.get_by_role("button", name=re.compile("办理回访")).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("做了什么，结果怎样").fill("已致电道歉，客户接受")
    drawer.get_by_role("button", name="写明结果并完成").click()
    expect(page.get_by_role("button", name=re.compile("办理回访"))).to_have_count(0)
    page.goto(f"{survey}?tab=results")
    expect(page.get_by_text("等了一个小时")).to_be_visible()
    assert axe(page, AXE) == []
