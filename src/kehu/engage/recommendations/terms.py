"""What an offer says, before it is kept: its words, dates and numbers, and what is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kehu.engage.models.recommendations import KINDS
from kehu.engage.recommendations.rules import RawRule
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text

KEY = re.compile(r"^[a-z][a-z0-9_]{0,63}$")
RESERVED = frozenset({"for", "count", "try"})
MOST_NAME, MOST_WORDS, MOST_EVENT = 100, 500, 200
MOST_PRIORITY, MOST_DAYS, MOST_HOLDOUT = 100, 3_650, 0.5


class OfferNotFound(NotFound):
    """No offer has this key."""

    code = "offer_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个推荐。", "There is no such offer."))


class OfferTaken(Conflict):
    """Another offer has this key."""

    code = "offer_taken"

    def __init__(self, key: str) -> None:
        super().__init__(
            Text(
                f"代码“{key}”已有推荐使用，换一个。",
                f"An offer has the key “{key}” already; choose another one.",
            )
        )


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """All that an offer says. Rests are in days; `holdout_share` is from 0 to 0.5."""

    kind: str
    name: Text
    description: Text
    reason: Text
    rule: RawRule
    priority: int = 50
    starts_on: date | None = None
    ends_on: date | None = None
    holdout_share: float = 0.0
    rest_after_shown: int = 30
    rest_after_answer: int = 180
    goal_event: str = ""
    is_active: bool = True


def check_key(key: str) -> None:
    """Raise Invalid unless a key can be one."""
    if not KEY.match(key) or key in RESERVED:
        raise Invalid(
            Text(
                "代码以小写字母开头，只含小写字母、数字和下划线；for、count、try 另有用处。",
                "A key starts with a small letter and has small letters, digits and underscores; for, count and try are taken.",
            )
        )


def check_terms(terms: OfferTerms) -> None:
    """Raise Invalid for the first thing that cannot stand. The rule is checked by itself."""
    for is_wrong, text in (
        (terms.kind not in KINDS, Text(f"类别只有：{'、'.join(KINDS)}。", f"A kind is one of {', '.join(KINDS)}.")),
        (not _fits(terms.name, MOST_NAME), Text("写中文和英文名称，最多 100 字。", "Give a Chinese and an English name of at most 100 characters.")),
        (not _fits(terms.reason, MOST_WORDS), Text("用中文和英文各写一句推荐理由，最多 500 字。", "Give the reason in Chinese and in English, 500 characters at most.")),
        (max(map(len, terms.description)) > MOST_WORDS, Text("说明最多 500 字。", "A description has 500 characters at most.")),
        (len(terms.goal_event) > MOST_EVENT, Text("目标事件的名称太长。", "The name of the goal event is too long.")),
        (not 1 <= terms.priority <= MOST_PRIORITY, Text("优先级从 1 到 100。", "Priority is from 1 to 100.")),
        (not 0 <= terms.holdout_share <= MOST_HOLDOUT, Text("对照组最多一半。", "At most half is held out.")),
        (not all(0 <= days <= MOST_DAYS for days in (terms.rest_after_shown, terms.rest_after_answer)), Text("间隔从 0 到 3,650 天。", "A rest has 0 to 3,650 days.")),
        (terms.starts_on and terms.ends_on and terms.starts_on > terms.ends_on, Text("开始日期不能晚于结束日期。", "The first day is not after the last.")),
    ):  # fmt: skip
        if is_wrong:
            raise Invalid(text)


def _fits(words: Text, most: int) -> bool:
    return all(one.strip() and len(one) <= most for one in words)


def values_of(terms: OfferTerms) -> Mapping[str, Any]:
    """Return the columns of an offer's row."""
    return {
        "kind": terms.kind, "name_zh": terms.name.zh.strip(), "name_en": terms.name.en.strip(),
        "description_zh": terms.description.zh.strip(), "description_en": terms.description.en.strip(),
        "reason_zh": terms.reason.zh.strip(), "reason_en": terms.reason.en.strip(),
        "purpose": terms.rule.purpose, "eligibility": dict(terms.rule.eligibility),
        "suppression": dict(terms.rule.suppression) if terms.rule.suppression else None,
        "priority": terms.priority, "starts_on": terms.starts_on, "ends_on": terms.ends_on,
        "holdout_share": terms.holdout_share, "rest_after_shown": terms.rest_after_shown,
        "rest_after_answer": terms.rest_after_answer, "goal_event": terms.goal_event.strip(),
        "is_active": terms.is_active,
    }  # fmt: skip
