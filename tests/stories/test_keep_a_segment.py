"""A marketer keeps a segment: saves it, sees who is in and why, what they are made of, changes the rule, and takes the list along."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.stories.conftest import SignIn, axe, get, post
from tests.stories.test_build_a_segment import choose, figure
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]
RICH, CALLED, CHANGED = "管理资产 5 万以上", "开门红电话", "财富客户"


def catch_up(page: Page) -> None:
    """Wait until analysis knows all that was there before: a story told earlier may have brought customers in a moment ago."""
    begun, everybody = datetime.now(UTC), {"purpose": "service_care", "definition": {"all": []}}
    for _ in range(120):
        if datetime.fromisoformat(post(page, "/segments/count", everybody)["as_of"]) > begun:
            return
        page.wait_for_timeout(500)
    raise AssertionError(begun)


def build(page: Page, name: str) -> int:
    """Write the segment, and return how many meet its condition."""
    page.get_by_role("combobox", name="用于").click()
    page.get_by_title("服务关怀", exact=True).click()
    choose(page, "条件", "管理资产")
    page.get_by_role("combobox", name="怎么比").click()
    page.get_by_title("大于等于", exact=True).click()
    page.get_by_role("spinbutton", name="值").fill("50000")
    expect(page.get_by_text("写上名称就可以保存。")).to_be_visible()
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_disabled()
    page.get_by_label("名称").fill(name)
    return figure(page)


def kept(page: Page, name: str) -> int:
    """Make a segment from the list, and return its size."""
    catch_up(page)
    page.get_by_role("button", name="新建客群").first.click()
    size = build(page, name)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    return size


def members(page: Page, name: str) -> int:
    """Return how many members a segment has, each counted in the tables."""
    segment = next(one for one in get(page, "/segments") if one["name"] == name)
    return int(get(page, f"/segments/{segment['id']}/members")["count"])


def why(page: Page) -> Locator:
    """Return the drawer or dialog that is open."""
    return page.get_by_role("dialog")


def test_members_and_why(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments")
    size = kept(page, RICH)

    expect(page.get_by_text(f"现在 {size} 位 ·")).to_be_visible()
    assert members(page, RICH) == size
    first = page.locator("tr[data-row-key]").first
    name = first.get_by_role("link").inner_text()
    first.get_by_role("button", name="为什么在").click()
    expect(why(page).get_by_text(f"{name}为什么在“{RICH}”")).to_be_visible()
    expect(why(page).get_by_role("listitem")).to_contain_text(["管理资产大于等于"])
    settle(page)
    assert axe(page, AXE) == []
    page.keyboard.press("Escape")

    page.get_by_role("button", name="查一位客户").click()
    why(page).get_by_role("textbox").fill("沈一睿")
    why(page).get_by_role("button", name="沈一睿").first.click()
    expect(why(page).get_by_text(f"沈一睿为什么不在“{RICH}”")).to_be_visible()
    expect(why(page).get_by_text("不符合", exact=True)).to_be_visible()
    page.keyboard.press("Escape")

    first.get_by_role("link").click()
    page.get_by_role("button", name=RICH).click()
    expect(why(page).get_by_text(f"{name}为什么在“{RICH}”")).to_be_visible()
    page.keyboard.press("Escape")


def test_parts_rule_snapshot_and_file(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments")
    size = kept(page, CALLED)

    page.get_by_role("tab", name="构成").click()
    table = page.get_by_role("table", name="成员的构成")
    expect(table.get_by_role("row").nth(1)).to_be_visible()
    counts = [int(one) for one in table.locator("tbody td:nth-child(3)").all_inner_texts()]
    assert sum(counts) == size
    page.get_by_role("combobox", name="按什么拆分").click()
    page.get_by_title("客户等级", exact=True).click()
    expect(table.get_by_role("columnheader", name="客户等级")).to_be_visible()
    settle(page)
    assert axe(page, AXE) == []

    page.get_by_role("tab", name="规则").click()
    page.get_by_label("快照名称").fill("开门红名单")
    page.get_by_role("button", name="拍快照").click()
    page.get_by_role("link", name="开门红名单").click()
    expect(page.get_by_text(f"{size} 位", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="回到现在")).to_be_visible()

    page.get_by_role("button", name="导出").click()
    expect(page.get_by_role("dialog").get_by_text("服务关怀")).to_be_visible()
    page.get_by_label("原因").fill("开门红电话名单")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("^导出 .* 位$")).click()
    with zipfile.ZipFile(waiting.value.path()) as archived:
        about = json.loads(archived.read("about.json"))
        rows = list(csv.reader(io.StringIO(archived.read("members.csv").decode("utf-8-sig"))))
    assert about["rows"] == len(rows) - 1 == size
    assert about["segment"] == CALLED

    page.get_by_role("button", name="用于活动").click()
    expect(page.get_by_role("combobox", name="客群").locator("..").locator("..")).to_contain_text(CALLED)
    page.go_back()
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="归档").click()
    why(page).get_by_role("button", name="归档").click()
    expect(page.get_by_role("button", name="恢复使用")).to_be_visible()


def test_another_rule_is_the_next_version(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/analyze/segments")
    size = kept(page, CHANGED)
    page.get_by_role("tab", name="规则").click()
    page.get_by_role("button", name="修改规则").click()

    amount = page.get_by_role("spinbutton", name="值")
    expect(amount).to_have_value("50,000")
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_enabled()
    amount.fill("500000")
    page.get_by_role("button", name="存为第 2 版").click()

    expect(page.get_by_text("第 2 版", exact=True)).to_be_visible()
    page.get_by_role("tab", name="规则").click()
    versions = page.get_by_role("table", name="版本").get_by_role("row")
    expect(versions.nth(1)).to_contain_text("500,000")
    expect(versions.nth(2)).to_contain_text("50,000")
    expect(versions.nth(2)).to_contain_text("徐嘉宁")
    page.get_by_role("tab", name="成员").click()
    fewer = page.locator("main").get_by_text(re.compile(r"^现在 \d+ 位 ·"))
    expect(fewer).to_be_visible()
    assert int(re.findall(r"\d+", fewer.inner_text())[0]) < size

    page.get_by_role("link", name="客群").last.click()
    page.get_by_placeholder("按名称、目的或规则查找").fill(CHANGED)
    row = page.get_by_role("row").filter(has_text=CHANGED)
    expect(row).to_contain_text("服务关怀")
    expect(row).to_contain_text("500,000")
    settle(page)
    assert axe(page, AXE) == []
