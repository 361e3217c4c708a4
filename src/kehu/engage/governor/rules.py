"""Rules of contact, read once from data: the shipped ones, and over them those of the installation."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kehu.platform.installation.environment import BadSetting, environment
from kehu.platform.text import Text

SHIPPED = Path(__file__).with_name("rules.toml")
EVERY = "*"
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many messages within so many days, by one channel or (`*`) by all together."""

    channel: str
    since: date
    most: int
    days: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is sent from `begins` to `ends`, in the customer's zone; the night goes over midnight."""

    channel: str
    since: date
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Cooldown:
    """Who refused or complained is left alone for so many days."""

    channel: str
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts on one day."""

    caps: tuple[Cap, ...]
    quiets: tuple[Quiet, ...]
    cooldowns: tuple[Cooldown, ...]
    holdout_share: float

    def caps_of(self, channel: str) -> tuple[Cap, ...]:
        """Return the caps of a channel: its own, and that of all together."""
        return tuple(cap for cap in self.caps if cap.channel in (channel, EVERY))

    def quiet_of(self, channel: str) -> Quiet | None:
        """Return the quiet hours of a channel; its own go before those of all."""
        return _own(self.quiets, channel)

    def cooldown_of(self, channel: str) -> int:
        """Return for how many days who refused is left alone."""
        found = _own(self.cooldowns, channel)
        return found.days if found else 0


_Rule = TypeVar("_Rule", Cap, Quiet, Cooldown)


def rules_on(day: date) -> Rules:
    """Return the rules that count on a day."""
    entries = _entries()
    return Rules(
        _counting((Cap(e["channel"], e["from"], e["most"], e["days"]) for e in entries["cap"]), day),
        _counting((Quiet(e["channel"], e["from"], _time(e["begins"]), _time(e["ends"])) for e in entries["quiet"]), day),
        _counting((Cooldown(e["channel"], e["from"], e["days"]) for e in entries["cooldown"]), day),
        max((e for e in entries["holdout"] if e["from"] <= day), key=lambda e: e["from"], default={"share": 0.0})["share"],
    )  # fmt: skip


def check_rules() -> None:
    """Read the rules. Raises BadSetting: a file that cannot be read stops the start, not the first campaign."""
    _entries()


@cache
def _entries() -> dict[str, list[dict[str, Any]]]:
    """Read all rules. Raises BadSetting for a file that cannot be read or says nothing sensible."""
    own = environment().contact_rules
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in ("cap", "quiet", "cooldown", "holdout")}
    for path in (SHIPPED, *((Path(own),) if own else ())):
        for key, entries in _read(path).items():
            found[key] += entries
    return found


def _read(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        found = {key: list(held.pop(key, [])) for key in ("cap", "quiet", "cooldown", "holdout")}
        _refuse_strange(held)
        for entry in (e for entries in found.values() for e in entries):
            _check(entry)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise BadSetting(
            Text(
                f"KEHU_CONTACT_RULES：{path.name} 读不懂（{fault}）。每条规则要有 channel、from（日期），以及 most 和 days、begins 和 ends，或 share。",
                f"KEHU_CONTACT_RULES: {path.name} cannot be read ({fault}). A rule has channel, from (a date), and most and days, begins and ends, or share.",
            )
        ) from fault
    return found


def _refuse_strange(held: dict[str, Any]) -> None:
    if held:
        raise ValueError(next(iter(held)))


def _check(entry: dict[str, Any]) -> None:
    if type(entry["from"]) is not date:
        raise ValueError(f"from = {entry['from']}")
    for key, most in (("days", MOST_DAYS), ("most", 10_000)):
        if key in entry and (type(entry[key]) is not int or not 1 <= entry[key] <= most):
            raise ValueError(f"{key} = {entry[key]}")
    if "share" in entry and not 0 <= float(entry["share"]) < 1:
        raise ValueError(f"share = {entry['share']}")
    for key in ("begins", "ends"):
        if key in entry:
            _time(entry[key])


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _counting(rules: Iterable[_Rule], day: date) -> tuple[_Rule, ...]:
    """Return of each channel the rule that was made last; of those of one day the later in the file."""
    latest: dict[str, _Rule] = {}
    for rule in sorted(rules, key=lambda one: one.since):
        if rule.since <= day:
            latest[rule.channel] = rule
    return tuple(latest.values())


def _own(rules: Iterable[_Rule], channel: str) -> _Rule | None:
    found = {rule.channel: rule for rule in rules}
    return found.get(channel) or found.get(EVERY)
