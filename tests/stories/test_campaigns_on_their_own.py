"""Campaigns that nobody starts each time: somebody comes into a segment, or an event happens, and a mail arrives soon."""

import pytest
from playwright.sync_api import Page, expect
from tests.installation import until
from tests.stories.conftest import Served, SignIn, get, post
from tests.stories.test_every_page import COMPLIANCE, MARKETER
from tests.stories.test_run_a_campaign import a_segment, a_template, choose, mails, write_campaign

pytestmark = [pytest.mark.browser]

SOON = 60
"""Seconds within which a mail has arrived, on a busy machine."""
HAPPENS = """
import uuid
from django.utils import timezone
from kehu.collect.events import Happening, write_events
from kehu.resolve.models import Link
now, (name, customer) = timezone.now(), sys.argv[1:]
record, source = Link.objects.filter(cluster_id=customer, ended_at=None).values_list("record_id", "record__source_id")[0]
write_events([Happening(uuid.uuid4().hex, record, "behavior", name, now, now, {})], source_id=source)
print(json.dumps(True))
"""


def write_and_start(sign_in: SignIn, page: Page, served: Served, name: str) -> Page:
    """Save the campaign that the form holds, have it approved, and start it; returns the marketer's page."""
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("等待审批", exact=False).first).to_be_visible()
    path = page.url.split("?")[0].removeprefix(served.address)
    post(sign_in(COMPLIANCE, path=path), f"/campaigns/{path.rsplit('/', 1)[1]}/approve", {"approve": True})
    page = sign_in(MARKETER, path=path)
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_text("进行中").first).to_be_visible()
    return page


def reachable(page: Page, segment: str, many: int) -> list[str]:
    """Return members who may be written to now, from the end of the list: other stories take its first."""
    found = []
    for one in reversed(get(page, f"/segments/{segment}/members")["items"]):
        standing = get(page, f"/campaigns/of/{one['customer_id']}/standing")
        said = {(s["purpose"]["zh"], s["channel"]["en"].casefold()): s["state"] for s in standing}
        if said.get(("理财产品营销", "e-mail")) == "yes":
            found.append(one["customer_id"])
        if len(found) == many:
            return found
    raise AssertionError(f"{len(found)} may be written to")


def test_a_mail_follows_an_event(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MARKETER)
    segment = a_segment(page, "到期提醒对象")
    a_template(page, "到期提醒", "您的理财就要到期了")
    write_campaign(page, served, "到期提醒", "到期提醒对象", "到期提醒 · v1")
    choose(page, "方式", "客户发生某个事件时")
    page.get_by_label("事件", exact=True).fill("理财即将到期")
    page = write_and_start(sign_in, page, served, "到期提醒")
    one, other = reachable(page, segment, 2)

    served.installation.do(HAPPENS, "理财即将到期", one)
    served.installation.do(HAPPENS, "登录", other)
    until(lambda: bool(mails(page, "您的理财就要到期了")), SOON)

    served.installation.do(HAPPENS, "登录", one)
    page.wait_for_timeout(6_000)
    assert len(mails(page, "您的理财就要到期了")) == 1
    page.goto(f"{served.address}/customers/{one}")
    expect(page.get_by_text("到期提醒").first).to_be_visible()


def test_a_mail_follows_who_comes_into_a_segment(sign_in: SignIn, served: Served) -> None:
    page = sign_in(MARKETER)
    entered = {"event": "预约理财经理", "times": {"at_least": 1}, "within": {"last_days": 1}}
    made = post(page, "/segments", {"name": "刚预约的", "purpose": "wealth_marketing", "definition": entered})
    everybody = a_segment(page, "预约之前")
    until(lambda: get(page, f"/segments/{made['id']}")["count"] is not None, SOON)
    a_template(page, "预约确认", "预约已收到，我们会联系您")
    write_campaign(page, served, "预约确认", "刚预约的", "预约确认 · v1")
    choose(page, "方式", "客户进入客群时")
    page = write_and_start(sign_in, page, served, "预约确认")
    [one] = reachable(page, everybody, 1)

    served.installation.do(HAPPENS, "预约理财经理", one)
    until(lambda: bool(mails(page, "预约已收到，我们会联系您")), SOON)

    assert [member["customer_id"] for member in get(page, f"/segments/{made['id']}/members")["items"]] == [
        one
    ]
    page.get_by_role("button", name="停止").click()
    page.get_by_role("dialog").get_by_role("button", name="停止").click()
    expect(page.get_by_text("已停止").first).to_be_visible()
