"""F-32: whatever a file or a person writes is shown as text: no script runs, no dialog opens, no policy is broken."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page
from tests.installation import Api, until
from tests.stories.conftest import PASSWORD, STEWARD, Served

pytestmark = [pytest.mark.browser]

RUN = "window.__ran=(window.__ran||0)+1"
CORPUS = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg/onload={RUN}>", f'"><iframe srcdoc="<script>{RUN}</script>">',
    f"javascript:{RUN}//", f"'-({RUN})-'", f"${{{RUN}}}{{{{{RUN}}}}}", f"<a href=javascript:{RUN}>x</a>",
    f"<details open ontoggle={RUN}>", f"</title><script>{RUN}</script>", f"<math><mtext><style><img src=x onerror={RUN}>",
    f"＜script＞{RUN}＜/script＞", f"<style>@import'//x.example'</style><b onmouseover={RUN}>", "<base href=//x.example/>",
)  # fmt: skip
WATCH = """
window.__broken = [];
document.addEventListener('securitypolicyviolation', (e) => window.__broken.push(e.violatedDirective + ' ' + e.blockedURI));
"""
FILE = "客户号,姓名,居住地址,备注,职务,工作单位,地区\n" + "".join(
    f'X{n},"客{n}{text}","{text}","{text}","{text}","{text}","{text}"\n'
    for n, text in enumerate(text.replace('"', '""') for text in CORPUS)
)
STAFF = """
from django.utils import timezone
from kehu.govern import operations
from kehu.govern.models.access import User
for email, role, name in (("auditor@hengchuan.example", "audit_admin", sys.argv[1]),):
    User.objects.filter(email=email).exists() or operations.create_user(email=email, name=name, password=sys.argv[2],
        roles=[role], unit=operations.get_unit(None), actor_id=None, now=timezone.now())
user = User.objects.get(email=sys.argv[3])
print(json.dumps(operations.create_token(user=user, name="hostile", actor_id=None, now=timezone.now())))
"""


@pytest.fixture(scope="module")
def poisoned(served: Served) -> tuple[Api, list[str], str]:
    """The demo bank with the corpus in every field, name and note; the ids of its customers and of the import."""
    token = served.installation.do(STAFF, CORPUS[1][:100], PASSWORD, STEWARD)
    api = Api(int(served.address.rsplit(":", 1)[1]), token)
    name = CORPUS[1].replace('"', "")
    assert (
        api.post("/sources", {"key": "hostile", "name": CORPUS[0][:100], "kind": "file", "trust": 99}).status
        == 201
    )
    job = api.upload(f"{name}.csv", FILE.encode(), source="hostile").json()["id"]
    until(lambda: api.get(f"/imports/{job}").json()["state"] in {"succeeded", "failed"})
    assert api.get(f"/imports/{job}").json()["rows_accepted"] >= len(CORPUS) - 2
    found = api.get("/customers?limit=20&sort=-updated_at").json()["items"]
    customers = [row["id"] for row in found if row["name"].startswith("客")]
    for text in CORPUS:
        assert (
            api.post(f"/customers/{customers[0]}/interactions", {"kind": "note", "text": text}).status == 201
        )
    events = [
        {"type": "track", "event": text, "userId": "hostile", "messageId": text, "properties": {text: text}}
        for text in CORPUS
    ]
    key = api.post(f"/sources/{source_id(api)}/write-key", {}).json()["write_key"]
    assert api.ask("POST", "/v1/batch", json.dumps({"batch": events, "writeKey": key}).encode()).status == 200
    return api, customers, job


def source_id(api: Api) -> int:
    return int(next(source["id"] for source in api.get("/sources").json() if source["key"] == "hostile"))


@pytest.fixture
def watched(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A page, with a person signed in by `enter`, that must never have run anything."""
    dialogs: list[str] = []
    context.add_init_script(WATCH)
    page = context.new_page()

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    yield page
    assert dialogs == []


def enter(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.address}/sign-in")
    page.fill("input[autocomplete*=username]", email)
    page.fill("input[type=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(today|govern|settings|customers)"))


def assert_harmless(page: Page, address: str) -> None:
    """Open a page, let it come to rest, move over it, and ask whether anything ran."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 600)
    assert page.evaluate("[window.__ran || 0, window.__broken]") == [0, []], address
    made = "document.querySelectorAll('iframe, base, object, embed, [onerror], [onload], [href^=\"javascript:\"]').length"
    assert page.evaluate(made) == 0, address


def test_hostile_text_is_only_text_on_the_pages_of_a_steward(
    watched: Page, served: Served, poisoned: tuple[Api, list[str], str]
) -> None:
    _, customers, job = poisoned
    enter(watched, served, STEWARD)

    for path in ("/today", "/customers", *(f"/customers/{one}" for one in customers[:3]), "/collect/imports",
                 f"/collect/imports/{job}", "/collect/sources", "/collect/events", "/collect/quarantine",
                 "/resolve/review", "/resolve/matching", "/settings/fields"):  # fmt: skip
        assert_harmless(watched, f"{served.address}{path}")
        assert watched.locator("body").inner_text().strip()


def test_the_corpus_is_really_there_to_be_read(
    watched: Page, served: Served, poisoned: tuple[Api, list[str], str]
) -> None:
    enter(watched, served, STEWARD)
    watched.goto(f"{served.address}/customers/{poisoned[1][0]}")

    watched.get_by_text("onerror").first.wait_for()
    watched.goto(f"{served.address}/collect/sources")
    watched.get_by_text(CORPUS[0][:30]).first.wait_for()


def test_hostile_text_is_only_text_in_the_audit(
    watched: Page, served: Served, poisoned: tuple[Api, list[str], str]
) -> None:
    enter(watched, served, "auditor@hengchuan.example")

    assert_harmless(watched, f"{served.address}/govern/audit")
    assert_harmless(watched, f"{served.address}/settings/account")


def test_the_copy_of_a_person_for_reading_is_only_text(
    watched: Page,
    served: Served,
    poisoned: tuple[Api, list[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    api, customers, _ = poisoned
    copy = tmp_path_factory.mktemp("copy") / "copy.html"
    for customer in customers[:4]:
        address = f"/api/v1/customers/{customer}/export?format=html"
        answer = api.ask("GET", address, Kehu_Reason=quote("本人要求"))
        copy.write_bytes(answer.body)

        assert answer.headers["content-disposition"].startswith("attachment")
        assert_harmless(watched, copy.as_uri())


def test_every_answer_carries_a_strict_policy(served: Served, poisoned: tuple[Api, list[str], str]) -> None:
    api, customers, _ = poisoned
    for path in (
        "/",
        "/customers",
        f"/api/v1/customers/{customers[0]}",
        "/api/v1/nothing",
        "/boot.js",
        "/v1/m",
    ):
        answer = api.ask("GET", path)
        policy = {
            part.split()[0]: part.split()[1:] for part in answer.headers["content-security-policy"].split(";")
        }

        assert policy.get("script-src", policy["default-src"]) == ["'self'"]
        assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
        assert policy["base-uri"] in (["'self'"], ["'none'"])
        assert answer.headers["x-content-type-options"] == "nosniff"
