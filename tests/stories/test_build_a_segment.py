"""A marketer says what it is for, adds conditions, and sees with each how many customers meet them."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import SignIn, axe
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]


def figure(page: Page) -> int:
    """Return the count once it is exact."""
    status = page.get_by_role("status").filter(has_text="位客户")
    expect(status).to_contain_text("精确")
    return int(re.sub(r"\D", "", status.inner_text()))


def choose(page: Page, label: str, text: str, place: int = 0) -> None:
    """Choose from a list by typing."""
    page.get_by_role("combobox", name=label, exact=True).nth(place).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_segment_is_counted_while_it_is_built(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/today")
    page.get_by_role("button", name="分析").click()
    page.get_by_role("link", name="客群", exact=True).click()
    page.get_by_role("button", name="新建客群").first.click()
    expect(page.get_by_text("先选目的。")).to_be_visible()

    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    expect(page.get_by_text("还没有条件：这是该目的可以使用的所有客户。")).to_be_visible()
    everybody = figure(page)

    choose(page, "条件", "管理资产")
    page.get_by_role("combobox", name="怎么比").click()
    page.get_by_title("大于等于", exact=True).click()
    page.get_by_role("spinbutton", name="值").fill("50000")
    expect(page.get_by_text("只算您能看到、而且这个目的可以使用的客户。")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("没有算进去")).to_be_hidden()
    rich = figure(page)
    page.get_by_role("spinbutton", name="值").fill("")
    expect(page.get_by_text("1 个条件还没填完，没有算进去。")).to_be_visible()
    page.get_by_role("spinbutton", name="值").fill("50,000")
    expect(page.get_by_role("complementary").get_by_text("没有算进去")).to_be_hidden()

    page.get_by_role("button", name="再加一组").click()
    page.get_by_text("都不满足").last.click()
    choose(page, "条件", "管理资产", 1)
    page.get_by_role("combobox", name="怎么比").last.click()
    page.get_by_title("有值", exact=True).last.click()
    expect(page.get_by_role("status").filter(has_text="位客户")).to_contain_text(re.compile(r"^0\D"))

    assert 0 < rich < everybody
    words = page.get_by_role("region", name="一句话")
    expect(words).to_contain_text("管理资产大于等于 50,000，并且不满足（管理资产有值）的客户。")
    page.get_by_text("JSON", exact=True).click()
    expect(page.get_by_text('"op": "not_empty"')).to_be_visible()


def add(page: Page, what: str, place: int = 0) -> None:
    """Add a part to a group."""
    page.get_by_role("button", name=re.compile(rf"^plus {what}$")).nth(place).click()


def test_events_sequences_units_and_groups_are_asked_and_told(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments/new")
    words = page.get_by_role("region", name="一句话")

    choose(page, "条件", "所属机构")
    choose(page, "机构", "杭州")
    expect(words).to_contain_text("所属机构是杭州分行及下级的客户。")

    add(page, "事件")
    choose(page, "事件", "转出")
    add(page, "属性条件")
    page.get_by_role("combobox", name="属性", exact=True).click()
    page.get_by_title("amount", exact=True).click()
    page.get_by_role("spinbutton", name="值").fill("-100")
    expect(words).to_contain_text("最近 90 天内“转出”（amount等于 -100）过")

    add(page, "组")
    page.get_by_text("任一满足").last.click()
    page.get_by_role("button", name="去掉这个条件").last.click()
    add(page, "依次发生")
    choose(page, "事件", "转入", 1)
    choose(page, "事件", "转出", 2)
    expect(words).to_contain_text("最近 90 天内依次“转入” → “转出”，7 天内完成")


def test_a_mistake_is_told_at_its_condition(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments/new")

    choose(page, "条件", "管理资产")
    page.get_by_role("combobox", name="怎么比").click()
    page.get_by_title("介于（含两端）", exact=True).click()
    page.get_by_role("spinbutton", name="从").fill("500")
    page.get_by_role("spinbutton", name="到").fill("5")

    expect(page.get_by_role("listitem").get_by_role("alert")).to_have_text("前一个不能大于后一个。")
    expect(page.get_by_role("region", name="一句话")).to_contain_text("先改好标红的那一条")
    page.get_by_role("spinbutton", name="到").fill("5000")
    expect(page.get_by_role("listitem").get_by_role("alert")).to_be_hidden()


def test_what_remains_is_told_beside_each_condition_with_a_sample(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments/new")
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    everybody = figure(page)
    choose(page, "条件", "出生年份")
    page.get_by_role("combobox", name="怎么比").click()
    page.get_by_title("大于等于", exact=True).click()
    page.get_by_role("spinbutton", name="值").fill("1980")
    add(page, "条件")
    choose(page, "条件", "性别", 1)
    choose(page, "怎么比", "属于", 1)
    page.get_by_role("combobox", name="值", exact=True).click()
    page.get_by_title("女", exact=True).click()
    page.keyboard.press("Escape")
    rows = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="去掉这个条件"))
    expect(rows.first.get_by_text(re.compile(r"^[\d,]+$"))).to_be_visible()
    expect(rows.last.get_by_text(re.compile(r"^[\d,]+$"))).to_be_visible()

    found = figure(page)

    left = [int(row.get_by_text(re.compile(r"^[\d,]+$")).inner_text().replace(",", "")) for row in rows.all()]
    assert everybody > left[0] > left[1] == found > 0
    expect(page.get_by_text(f"{found:,} 位", exact=True)).to_be_visible()
    distribution = page.get_by_role("region", name="分布")
    expect(distribution.get_by_role("row")).not_to_have_count(0)
    sample = page.get_by_role("region", name="样本")
    expect(sample.get_by_role("listitem")).to_have_count(min(5, found))
    first = sample.get_by_role("listitem").all_inner_texts()
    sample.get_by_role("button", name="换一批").press("Enter")
    expect(sample.get_by_role("listitem").first).not_to_have_text(first[0])
    assert axe(page, AXE) == []
