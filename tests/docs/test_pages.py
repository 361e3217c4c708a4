"""What pages point at is there: links, files of the code, both languages, the two commands, the sign-ins."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kehu.packs.banking import pack

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([a-z_]+(?:/[a-z_0-9]+)*/(?:[a-z_0-9-]+\.(?:py|sql))?)`")
FENCED = re.compile(r"```\w*\n.*?```", re.DOTALL)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)


def targets(page: Path) -> Iterator[str]:
    text = FENCED.sub("", page.read_text())
    yield from (link for link in LINK.findall(text) if "://" not in link)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in targets(page) if not (page.parent / link).exists()] == []


def test_every_file_that_the_architecture_and_the_glossary_name_exists() -> None:
    for name in ("architecture.md", "glossary.md"):
        named = set(CODE.findall((ROOT / "docs" / name).read_text()))
        assert len(named) > 10
        assert [path for path in sorted(named) if not (ROOT / "src" / "kehu" / path).exists()] == []


def test_every_guide_has_both_languages_with_the_same_parts_and_commands() -> None:
    guides = [
        page
        for page in PAGES
        if page.with_suffix("").with_suffix(".en.md") in PAGES and ".en" not in page.name
    ]

    assert len(guides) == len([page for page in PAGES if page.name.endswith(".en.md")]) >= 7
    for page in guides:
        english = page.with_suffix(".en.md").read_text()
        chinese = page.read_text()
        assert HEADING.findall(chinese) == HEADING.findall(english), page.name
        shells = [re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for text in (chinese, english)]
        commands = [
            [line.partition("#")[0].rstrip() for block in blocks for line in block.splitlines()]
            for blocks in shells
        ]
        assert commands[0] == commands[1], page.name


def test_the_readme_begins_with_the_two_commands_and_they_exist() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()
    makefile = (ROOT / "Makefile").read_text()

    told = [line.split()[1] for line in lines[:6] if line.startswith("make ")]
    assert told == ["run", "test"]
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in told)


def test_the_sign_ins_of_the_readme_are_those_of_the_demo_bank() -> None:
    text = (ROOT / "README.md").read_text()
    rows = re.findall(r"^\| `(\S+@\S+)` \| (\S+) \|", text, re.MULTILINE)

    assert len(rows) == 7
    assert set(rows) <= {(user.email, user.name) for user in pack.DEMO_USERS}
    assert pack.DEMO_PASSWORD in text
    assert pack.DEMO_PASSWORD in (ROOT / "docs" / "tutorial.md").read_text()


def test_decisions_are_listed_under_their_own_titles() -> None:
    folder = ROOT / "docs" / "decisions"
    rows = re.findall(
        r"^\| \[(\d+)\]\((\S+)\) \| (.*) \| (.*) \|$", (folder / "README.md").read_text(), re.MULTILINE
    )

    assert len(rows) >= 6
    for number, page, chinese, english in rows:
        assert (folder / page).read_text().startswith(f"# {number} {chinese} / {english}\n")


def test_the_licence_is_the_one_that_the_package_names() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text()
