"""A marketer writes an e-mail from an example, puts a name into it, mends what a check refuses, and saves."""

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import SignIn, axe, press
from tests.stories.test_every_page import AXE, MARKETER

pytestmark = [pytest.mark.browser]


def test_a_template_is_written_previewed_mended_and_saved(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/engage/templates")
    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_label("名称", exact=True).fill("春季理财推荐")
    drawer.get_by_label("用于", exact=True).click()
    page.get_by_title("理财产品营销", exact=True).click()
    drawer.get_by_text("产品推荐").click()
    drawer.get_by_role("button", name="开始写").click()

    expect(page.get_by_role("heading", name="春季理财推荐")).to_be_visible()
    mail = page.frame_locator("iframe[title=邮件预览]")
    expect(mail.get_by_text("沈静仪，您好！", exact=False)).to_be_visible()
    expect(page.get_by_text("检查没有发现问题。")).to_be_visible()

    page.get_by_label("主题", exact=True).fill("您好，")
    page.get_by_role("button", name="在“主题”插入变量").click()
    page.get_by_role("menuitem", name="姓名", exact=True).click()
    expect(page.get_by_label("主题", exact=True)).to_have_value("您好，{{ customer.name }}")
    expect(page.get_by_text("您好，沈静仪", exact=True)).to_be_visible()

    page.get_by_role("button", name="删除“页脚与退订”").click()
    expect(page.get_by_text("没有退订链接。", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_disabled()
    page.get_by_role("button", name="加一块").click()
    page.get_by_role("menuitem", name="页脚与退订").click()
    expect(mail.get_by_role("link", name="点此退订")).to_be_visible()

    page.get_by_label("以谁的身份看").click()
    page.get_by_title("什么都没有的客户", exact=True).click()
    expect(mail.get_by_text("尊敬的客户，您好！", exact=False)).to_be_visible()
    assert axe(page, AXE) == []
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("第 2 版", exact=True)).to_be_visible()

    page.get_by_role("button", name="发测试邮件").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("xu.jianing@hengchuan.example", exact=False)).to_be_visible()
    assert axe(page, AXE) == []
    dialog.get_by_role("button", name="发送").click()
    expect(page.get_by_text("已发出，请到您的邮箱查看。")).to_be_visible()
    page.goto(page.url.split("/engage")[0] + "/engage/mailbox")
    expect(page.get_by_role("button", name="【测试】您好，沈静仪").first).to_be_visible()
    page.go_back()

    page.get_by_role("button", name="返回").click()
    expect(page.get_by_role("link", name="春季理财推荐")).to_be_visible()
