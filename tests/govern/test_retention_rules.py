"""Rules of retention are dated data; an installation adds its own, and a file that cannot be read stops the start."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kehu.govern.retention import rules
from kehu.platform.installation.environment import BadSetting, environment


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    environment.cache_clear()
    rules.get_rules.cache_clear()
    yield
    environment.cache_clear()
    rules.get_rules.cache_clear()


def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(text)
    monkeypatch.setenv("KEHU_RETENTION_RULES", str(path))


def rule(subject: str = "import_refusals", since: str = "2027-01-01", days: str = "30") -> str:
    return f'[[rule]]\nsubject = "{subject}"\nfrom = {since}\ndays = {days}\n'


def test_every_subject_has_a_shipped_rule() -> None:
    assert {one.subject for one in rules.read_rules(rules.SHIPPED)} == set(rules.SUBJECTS)
    assert rules.days_of("import_refusals", on=date(2026, 11, 22)) == 90


def test_an_own_rule_counts_from_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, monkeypatch, rule())

    assert rules.days_of("import_refusals", on=date(2026, 12, 31)) == 90
    assert rules.days_of("import_refusals", on=date(2027, 1, 1)) == 30
    assert rules.days_of("import_files", on=date(2027, 1, 1)) == 7


def test_an_own_rule_of_the_same_day_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, monkeypatch, rule(since="2026-01-01", days="14"))

    assert rules.days_of("import_refusals", on=date(2026, 11, 22)) == 14


def test_the_day_is_that_of_the_business(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, monkeypatch, rule())
    new_year_in_shanghai = datetime.fromisoformat("2026-12-31T16:30:00+00:00")

    until = rules.kept_until("import_refusals", new_year_in_shanghai, now=new_year_in_shanghai)

    assert (until - new_year_in_shanghai).days == 30


@pytest.mark.parametrize(
    "text",
    [rule(days="0"), rule(days="'30'"), rule(days="true"), rule(subject="everything"), rule(since="2027-01-01T08:00:00"),
     "[[rule]]\ndays = 3\n", "not toml", "[[rule]\n"],
)  # fmt: skip
def test_a_file_that_says_nothing_sensible_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    own(tmp_path, monkeypatch, text)

    with pytest.raises(BadSetting, match="KEHU_RETENTION_RULES"):
        rules.get_rules()


def test_a_file_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHU_RETENTION_RULES", "/nowhere/retention.toml")

    with pytest.raises(BadSetting):
        rules.get_rules()
