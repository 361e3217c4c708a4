"""From the JSON of a funnel to its steps, time limit and window; and to the segment of those who stopped at a step.

A try begins with any occurrence of the first step within the window. Each further step is the earliest occurrence that is
later than the step before (of two at one instant neither is later), within the limit from the beginning of the try and
within the window. A customer counts once, by the try that came furthest; of several, by the one that began last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kehu.analyze.behavior.asking import read_population, read_steps
from kehu.analyze.segments.reading import FEWEST_STEPS
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.tree import Definition, Step, Window
from kehu.analyze.segments.values import MOST_DAYS, Raw, at, only, read_text, read_whole, refuse
from kehu.analyze.segments.windows import HOURS, read_window

KEYS = ("steps", "in_hours", "within", "population", "by", "zone")
DIVIDING = ("code", "text", "yes_no")
UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps, how many hours a try may take, when its events count, of whom, and by what it is divided: `unit`, a field or nothing."""

    steps: tuple[Step, ...]
    hours: int
    window: Window
    population: Definition
    by: str


def read_funnel(raw: Any, book: Book) -> Funnel:
    """Return a funnel. Raises DefinitionInvalid."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    only(raw, "", *KEYS)
    return Funnel(
        read_steps(raw.get("steps"), "steps", FEWEST_STEPS),
        read_whole(raw.get("in_hours"), "in_hours", 1, MOST_DAYS * HOURS),
        read_window(raw, ""),
        read_population(raw, book),
        read_dividing(raw, book),
    )


def read_dividing(raw: Raw, book: Book) -> str:
    """Return by what a question is divided: the unit, a field with few values, or nothing."""
    by = raw.get("by", "")
    if by in ("", UNIT):
        return str(by)
    if book.kinds.get(read_text(by, "by")) not in DIVIDING:
        refuse(
            "by",
            "只能按机构、代码或文字字段拆分。",
            "Only units, codes and texts divide a funnel.",
        )
    return str(by)


def behind_step(raw: Raw, step: int, *, has_stopped: bool) -> dict[str, Any]:
    """Return the definition of a segment: those whose funnel (as it was read) ended with a step, or who came so far.

    `step` is from 1. The same customers as the funnel counts: the sequence of a segment is a try that succeeds.
    """
    parts: list[Any] = [raw["population"]] if raw.get("population") else []
    parts.append(_so_far(raw, step))
    if has_stopped and step < len(raw["steps"]):
        parts.append({"not": _so_far(raw, step + 1)})
    zone = {"zone": raw["zone"]} if "zone" in raw else {}
    return {"all": parts, **zone}


def _so_far(raw: Raw, step: int) -> dict[str, Any]:
    within = {"within": raw["within"]} if raw.get("within") else {}
    if step == 1:
        return {**raw["steps"][0], "times": {"at_least": 1}, **within}
    return {"sequence": list(raw["steps"][:step]), "in_hours": raw["in_hours"], **within}


def read_place(step: int, funnel: Funnel) -> int:
    """Return a step that there is, from 1."""
    if not 1 <= step <= len(funnel.steps):
        refuse(at("", "step"), "没有这一步。", "There is no such step.")
    return step
