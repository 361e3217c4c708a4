"""The first page: a relationship manager sees what waits for him and opens it where it is worked."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import MANAGER, STEWARD, SignIn, open_customer, post

pytestmark = [pytest.mark.browser]
TASK = "约沈女士面谈续存"
LONG_AGO = "2020-01-02"


def plan(page: Page, title: str, due_on: str) -> None:
    """Write a task for the customer on whose page we are, as the page does."""
    customer = page.url.split("?")[0].rsplit("/", 1)[-1]
    post(page, "/tasks", {"customer_id": customer, "title": title, "due_on": due_on})


def test_a_manager_opens_his_first_task_from_the_first_page(sign_in: SignIn) -> None:
    page = sign_in(MANAGER, path="/customers")
    open_customer(page)
    plan(page, TASK, LONG_AGO)

    page.get_by_role("link", name="今日").first.click()
    expect(page.get_by_role("heading", level=1, name=re.compile("林晓岚"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"条待办已逾期"))).to_be_visible()
    page.get_by_role("button", name="打开第一条").click()

    page.wait_for_url(re.compile("/relate/tasks"))
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text(TASK)).to_be_visible()


def test_what_one_may_not_work_on_is_not_on_the_page(sign_in: SignIn) -> None:
    page = sign_in(MANAGER)
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()

    for absent in ("客群变动", "数据到达", "最近的导入"):
        expect(page.get_by_role("heading", name=absent)).to_have_count(0)

    page = sign_in(STEWARD)
    expect(page.get_by_role("heading", name="数据到达")).to_be_visible()
    page.get_by_role("button", name="开始审核").click()
    page.wait_for_url(re.compile("/resolve/review"))
