"""Every page, in both languages and both modes: it opens without complaint, and axe finds nothing to mend."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.stories.conftest import MANAGER, STEWARD, Served, SignIn, axe

pytestmark = [pytest.mark.browser]

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SECURITY = "qin.an@hengchuan.example"
SYSTEM = "song.xitong@hengchuan.example"
COMPLIANCE = "tang.wenjing@hengchuan.example"
MARKETER = "xu.jianing@hengchuan.example"
AUDIT = "shen.jian@hengchuan.example"
FUNNEL = (
    "/analyze/behavior?purpose=service_care&funnel="
    '{"steps":[{"event":"登录"},{"event":"查看产品"}],"in_hours":720,"within":{"last_days":365},"by":"unit"}'
)
RETENTION = (
    "/analyze/behavior?tab=retention&purpose=service_care&retention="
    '{"begin":{"event":"登录"},"back":{"event":"登录"},"unit":"month","cohorts":8}'
)
PAGES = {
    STEWARD: ("/today", "/customers", "/collect/sources", "/collect/imports", "/collect/imports/new", "/collect/events",
              "/collect/quarantine", "/resolve/review", "/resolve/review?state=decided", "/resolve/matching",
              "/resolve/matching?kind=mobile", "/resolve/matching?drawer=new", "/settings/fields", "/settings/account"),
    MANAGER: ("/today", "/customers", "/relate/tasks"),
    SECURITY: ("/settings/users", "/settings/access"),
    SYSTEM: ("/today", "/settings/users", "/settings/units"),
    AUDIT: ("/govern/audit",),
    MARKETER: ("/today", "/customers/tags", "/analyze/behavior", FUNNEL, RETENTION, "/analyze/segments", "/analyze/segments/new", "/analyze/traits", "/analyze/traits?drawer=new",
               "/analyze/lifecycle", "/analyze/lifecycle/edit", "/analyze/lifecycle/edit?model=life", "/analyze/value", "/analyze/value?drawer=new", "/analyze/value?model=value&drawer=edit", "/engage/campaigns",
               "/engage/campaigns/new", "/engage/channels", "/engage/channels?drawer=new", "/engage/suppressions",
               "/engage/mailbox", "/engage/templates", "/engage/templates?drawer=new", "/engage/surveys",
               "/engage/surveys?drawer=new", "/engage/interviews", "/engage/interviews?drawer=new", "/engage/offers", "/engage/offers?offer=large_deposit",
               "/engage/offers?offer=large_deposit&drawer=edit", "/analyze/dashboards", "/analyze/dashboards?board=growth&edit=new"),
    COMPLIANCE: ("/govern/purposes", "/govern/purposes?purpose=wealth_marketing", "/govern/purposes?drawer=new"),
}  # fmt: skip


def settle(page: Page) -> None:
    """Wait until nothing loads any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("person", PAGES)
def test_pages_open_without_complaint(
    sign_in: SignIn, served: Served, person: str, mode: str, language: str
) -> None:
    page = sign_in(person)
    page.evaluate(
        "([mode, language]) => localStorage.setItem('kehu.preferences', JSON.stringify({appearance: mode, language}))",
        [mode, language],
    )
    found = {}
    for path in PAGES[person]:
        page.goto(f"{served.address}{path}")
        settle(page)
        if violations := axe(page, AXE):
            found[path] = violations

    assert found == {}
