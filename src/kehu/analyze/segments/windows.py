"""How often and when: the times of an event and the window in which it counts."""

from collections.abc import Mapping
from typing import Any

from kehu.analyze.segments.tree import Window
from kehu.analyze.segments.values import MOST_DAYS, PAIR, Raw, at, only, read_day, read_whole, refuse

HOURS = 24
MOST_TIMES = 1_000_000


def read_times(raw: Any, path: str) -> tuple[int, int | None]:
    """Return how many times at least and at most."""
    if not isinstance(raw, Mapping) or not raw:
        refuse(path, "写成 at_least、at_most 或 exactly。", "This is at_least, at_most or exactly.")
    only(raw, path, "at_least", "at_most", "exactly")
    if "exactly" in raw:
        only(raw, path, "exactly")
        times = read_whole(raw["exactly"], at(path, "exactly"), 0, MOST_TIMES)
        return times, times
    least = read_whole(raw.get("at_least", 0), at(path, "at_least"), 0, MOST_TIMES)
    if "at_most" not in raw:
        return least, None
    return least, read_whole(raw["at_most"], at(path, "at_most"), least, MOST_TIMES)


def read_window(raw: Raw, path: str) -> Window:
    """Return the window of an event; none is always."""
    given, place = raw.get("within", {}), at(path, "within")
    if not isinstance(given, Mapping):
        refuse(place, "要是一个对象。", "This is an object.")
    only(given, place, "last_days", "last_hours", "days_ago", "from", "to")
    if "from" in given or "to" in given:
        only(given, place, "from", "to")
        first = read_day(given["from"], at(place, "from")) if "from" in given else None
        last = read_day(given["to"], at(place, "to")) if "to" in given else None
        if first and last and first > last:
            refuse(place, "前一个不能晚于后一个。", "The first is not after the second.")
        return Window(first=first, last=last)
    if "days_ago" in given:
        only(given, place, "days_ago")
        return _days_ago(given["days_ago"], at(place, "days_ago"))
    if "last_days" in given:
        only(given, place, "last_days")
        return Window(
            since_hours=HOURS * read_whole(given["last_days"], at(place, "last_days"), 1, MOST_DAYS)
        )
    if "last_hours" in given:
        return Window(
            since_hours=read_whole(given["last_hours"], at(place, "last_hours"), 1, MOST_DAYS * HOURS)
        )
    return Window()


def _days_ago(raw: Any, path: str) -> Window:
    if not isinstance(raw, list) or len(raw) != PAIR:
        refuse(path, "写成 [90, 30]：90 天前到 30 天前。", "This is [90, 30]: from 90 to 30 days ago.")
    since = read_whole(raw[0], f"{path}[0]", 1, MOST_DAYS)
    until = read_whole(raw[1], f"{path}[1]", 0, since - 1)
    return Window(since_hours=HOURS * since, until_hours=HOURS * until)
