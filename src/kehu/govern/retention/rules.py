"""Rules of retention, read once from data: the shipped ones, and over them those of the installation."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kehu.platform.installation.environment import BadSetting, environment
from kehu.platform.text import Text

SHIPPED = Path(__file__).with_name("rules.toml")
SUBJECTS = ("import_refusals", "import_files", "waiting_imports")
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Rule:
    """From `since` on, `subject` is kept for `days` days."""

    subject: str
    since: date
    days: int


def kept_since(subject: str, *, now: datetime) -> datetime:
    """Return the moment before which what belongs to a subject is no longer kept."""
    return now - timedelta(days=days_of(subject, on=_business_date(now)))


def kept_until(subject: str, begun_at: datetime, *, now: datetime) -> datetime:
    """Return until when something is kept by the rule that counts today."""
    return begun_at + timedelta(days=days_of(subject, on=_business_date(now)))


def days_of(subject: str, *, on: date) -> int:
    """Return the days of the rule that counts on a date; before the first one, those of the first."""
    rules = [rule for rule in get_rules() if rule.subject == subject]
    counting = [rule for rule in rules if rule.since <= on]
    return (counting[-1] if counting else rules[0]).days


@cache
def get_rules() -> tuple[Rule, ...]:
    """Read all rules, the oldest first. Raises BadSetting for a file that cannot be read or says nothing sensible."""
    own = environment().retention_rules
    rules = [*read_rules(SHIPPED), *(read_rules(Path(own)) if own else ())]
    return tuple(sorted(rules, key=lambda rule: rule.since))


def read_rules(path: Path) -> list[Rule]:
    """Read the rules of one file. Raises BadSetting."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        return [_rule(entry) for entry in entries]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise BadSetting(
            Text(
                f"KEHU_RETENTION_RULES：{path.name} 读不懂（{fault}）。每条规则要有 subject、from（日期）和 days（1 至 {MOST_DAYS}）。",
                f"KEHU_RETENTION_RULES: {path.name} cannot be read ({fault}). A rule has subject, from (a date) and days (1 to {MOST_DAYS}).",
            )
        ) from fault


def _rule(entry: dict[str, Any]) -> Rule:
    rule = Rule(entry["subject"], entry["from"], entry["days"])
    if rule.subject not in SUBJECTS:
        raise ValueError(rule.subject)
    if type(rule.since) is not date:
        raise ValueError(f"from = {rule.since}")
    if type(rule.days) is not int or not 1 <= rule.days <= MOST_DAYS:
        raise ValueError(f"days = {rule.days}")
    return rule


def _business_date(now: datetime) -> date:
    return now.astimezone(ZoneInfo(environment().time_zone)).date()
