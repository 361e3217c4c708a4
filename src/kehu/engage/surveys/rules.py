"""What an answer sets off, and what calls for an invitation: rules as data, checked when they are written."""

from collections.abc import Mapping
from typing import Any

from kehu.engage.surveys.form.questions import SCORES, Definition
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

MOST_DAYS = 365


def check_rule(raw: Mapping[str, Any], definition: Definition, mode: str) -> dict[str, Any]:
    """Return a rule `{question, at_most, due_days}` that opens a task, or nothing. Raises Invalid."""
    if not raw:
        return {}
    if mode != "personal":
        raise Invalid(
            Text(
                "只有个人链接的问卷知道是谁答的，才能建待办。",
                "Only a survey with personal links knows who answered, and can open tasks.",
            )
        )
    asked = definition.by_name().get(str(raw.get("question")))
    if asked is None or asked.kind not in {*SCORES, "rating"}:
        raise Invalid(Text("规则要指向一道打分题。", "The rule must name a question with a score."))
    return {
        "question": asked.name,
        "at_most": _whole(raw.get("at_most"), int(asked.lowest or 0), int(asked.highest or 0)),
        "due_days": _whole(raw.get("due_days", 3), 0, MOST_DAYS),
    }


def check_trigger(raw: Mapping[str, Any], mode: str) -> dict[str, Any]:
    """Return a trigger `{event, where, purpose, link_days}` that invites after an event, or nothing. Raises Invalid."""
    if not raw:
        return {}
    if mode != "personal":
        raise Invalid(
            Text("按事件邀请要用个人链接。", "To invite after an event a survey needs personal links.")
        )
    event, where = raw.get("event"), raw.get("where", {})
    if not isinstance(event, str) or not event.strip() or not raw.get("purpose"):
        raise Invalid(Text("写明事件名和目的。", "Name the event and the purpose."))
    if not isinstance(where, Mapping) or len(where) > 5:  # noqa: PLR2004 (more is a segment, not a trigger)
        raise Invalid(Text("条件最多五个。", "There may be five conditions at most."))
    if not all(isinstance(value, (str, int, float, bool)) for value in where.values()):
        raise Invalid(Text("条件的值只能是文字或数字。", "A condition's value is a text or a figure."))
    return {
        "event": event.strip()[:100], "where": dict(where), "purpose": str(raw["purpose"]),
        "link_days": _whole(raw.get("link_days", 14), 1, MOST_DAYS),
    }  # fmt: skip


def _whole(value: Any, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise Invalid(
            Text(
                f"要写 {lowest} 到 {highest} 的整数。", f"Must be a whole number from {lowest} to {highest}."
            )
        )
    return int(value)
