"""A data steward brings a file in: sees what it would do, imports it, mends what was refused, and takes the batch back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import SignIn, a_file

pytestmark = [pytest.mark.browser]

ROWS = """客户号,姓名,手机,学历
9900000001,上官清越,13911110001,本科
9900000002,司徒望舒,13911110002,硕士研究生
9900000003,夏侯知秋,1.39E+10,本科
"""


def upload(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(path)
    page.get_by_role("radio").first.check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="每一列对应哪个字段")).to_be_visible()


def test_a_trial_says_what_would_happen_and_why_a_row_is_refused(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(path="/collect/imports/new")
    upload(page, a_file(tmp_path, "补录一.csv", ROWS))

    page.get_by_role("button", name="试运行").click()

    expect(page.get_by_role("button", name="新建客户 2")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("手机号是科学计数法")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 1 行").click()
    assert "夏侯知秋" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_file_is_imported_and_taken_back(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(path="/collect/imports/new")
    upload(page, a_file(tmp_path, "补录二.csv", ROWS.replace("99000", "98000").replace("1391111", "1392222")))
    page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="导入 2 行").click(timeout=30_000)
    expect(page.get_by_role("heading", name="导入完成：新建 2 位")).to_be_visible(timeout=30_000)

    page.get_by_role("button", name="先看会恢复什么").click()
    page.get_by_label("原因").fill("文件用错了版本")
    page.get_by_role("button", name="撤回这一批").click()
    expect(page.get_by_role("heading", name="这一批已撤回")).to_be_visible(timeout=30_000)


TITLED = """衡川银行;客户名单;内部资料;请勿外传
制表;王敏;复核;李强
机构;杭州分行;日期;2026-11-23
客户号;姓名;管理资产;存款余额
9700000001;上官清越;1,234,567.00;2,345,678.00
9700000002;司徒望舒;3,234,567.00;4,345,678.00
"""


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_label(field, exact=True).click()
    page.get_by_title(option, exact=True).last.click()


def test_a_file_that_was_read_wrongly_is_mended_and_imported(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(path="/collect/imports/new")
    path = tmp_path / "名单.csv"
    path.write_bytes(TITLED.encode("gb18030"))
    upload(page, path)
    expect(page.get_by_text("自动识别，可改")).to_be_visible()

    choose(page, "编码", "UTF-8")
    expect(page.get_by_text("按 UTF-8 读这个文件会是乱码")).to_be_visible()
    choose(page, "分隔符", "分号 ;")
    expect(page.get_by_text("分号分隔")).to_be_visible()
    choose(page, "表头", "第 4 行")

    expect(page.get_by_text("按更正的方式读")).to_be_visible()
    expect(page.get_by_text("分号分隔，表头在第 4 行")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^试运行"))).to_be_enabled()
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="导入 2 行").click(timeout=30_000)
    expect(page.get_by_role("heading", name="导入完成：新建 2 位")).to_be_visible(timeout=30_000)


def test_a_mapping_is_saved_for_the_next_file(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(path="/collect/imports/new")
    rows = "编号,甲\n9600000001,上官清越\n"
    upload(page, a_file(tmp_path, "保存一.csv", rows))
    page.get_by_text("全部 2").click()
    page.get_by_label("“甲”对应的字段").click()
    page.get_by_label("“甲”对应的字段").fill("曾用名")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="保存对应，以后再来").click()
    expect(page.get_by_role("heading", name="导入", exact=True)).to_be_visible()

    page.goto(page.url.replace("/collect/imports", "/collect/imports/new"))
    upload(page, a_file(tmp_path, "保存二.csv", rows))
    page.get_by_text("全部 2").click()
    expect(page.get_by_role("row", name="甲").get_by_text("曾用名")).to_be_visible()


def test_a_template_is_downloaded(sign_in: SignIn) -> None:
    page = sign_in(path="/collect/imports/new")

    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板（CSV）").click()

    assert download.value.path().read_text(encoding="utf-8-sig").startswith("客户号（识别客户）,姓名")


def test_a_source_is_changed_given_a_new_key_and_taken_out_of_use(sign_in: SignIn) -> None:
    page = sign_in(path="/collect/sources")
    page.get_by_role("cell", name="信用卡系统").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称").fill("信用卡核心")
    drawer.get_by_role("button", name="保存").click()
    expect(page.get_by_role("cell", name="信用卡核心")).to_be_visible()

    page.get_by_role("cell", name="信用卡核心").first.click()
    drawer.get_by_role("button", name="换新密钥").click()
    page.get_by_role("dialog", name="换掉").get_by_role("button", name="换新密钥").click()
    expect(page.get_by_text("wk_", exact=False).first).to_be_visible()
    page.get_by_role("button", name="已存好，关闭").click()

    page.get_by_role("cell", name="信用卡核心").first.click()
    drawer.get_by_role("button", name="停用").click()
    page.get_by_role("dialog", name="停用").get_by_role("button", name="停用", exact=True).click()
    expect(page.get_by_text("已停用").first).to_be_visible()
    drawer.get_by_role("button", name="恢复使用").click()
    expect(drawer.get_by_text("使用中")).to_be_visible()


def test_a_new_source_shows_its_write_key_once(sign_in: SignIn) -> None:
    page = sign_in(path="/collect/sources")
    page.get_by_role("button", name="新建数据源").click()
    page.get_by_label("名称").fill("手机银行二期")
    page.get_by_label("代码").fill("mobile-2")
    page.get_by_role("dialog").get_by_role("button", name="新建", exact=True).click()

    key = page.get_by_text("wk_", exact=False).first.inner_text()
    page.get_by_role("button", name="已存好，关闭").click()

    expect(page.get_by_text("手机银行二期")).to_be_visible()
    assert key not in page.content()
