"""One installation with a small demo bank, one browser, and people who sign in: what a story needs."""

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect, sync_playwright  # noqa: A004 (theirs)
from tests.installation import Installation, free_port, installed, until
from tests.stories.browser import find_browser

PASSWORD = "kehu-demo-2026"
STEWARD = "zhou.qiming@hengchuan.example"
MANAGER = "lin.xiaolan@hengchuan.example"
Motion = Literal["no-preference", "reduce"]
TOLD = ("401", "422")
"""Answers that the browser notes on its console although the page tells the person: sign in, and mend what you gave."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WAKEFUL = """
[[quiet]]
channel = "email"
from = 2026-01-02
begins = "00:00"
ends = "00:00"
"""
"""No quiet hours for mails: a story that is told at night ends the same."""

PATIENCE = 20_000
"""Milliseconds that a page may take to show what it should: other tests run beside, on few cores."""
expect.set_options(timeout=PATIENCE)


class Served:
    """A running installation and where it answers."""

    def __init__(self, installation: Installation, address: str) -> None:
        self.installation, self.address = installation, address

    def errors(self) -> str:
        """Return what the server noted of requests that broke; its log names no customer."""
        lines = self.installation.output.read_text("utf-8", "replace").splitlines()
        return "\n".join([line for line in lines if '"level": "error"' in line][-5:])


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The demo bank with 300 customers, served."""
    with installed() as made:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        rules = made.home.parent / "contact-rules.toml"
        rules.write_text(WAKEFUL, encoding="utf-8")
        rules.chmod(0o644)
        made.environment |= {
            "KEHU_PUBLIC_URL": address, "KEHU_MAIL_SINK": str(free_port()), "KEHU_CONTACT_RULES": str(rules),
        }  # fmt: skip
        made.run("demo", "bank", "--customers", "300")
        made.start("serve", "--port", str(port))
        until(lambda: answers(f"{address}/api/v1/health"), 60)
        yield Served(made, address)


def answers(address: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 (loopback)
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium. For one module: its event loop must have ended before Django's tests run in this process."""
    path = find_browser()
    assert path, "no Chromium: run `make test`, which brings it, or install Debian's chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def motion() -> Motion:
    """What the person asks of motion. Calm, so that no click meets a dialog that still grows; a story may ask for more."""
    return "reduce"


@pytest.fixture
def context(browser: Browser, motion: Motion) -> Iterator[BrowserContext]:
    """A private window of a laptop, in Chinese."""
    made = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", accept_downloads=True, reduced_motion=motion
    )
    yield made
    made.close()


SignIn = Callable[..., Page]
_POST = """async ([path, body]) => {
  const token = document.cookie.match(/kehu_csrf=([^;]+)/)?.[1] ?? '';
  const answer = await fetch(`/api/v1${path}`, {
    method: 'POST', headers: {'content-type': 'application/json', 'x-csrftoken': token}, body: JSON.stringify(body)});
  if (!answer.ok) throw new Error(await answer.text());
  return await answer.json();
}"""


def post(page: Page, path: str, body: object) -> Any:
    """Send to the API as whoever is signed in on a page, and return the answer."""
    return page.evaluate(_POST, [path, body])


def get(page: Page, path: str) -> Any:
    """Ask the API as whoever is signed in on a page."""
    return page.evaluate("async (path) => (await fetch(`/api/v1${path}`)).json()", path)


@pytest.fixture
def sign_in(context: BrowserContext, served: Served) -> Iterator[SignIn]:
    """Sign a person in; at the end no page may have complained on its console."""
    complaints: list[str] = []

    def enter(email: str = STEWARD, *, path: str = "/today") -> Page:
        context.clear_cookies()  # whoever sat here before has left
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{served.address}/sign-in")
        page.fill("input[autocomplete*=username]", email)
        page.fill("input[type=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/today")
        complaints[:] = [text for text in complaints if "401" not in text]
        page.goto(f"{served.address}{path}")
        return page

    yield enter
    assert [text for text in complaints if not any(status in text for status in TOLD)] == [], served.errors()


def press(page: Page, key: str, opens: Locator) -> None:
    """Press a key of the page until it opens what it should: on a busy machine the page may be seen before it listens."""
    for _ in range(5):
        page.keyboard.press(key)
        try:
            opens.wait_for(timeout=3_000)
        except TimeoutError:
            continue
        return
    raise AssertionError(key)


def search(page: Page, text: str) -> None:
    """Look for a text in the list of customers."""
    page.wait_for_selector("tr[data-row-key]")
    press(page, "/", page.locator("input:focus"))
    page.keyboard.type(text)


def open_customer(page: Page, text: str = "沈静仪") -> None:
    """Search the list and open the first hit."""
    search(page, text)
    page.get_by_role("link", name=text).first.click()
    expect(page.get_by_role("heading", name=text)).to_be_visible()


def a_file(folder: Path, name: str, text: str, encoding: str = "gb18030") -> Path:
    """Write a file as a source system would."""
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def axe(page: Page, script: Path) -> list[Any]:
    """Return what axe finds on a page."""
    page.evaluate(script.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "async () => (await axe.run(document)).violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])"
    )
    return found
