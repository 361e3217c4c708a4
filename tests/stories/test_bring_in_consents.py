"""A steward brings in consents that were given elsewhere, sees what they would do, writes them, and takes them back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Served, SignIn, a_file, search

pytestmark = [pytest.mark.browser]

PEOPLE = "客户号,姓名,手机\n9500000001,上官云起,13944440001\n9500000002,司徒南溪,13944440002\n"
CONSENTS = """客户号,手机,目的,是否同意,渠道,同意时间,凭证
9500000001,,理财产品营销,同意,短信、邮件,2026-03-01 10:20,签字单 0071
,13944440002,理财产品营销,拒绝,,2026-03-02 09:00,热线录音 88
9500009999,,理财产品营销,同意,,2026-03-01 10:20,签字单 0072
"""


def the_customer(page: Page, address: str) -> None:
    page.goto(f"{address}/customers")
    search(page, "上官云起")
    page.get_by_role("link", name="上官云起").first.click()
    page.get_by_role("button", name="全部与凭证").click()


def test_consents_are_imported_with_their_proof_and_taken_back(
    sign_in: SignIn, served: Served, tmp_path: Path
) -> None:
    served.installation.run("import", str(a_file(tmp_path, "客户.csv", PEOPLE)), "--source", "core")
    page = sign_in(path="/collect/imports/new")
    page.get_by_text("同意（授权记录）").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(a_file(tmp_path, "授权.csv", CONSENTS))
    page.get_by_role("radio").first.check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="导入同意")).to_be_visible()

    page.get_by_role("button", name=re.compile("^试运行")).click()
    expect(page.get_by_role("button", name="写入表示 2")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("没有这位客户")).to_be_visible()
    page.get_by_role("button", name="导入 2 行").click()
    expect(page.get_by_role("heading", name="2 行记入同意流水")).to_be_visible(timeout=30_000)
    result = page.url

    the_customer(page, served.address)
    expect(page.get_by_text("签字单 0071").first).to_be_visible()

    page.goto(result)
    page.get_by_role("button", name="先看会恢复什么").click()
    expect(page.get_by_text("作废的表示")).to_be_visible()
    page.get_by_label("原因").fill("文件拿错了")
    page.get_by_role("button", name="撤回这一批").click()
    expect(page.get_by_role("heading", name="这一批已撤回")).to_be_visible(timeout=30_000)
    the_customer(page, served.address)
    expect(page.get_by_text("已作废：随导入撤回").first).to_be_visible()
