"""The settings that code reads and those that the reference names are the same."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "settings.md"
NAME = re.compile(r"\bKEHU_[A-Z]+(?:_[A-Z]+)*\b")
ROW = re.compile(r"^\| `(KEHU_[A-Z_]+)` \|", re.MULTILINE)


def names_in_code() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        found.update(NAME.findall(path.read_text()))
    return found


def test_every_setting_in_the_code_is_described() -> None:
    described = set(ROW.findall(REFERENCE.read_text()))

    assert names_in_code() - described == set()


def test_every_setting_described_is_in_the_code() -> None:
    described = ROW.findall(REFERENCE.read_text())

    assert set(described) - names_in_code() == set()
    assert len(described) == len(set(described))
