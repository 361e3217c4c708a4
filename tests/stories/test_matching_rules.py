"""A steward keeps the rules of matching: blocks a number that branches fill in for everybody, and looks back at decisions."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import MANAGER, Served, SignIn, a_file, press

pytestmark = [pytest.mark.browser]

NAME, NUMBER = "宇文同号", "13700137001"
COUNT = "SELECT count(*) FROM profile_customer WHERE name = '宇文同号'"


def enter_customer(page: Page) -> None:
    """Enter a customer of that name and number by hand."""
    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_label("姓名", exact=True).fill(NAME)
    drawer.get_by_label(re.compile("^手机")).first.fill(NUMBER)
    drawer.get_by_role("button", name="新建", exact=True).click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def test_a_steward_blocks_a_test_number_and_it_joins_nobody(
    sign_in: SignIn, served: Served, tmp_path: Path
) -> None:
    rows = f"客户号,姓名,手机\n77001,{NAME},{NUMBER}\n"
    served.installation.run("import", str(a_file(tmp_path, "同号.csv", rows)), "--source", "core")
    page = sign_in(path="/resolve/matching")

    page.get_by_role("button", name="屏蔽一个值").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("textbox", name="值").fill("137 0013 7001")
    drawer.get_by_role("button", name="屏蔽", exact=True).click()
    row = page.get_by_role("table", name="屏蔽的值").get_by_role("row").filter(has_text=NUMBER)
    expect(row).to_contain_text(re.compile("手机.*值.*周启明"))
    form = page.get_by_role("form", name="试一个值")
    form.get_by_role("textbox").fill("+86 13700137001")
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text("会屏蔽：13700137001")

    page.goto(f"{served.address}/customers")
    page.wait_for_selector("tr[data-row-key]")
    enter_customer(page)

    assert served.installation.ask(COUNT) == [[2]]


def test_a_removal_can_be_undone(sign_in: SignIn) -> None:
    page = sign_in(path="/resolve/matching")
    expect(page.get_by_role("button", name="屏蔽一个值")).to_be_visible()
    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_role("radio", name=re.compile("^规则")).check()
    drawer.get_by_role("textbox", name="规则").fill("1370013[0-9]{4}")
    page.keyboard.press("Enter")
    entry = page.get_by_role("row").filter(has_text="1370013[0-9]{4}")
    expect(entry).to_be_visible()

    entry.get_by_role("button", name=re.compile("^去掉")).click()
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="撤销").click()

    expect(entry).to_be_visible()


def test_how_a_kind_matches_is_changed_with_a_word_on_what_it_does(sign_in: SignIn, served: Served) -> None:
    page = sign_in(path="/resolve/matching")
    page.get_by_role("button", name="更改电子邮箱").click()
    drawer = page.get_by_role("dialog")

    drawer.get_by_role("radio", name=re.compile("^单独即可认定")).check()
    expect(drawer.get_by_text("合并不能在页面上拆开")).to_be_visible()
    drawer.get_by_role("radio", name=re.compile("^还要姓名相同")).check()
    drawer.get_by_label("每位客户最多").fill("4")
    drawer.get_by_role("button", name="保存").click()

    row = page.get_by_role("table", name="标识怎样认定").get_by_role("row").filter(has_text="电子邮箱")
    expect(row).to_contain_text("4 个")
    asked = "SELECT strength, \"limit\" FROM resolve_identifier_kind WHERE key = 'email'"
    assert served.installation.ask(asked) == [["named", 4]]


def test_who_keeps_no_rules_sees_none(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/resolve/matching")

    expect(page.get_by_role("heading", name="这一页不在您的可见范围")).to_be_visible()


def test_a_decided_pair_is_looked_at_and_reviewed_again(
    sign_in: SignIn, served: Served, tmp_path: Path
) -> None:
    rows = "客户号,姓名,手机,证件号码\n77101,公孙再看,13911110303,330106197506173016\n77102,公孙再看,13911110303,330106197507163020\n"
    served.installation.run("import", str(a_file(tmp_path, "再看.csv", rows)), "--source", "core")
    page = sign_in(path="/resolve/review")
    page.get_by_role("button", name="公孙再看").click()
    page.get_by_label(re.compile("^判断的理由")).fill("两本证件都已核对")
    page.get_by_role("button", name=re.compile("^不是同一人")).click()
    expect(page.get_by_role("button", name="公孙再看")).to_be_hidden()
    with page.expect_response(lambda answer: answer.url.endswith("/decide")):
        page.get_by_text(re.compile("已处理")).first.click()

    page.get_by_role("navigation", name="已处理的每一对").get_by_role("button", name="公孙再看").click()
    panel = page.get_by_role("complementary", name="判断")
    expect(panel).to_contain_text(re.compile("判为不是同一人.*周启明.*两本证件都已核对"))
    panel.get_by_role("button", name="重新审核").click()

    expect(page.get_by_text("已放回待审核")).to_be_visible()
    page.goto(f"{served.address}/today")
    expect(page.get_by_text("对客户等您判断是否同一人")).to_be_visible()
    page.get_by_role("button", name="开始审核").click()
    expect(page.get_by_role("button", name="公孙再看")).to_be_visible()
