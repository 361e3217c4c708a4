"""Administrators are kept apart, what a user sees can be explained, pairs in doubt are decided, and all of it is in the trail."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Served, SignIn, a_file, press

pytestmark = [pytest.mark.browser]

SYSTEM_ADMIN = "song.xitong@hengchuan.example"
SECURITY_ADMIN = "qin.an@hengchuan.example"
AUDIT_ADMIN = "shen.jian@hengchuan.example"
PAIRS = {
    "慕容拾遗": ("330106198203112018", "330106198211032026"),
    "诸葛闻远": ("330106197706043013", "330106197905143025"),
}


def test_a_new_user_cannot_be_two_administrators_at_once(sign_in: SignIn) -> None:
    page = sign_in(SYSTEM_ADMIN, path="/settings/users?drawer=new")
    drawer = page.get_by_role("dialog")

    drawer.get_by_role("checkbox", name=re.compile("^系统管理员")).check()

    expect(drawer.get_by_role("checkbox", name=re.compile("^安全管理员"))).to_be_disabled()
    expect(drawer.get_by_role("checkbox", name=re.compile("^审计管理员"))).to_be_disabled()
    expect(drawer.get_by_role("checkbox", name=re.compile("^客户经理"))).to_be_enabled()


def test_a_user_is_made_and_put_out_of_use(sign_in: SignIn, served: Served) -> None:
    page = sign_in(SYSTEM_ADMIN, path="/settings/users")
    expect(page.get_by_role("button", name="宋希桐")).to_be_visible()

    drawer = page.get_by_role("dialog")
    press(page, "n", drawer)
    drawer.get_by_label("姓名").fill("卢新来")
    drawer.get_by_label("邮箱").fill("lu.xinlai@hengchuan.example")
    drawer.get_by_role("button", name="生成一个").click()
    drawer.get_by_role("button", name="新建用户").click()
    page.get_by_role("button", name="卢新来").click()
    page.get_by_role("button", name="停用", exact=True).click()
    page.get_by_role("dialog", name="停用“卢新来”？").get_by_role("button", name="停用").click()

    expect(page.get_by_role("button", name="卢新来")).to_be_hidden(timeout=15_000)
    told = served.installation.ask("SELECT is_active FROM govern_user WHERE name = '卢新来'")
    assert told == [[False]]


def test_the_security_administrator_sees_roles_and_no_users(sign_in: SignIn) -> None:
    page = sign_in(SECURITY_ADMIN, path="/settings/users")

    expect(page.get_by_role("tab", name="角色")).to_be_visible()
    expect(page.get_by_role("tab", name="用户")).to_be_hidden()
    page.get_by_role("button", name="数据管理员").click()

    expect(page.get_by_role("dialog").get_by_text("随产品提供的角色不能修改")).to_be_visible()


def test_a_steward_asks_why_he_sees_a_customer(sign_in: SignIn) -> None:
    page = sign_in(path="/customers")
    page.wait_for_selector("tr[data-row-key]")
    customer = page.locator("tr[data-row-key]").first.get_attribute("data-row-key")

    page.goto(page.url.replace("/customers", f"/settings/access?customer={customer}"))
    page.get_by_role("button", name="查看原因").click()

    expect(page.get_by_role("status").get_by_text("能看到这位客户")).to_be_visible()
    expect(page.get_by_text("角色“数据管理员”可以看全部机构。")).to_be_visible()


def test_the_trail_tells_who_signed_in_and_opens_the_entry(sign_in: SignIn) -> None:
    page = sign_in(AUDIT_ADMIN, path="/govern/audit?action=sign_in")

    page.get_by_role("row").filter(has_text="申鉴").first.get_by_role("button", name="登录").click()
    drawer = page.get_by_role("dialog")

    expect(drawer.get_by_text("UTC+08:00 Asia/Shanghai")).to_be_visible()
    drawer.get_by_role("button", name="只看此人").click()
    page.wait_for_url(re.compile(r"actor=\d+"))


def import_pair(served: Served, folder: Path, name: str, mobile: str) -> None:
    """Bring in two records that share name and mobile and contradict each other by their documents."""
    rows = [f"{mobile[-4:]}{i}00{i},{name},{mobile},{document}" for i, document in enumerate(PAIRS[name])]
    text = "\n".join(["客户号,姓名,手机,证件号码", *rows, ""])
    served.installation.run("import", str(a_file(folder, "同号.csv", text)), "--source", "core")


def test_a_pair_shows_what_differs_first_and_a_decision_can_be_undone(
    sign_in: SignIn, served: Served, tmp_path: Path
) -> None:
    import_pair(served, tmp_path, "慕容拾遗", "13911110101")
    page = sign_in(path="/resolve/review")
    queue = page.get_by_role("navigation", name="待审核的每一对")
    queue.get_by_role("button", name="慕容拾遗").click()
    rows = page.get_by_role("table", name="两边对照").get_by_role("row")
    expect(rows.nth(1)).to_contain_text(re.compile("证件号码.*不同"))

    page.keyboard.press("d")
    expect(queue.get_by_role("button", name="慕容拾遗")).to_be_hidden()
    page.keyboard.press("z")

    expect(queue.get_by_role("button", name="慕容拾遗")).to_be_visible()


def test_a_decision_holds_when_the_page_is_left(sign_in: SignIn, served: Served, tmp_path: Path) -> None:
    import_pair(served, tmp_path, "诸葛闻远", "13911110202")
    page = sign_in(path="/resolve/review")
    page.get_by_role("button", name="诸葛闻远").click()

    page.keyboard.press("s")
    expect(page.get_by_text("判为同一人，10 秒内可撤销。")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/decide")) as sent:
        page.get_by_role("link", name="今日").click()

    assert sent.value.status == 200
