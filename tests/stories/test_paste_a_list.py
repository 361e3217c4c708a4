"""A marketer gets phone numbers from elsewhere: pastes them, reads what they came to, and makes a segment of the list."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import SignIn, axe
from tests.stories.test_build_a_segment import choose, figure
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]
NAME = "六月网点活动"


def customer_numbers(page: Page, count: int) -> list[str]:
    """Return the ids of customers as the file of a segment has them."""
    found = page.evaluate(
        "async (count) => (await (await fetch(`/api/v1/customers?limit=${count}`)).json()).items.map((one) => one.id)",
        count,
    )
    return [str(one) for one in found]


def fill(page: Page, name: str) -> None:
    page.get_by_role("button", name="新建名单").last.click()
    page.get_by_role("dialog").get_by_label("名称").fill(name)


def by(page: Page, kind: str) -> None:
    page.get_by_role("combobox", name="这是什么号码").click()
    page.keyboard.type(kind)
    page.keyboard.press("Enter")


def test_numbers_are_pasted_and_become_a_segment(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments")
    page.get_by_role("button", name="名单", exact=True).click()
    expect(page.get_by_text("还没有名单")).to_be_visible()
    settle(page)
    assert axe(page, AXE) == []

    fill(page, NAME)
    ids = customer_numbers(page, 12)
    text = "\n".join([*ids, ids[0], "12345", "01930000-0000-7000-8000-000000000001"])
    page.get_by_label("号码", exact=True).fill(text)
    expect(page.get_by_role("button", name="比对并保存")).to_be_disabled()
    by(page, "客户编号（Kehu 导出的）")
    settle(page)
    assert axe(page, AXE) == []
    page.get_by_role("button", name="比对并保存").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("给了 15 个号码，认出 12 个，是 12 位客户")
    expect(dialog).to_contain_text("1 个没认出：不是客户，或您看不到")
    expect(dialog).to_contain_text("1 个重复，只算一次")
    expect(dialog).to_contain_text("1 个不是这种号码")
    dialog.get_by_role("button", name="完成").click()

    row = page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("给了 15 个，认出 12 个，没认出 1 个")
    row.get_by_role("button", name="建客群").click()
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    expect(page.get_by_role("region", name="一句话")).to_contain_text(f"在名单“{NAME}”上的客户。")
    assert 0 < figure(page) <= 12


def test_a_column_of_a_file_is_a_list_too(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(MARKETER, path="/analyze/segments/new")
    choose(page, "条件", "在一份名单上")
    fill(page, "文件里的名单")
    page.get_by_role("dialog").get_by_text("上传文件").click()
    file = tmp_path / "到场.csv"
    ids = customer_numbers(page, 5)
    file.write_text("姓名,编号\n" + "".join(f"某某,{one}\n" for one in ids), encoding="utf-8")
    page.get_by_label("选择文件").last.set_input_files(file)
    expect(page.get_by_role("dialog").get_by_title("编号", exact=True)).to_be_visible()
    page.get_by_role("button", name="比对并保存").click()
    expect(page.get_by_role("dialog")).to_contain_text("给了 5 个号码，认出 5 个，是 5 位客户")
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    expect(page.get_by_role("region", name="一句话")).to_contain_text("在名单“文件里的名单”上的客户。")
