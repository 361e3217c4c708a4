"""A customer sends a picture with his answer by telephone; marketing opens it, takes the answers to SPSS and back again."""

import struct
import zlib
from pathlib import Path

import pyreadstat
import pytest
from playwright.sync_api import Browser, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe
from tests.stories.test_ask_a_customer import TITLE, write_survey
from tests.stories.test_ask_for_consent import invite_somebody
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]


def a_picture(path: Path) -> Path:
    """Write a PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + pixels)
    return path


def answer_with_a_picture(browser: Browser, address: str, picture: Path) -> None:
    """Answer on a telephone, by keyboard where the file is chosen."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("radio", name="9", exact=True).check(force=True)
    with page.expect_file_chooser() as chooser:
        page.locator("button.sd-file__choose-btn").press("Enter")
    chooser.value.set_files(picture)
    expect(page.get_by_text(picture.name)).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="提交问卷").click()
    expect(page.get_by_text("谢谢，已收到")).to_be_visible()
    context.close()


def test_a_picture_is_opened_and_answers_go_to_spss_and_back(
    sign_in: SignIn, browser: Browser, served: Served, tmp_path: Path
) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "网点环境", "个人链接")
    page.get_by_role("button", name="加一道题").click()
    page.get_by_role("menuitem", name="文件").click()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("收集中")).to_be_visible()
    survey = page.url.split("?")[0]

    page = sign_in(MANAGER, path="/customers")
    _, link = invite_somebody(page, survey.rsplit("/", 1)[1])
    picture = a_picture(tmp_path / "柜台.png")
    answer_with_a_picture(browser, f"{served.address}{link}", picture)

    page = sign_in(MARKETER)
    page.goto(f"{survey}?tab=results")
    uploads = page.get_by_role("table", name="上传的文件")
    expect(uploads.get_by_role("row").filter(has_text="柜台.png")).to_be_visible()
    settle(page)
    assert axe(page, AXE) == []
    with page.expect_download() as given:
        uploads.get_by_role("link", name="下载").click()
    assert given.value.path().read_bytes() == picture.read_bytes()

    page.get_by_role("button", name="导出回答").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("radio", name="SPSS（.sav）").check()
    drawer.get_by_label("目的").click()
    page.get_by_title("满意度调查", exact=True).click()
    with page.expect_download() as given:
        drawer.get_by_role("button", name="下载").click()
    expect(drawer.get_by_text("已下载 1 份回答。")).to_be_visible()
    assert axe(page, AXE) == []
    saved = tmp_path / given.value.suggested_filename
    given.value.save_as(saved)
    assert saved.name == "网点环境.sav"
    _, meta = pyreadstat.read_sav(saved)
    assert TITLE in meta.column_labels
    drawer.get_by_role("button", name="关闭").last.click()

    page.goto(f"{served.address}/engage/surveys")
    page.get_by_role("button", name="导入").click()
    drawer = page.get_by_role("dialog")
    with page.expect_file_chooser() as chooser:
        drawer.get_by_role("button", name="选择 .sav 文件").press("Enter")
    chooser.value.set_files(saved)
    expect(drawer.get_by_text("试读完成，还没有写入任何数据")).to_be_visible()
    expect(drawer.get_by_role("table", name="变量会变成的题目")).to_contain_text(TITLE)
    assert axe(page, AXE) == []
    drawer.get_by_role("button", name="导入 1 份回答").click()
    expect(page.get_by_text("已关闭")).to_be_visible()
    page.get_by_role("tab", name="结果").click()
    expect(page.get_by_text(TITLE)).to_be_visible()
