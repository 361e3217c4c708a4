"""What an answer sets off: a rule as data, checked when it is written."""

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


def _whole(value: Any, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise Invalid(
            Text(
                f"要写 {lowest} 到 {highest} 的整数。", f"Must be a whole number from {lowest} to {highest}."
            )
        )
    return int(value)
