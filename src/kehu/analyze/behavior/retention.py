"""From the JSON of a retention question to its two events, its calendar periods, and how a return counts.

A cohort is those whose first ever such event falls into a period (`first`), or who did it in the period (`any`, so that a
customer may be in several). Who comes back does so in a later period: `in` exactly that one, or `since`, in it or a later one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, cast

from kehu.analyze.behavior.asking import read_one_step, read_population
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.tree import Definition, Step
from kehu.analyze.segments.values import Raw, only, read_whole, refuse

Unit = Literal["week", "month"]
Cohorts = Literal["first", "any"]
Kind = Literal["in", "since"]
KEYS = ("begin", "cohorts_by", "back", "unit", "cohorts", "kind", "population", "zone")
FEWEST, MOST = 2, 26
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Retention:
    """What makes a cohort, what is coming back, and over how many weeks (from Monday) or months, the present one included."""

    begin: Step
    cohorts_by: Cohorts
    back: Step
    unit: Unit
    count: int
    kind: Kind
    population: Definition


@dataclass(frozen=True, slots=True)
class Cell:
    """Those of the cohort that begins on a day, `later` periods on: who came back or, `is_away`, who did not. 0: the cohort itself."""

    cohort: date
    later: int
    is_away: bool


def read_retention(raw: Any, book: Book) -> Retention:
    """Return a question. Raises DefinitionInvalid. Without `back` coming back is the same event again."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    only(raw, "", *KEYS)
    begin = read_one_step(raw.get("begin"), "begin")
    return Retention(
        begin,
        cast("Cohorts", _one_of(raw, "cohorts_by", ("first", "any"))),
        read_one_step(raw["back"], "back") if "back" in raw else begin,
        cast("Unit", _one_of(raw, "unit", ("week", "month"))),
        read_whole(raw.get("cohorts", 8), "cohorts", FEWEST, MOST),
        cast("Kind", _one_of(raw, "kind", ("in", "since"))),
        read_population(raw, book),
    )


def periods(unit: Unit, count: int, today: date) -> tuple[date, ...]:
    """Return the first days of so many periods, of which the last but one holds today; the last only ends it."""
    if unit == "week":
        present = today - timedelta(days=today.weekday())
        return tuple(present + A_WEEK * place for place in range(1 - count, 2))
    month = today.year * 12 + today.month - 1
    return tuple(date(one // 12, one % 12 + 1, 1) for one in range(month + 1 - count, month + 2))


def behind_cell(raw: Raw, retention: Retention, cell: Cell, today: date) -> dict[str, Any]:
    """Return the definition of a segment: the same customers as a cell of the question (as it was read) counts.

    Raises DefinitionInvalid where there is no such cell.
    """
    days = periods(retention.unit, retention.count, today)
    if cell.cohort not in days[:-1]:
        refuse("cohort", "没有从这一天开始的一期。", "No period begins on this day.")
    place = days.index(cell.cohort)
    if not 0 <= cell.later < retention.count - place:
        refuse("later", "还没有到这一期。", "This period has not come yet.")
    parts: list[Any] = [raw["population"]] if raw.get("population") else []
    parts.append(_done(raw["begin"], days[place], days[place + 1]))
    if retention.cohorts_by == "first":
        parts.append({"not": _done(raw["begin"], None, days[place])})
    if cell.later:
        target = place + cell.later
        end = days[target + 1] if retention.kind == "in" else days[-1]
        came = _done(raw.get("back", raw["begin"]), days[target], end)
        parts.append({"not": came} if cell.is_away else came)
    zone = {"zone": raw["zone"]} if "zone" in raw else {}
    return {"all": parts, **zone}


def _done(step: Raw, first: date | None, end: date) -> dict[str, Any]:
    """Return the condition that an event happened from a day, or ever, until before another."""
    since = {} if first is None else {"from": first.isoformat()}
    until = {"to": (end - timedelta(days=1)).isoformat()}
    return {**step, "times": {"at_least": 1}, "within": {**since, **until}}


def _one_of(raw: Raw, key: str, options: tuple[str, ...]) -> str:
    given = raw.get(key, options[0])
    if given not in options:
        refuse(key, f"要是其中之一：{'、'.join(options)}。", f"This is one of: {', '.join(options)}.")
    return str(given)
