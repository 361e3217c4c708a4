"""Marketing connects a mail server, tries it on itself, and keeps the list of those to whom nothing is sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.stories.conftest import Served, SignIn, a_file, axe
from tests.stories.test_every_page import AXE, MARKETER, settle

pytestmark = [pytest.mark.browser]


def write_channel(page: Page, name: str, key: str, fields: dict[str, str]) -> Locator:
    """Fill the drawer of a new channel and save it; returns the drawer."""
    page.get_by_role("button", name="添加渠道").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("名称", exact=True).fill(name)
    drawer.get_by_label("标识").fill(key)
    for label, value in fields.items():
        drawer.get_by_label(label, exact=True).fill(value)
    return drawer


def test_a_mail_server_is_connected_and_tried(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MARKETER, path="/engage/channels")
    sink = served.installation.environment["KEHU_MAIL_SINK"]
    mail = {"邮件服务器": "127.0.0.1", "端口": sink, "发件地址": "news@hengchuan.example"}
    drawer = write_channel(page, "行内邮件", "bank_mail", mail)
    drawer.get_by_label("加密").click()
    page.get_by_title("不加密（仅本机或内网）").click()
    settle(page)
    assert axe(page, AXE) == []
    drawer.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存", exact=True).first).to_be_visible()

    drawer.get_by_role("button", name="测试连接").click()
    expect(drawer.get_by_text("连接正常")).to_be_visible()
    drawer.get_by_role("button", name="给自己发一封").click()
    expect(drawer.get_by_text("已发出，请到您的邮箱查看。")).to_be_visible()
    assert axe(page, AXE) == []

    page.goto(f"{served.address}/engage/mailbox")
    page.get_by_text("news@hengchuan.example").first.click()
    expect(page.get_by_text(MARKETER).first).to_be_visible()
    assert axe(page, AXE) == []


def test_what_is_wrong_with_a_server_is_said(sign_in: SignIn) -> None:
    page = sign_in(MARKETER, path="/engage/channels")
    mail = {"邮件服务器": "127.0.0.1", "端口": "1", "发件地址": "news@hengchuan.example"}
    drawer = write_channel(page, "写错端口", "wrong_port", mail)
    drawer.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存", exact=True).first).to_be_visible()
    drawer.get_by_role("button", name="测试连接").click()
    expect(drawer.get_by_text("连不上服务器。核对主机名、端口和防火墙。")).to_be_visible()
    drawer.get_by_label("使用这个渠道").uncheck()
    drawer.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="写错端口")).to_contain_text("已停用")


def test_addresses_to_which_nothing_is_sent_are_kept(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in(MARKETER, path="/engage/suppressions")
    page.get_by_role("button", name="添加地址").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("地址", exact=True).fill("tuiding@mail.example")
    dialog.get_by_label("原因").fill("客户来电要求")
    dialog.get_by_role("button", name="添加").click()
    expect(page.get_by_text("已加入名单")).to_be_visible()
    row = page.get_by_role("table", name="不联系名单").get_by_role("row").filter(has_text="人工添加")
    expect(row).to_be_visible()
    settle(page)
    assert axe(page, AXE) == []

    page.get_by_role("button", name="导入").click()
    dialog = page.get_by_role("dialog")
    addresses = a_file(tmp_path, "名单.csv", "a1@mail.example\na2@mail.example\n", "utf-8")
    dialog.get_by_label("地址", exact=True).fill(addresses.read_text("utf-8"))
    dialog.get_by_role("button", name="导入").click()
    expect(page.get_by_text("新加入 2 个")).to_be_visible()

    page.get_by_label("查找地址").fill("tuiding@mail.example")
    page.keyboard.press("Enter")
    expect(row).to_be_visible()
    row.get_by_role("button", name="移出").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("客户来电，恢复发送")
    dialog.get_by_role("button", name="移出").click()
    expect(page.get_by_text("已移出名单")).to_be_visible()
    expect(page.get_by_text("名单里没有这个地址")).to_be_visible()
