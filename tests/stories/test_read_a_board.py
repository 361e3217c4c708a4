"""A dashboard is read, compared, opened to the customers behind a figure, and taken along as CSV and PDF."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import SignIn

pytestmark = [pytest.mark.browser]
ANALYST = "fang.zhiyuan@hengchuan.example"
A4_PAPER = (595, 842)
"""In points, as a PDF counts."""


def open_board(page: Page) -> None:
    """Wait until every card of the board is drawn."""
    expect(page.get_by_role("heading", level=1, name="看板")).to_be_visible()
    expect(page.get_by_role("img", name="各机构客户").locator("svg")).to_be_visible()


def test_an_analyst_compares_periods_and_opens_the_customers_behind_a_figure(
    sign_in: SignIn, tmp_path: Path
) -> None:
    page = sign_in(ANALYST, path="/analyze/dashboards?compare=year")
    open_board(page)

    page.get_by_role("button", name=re.compile("^客户")).first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("这个数字背后的客户")).to_be_visible()
    expect(drawer.get_by_role("link").first).to_be_visible()
    assert "card=customers_total" in page.url
    page.keyboard.press("Escape")

    page.get_by_role("button", name="卡片操作").first.click()
    with page.expect_download() as taken:
        page.get_by_text("导出数据（CSV）").click()
    file = tmp_path / "card.csv"
    taken.value.save_as(file)
    assert file.read_text(encoding="utf-8-sig").count("\n") > 1


def test_a_board_is_printed_whole_on_a4_with_its_period_and_scope(sign_in: SignIn) -> None:
    page = sign_in(ANALYST, path="/analyze/dashboards?span=12m")
    open_board(page)

    sheet = page.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheet)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {A4_PAPER}
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) > 1
    page.set_viewport_size({"width": 703, "height": 1000})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(
        page.get_by_text(re.compile("近 12 个月 · 比上一时段 · 全部可见机构 · .* 由 方致远 打印"))
    ).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    drawn = page.get_by_role("img").locator("svg")
    for at in range(drawn.count()):
        box = drawn.nth(at).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
