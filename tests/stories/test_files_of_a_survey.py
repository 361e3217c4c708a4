"""A customer hands in a paper with his answer: staff open it, and the answers go out as files and come in again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect
from tests.stories.conftest import MANAGER, Served, SignIn, axe
from tests.stories.test_ask_a_customer import write_survey
from tests.stories.test_ask_for_consent import PHONE, add_question, hand_in, invite_somebody, publish
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]
PAPER = b"%PDF-1.7 a paper"


def saved(page: Page, opens: Locator) -> Download:
    with page.expect_download() as waited:
        opens.click()
    return waited.value


def test_a_paper_comes_with_an_answer_and_answers_go_out_and_in(
    sign_in: SignIn, browser: Browser, served: Served, tmp_path: Path
) -> None:
    page = sign_in(MARKETER, path="/engage/surveys")
    write_survey(page, "补充资料", "个人链接")
    add_question(page, "文件")
    survey = publish(page)
    page = sign_in(MANAGER, path="/customers")
    _, link = invite_somebody(page, survey)
    phone = browser.new_context(viewport=PHONE, locale="zh-CN", reduced_motion="reduce")
    form = phone.new_page()
    form.goto(f"{served.address}{link}")
    form.get_by_role("radio", name="3", exact=True).check(force=True)
    with form.expect_file_chooser() as chooser:
        form.get_by_text("选择文件").first.click()
    chooser.value.set_files({"name": "收入证明.pdf", "mimeType": "application/pdf", "buffer": PAPER})
    expect(form.get_by_text("收入证明.pdf").first).to_be_visible()
    assert axe(form, AXE) == []
    hand_in(form)
    phone.close()

    page = sign_in(MARKETER, path=f"/engage/surveys/{survey}?tab=results")
    row = page.get_by_role("table", name="上传的文件").get_by_role("row").filter(has_text="收入证明.pdf")
    assert saved(page, row.get_by_role("link", name="下载")).path().read_bytes() == PAPER
    assert axe(page, AXE) == []

    page.get_by_role("button", name="导出回答").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("目的").click()
    page.get_by_title("满意度调查", exact=True).click()
    files = {}
    for form_name, ending in (("CSV", "csv"), (re.compile("^SPSS"), "sav"), (re.compile("sps"), "zip")):
        drawer.get_by_role("radio", name=form_name).first.check()
        given = saved(page, drawer.get_by_role("button", name="下载"))
        assert given.suggested_filename == f"补充资料.{ending}"
        files[ending] = tmp_path / f"answers.{ending}"
        given.save_as(files[ending])
    expect(drawer.get_by_text("已下载 1 份回答。")).to_be_visible()
    assert axe(page, AXE) == []

    page.goto(f"{served.address}/engage/surveys")
    page.get_by_role("button", name="导入").click()
    drawer = page.get_by_role("dialog")
    drawer.locator("input[type=file]").set_input_files(files["sav"])
    expect(drawer.get_by_text(re.compile("试读完成，还没有写入任何数据"))).to_be_visible()
    assert axe(page, AXE) == []
    drawer.get_by_role("button", name="导入 1 份回答").click()
    page.wait_for_url(re.compile(r"/engage/surveys/[0-9a-f-]{36}"))
    expect(page.get_by_text("已结束")).to_be_visible()
