"""Lifecycles to begin with, of a bank and of a shop: windows and counts are a start, to be made one's own.

The bank's events are those of the banking pack's mappings; the shop's are those of the Segment e-commerce specification.
"""

from typing import Any, NamedTuple

from kehu.platform.text import Text

_AT_THE_BANK = ("消费", "转入", "转出", "存款", "取款", "理财申购")
_ORDER = "Order Completed"
Rule = dict[str, Any]


class Standard(NamedTuple):
    """A lifecycle to begin with."""

    key: str
    name: Text
    definition: dict[str, Any]


def standards() -> tuple[Standard, ...]:
    """Return the lifecycles to begin with."""
    return banking(), retail()


def banking() -> Standard:
    """Return that of a bank: by the account's age, and by what the customer does himself."""
    known, older = {"field": "opened_on", "op": "not_empty"}, _opened_before
    stages = [
        _stage("prospect", "潜在", "Prospect", {"field": "opened_on", "op": "empty"}),
        _stage("new", "新客", "New", {"field": "opened_on", "op": "last_days", "value": 90}),
        _stage("growing", "成长", "Growing", {"all": [older(90), _any_done({"last_days": 90})]}),
        _stage(
            "mature", "成熟", "Mature",
            {"all": [older(90), {"any": [
                {"event": "消费", "times": {"at_least": 10}, "within": {"last_days": 90}},
                {"event": "理财申购", "within": {"last_days": 365}},
            ]}, _any_done({"last_days": 90})]},
        ),
        _stage(
            "declining", "衰退", "Declining",
            {"all": [older(90), _any_done({"days_ago": [180, 90]}), {"not": _any_done({"last_days": 90})}]},
        ),
        _stage("dormant", "沉睡", "Dormant", {"all": [known, older(180), {"not": _any_done({"last_days": 180})}]}),
        _stage("lost", "流失", "Lost", {"all": [known, older(365), {"not": _any_done({"last_days": 365})}]}),
    ]  # fmt: skip
    return Standard(
        "banking", Text("银行客户", "Customers of a bank"), {"stages": stages, "since": "opened_on"}
    )


def retail() -> Standard:
    """Return that of a shop: by orders."""
    ever, lately = {"event": _ORDER}, {"event": _ORDER, "within": {"last_days": 90}}
    stages = [
        _stage("prospect", "潜在", "Prospect", {"all": []}),
        _stage("first", "首购", "First order", lately),
        _stage("active", "活跃", "Active", {"all": [lately, _ordered(2)]}),
        _stage("loyal", "忠诚", "Loyal", {"all": [lately, _ordered(5)]}),
        _stage("at_risk", "有流失风险", "At risk", {"all": [ever, {"not": lately}]}),
        _stage("dormant", "沉睡", "Dormant", {"all": [ever, {"not": {"event": _ORDER, "within": {"last_days": 180}}}]}),
        _stage("lost", "流失", "Lost", {"all": [ever, {"not": {"event": _ORDER, "within": {"last_days": 365}}}]}),
    ]  # fmt: skip
    return Standard("retail", Text("零售客户", "Customers of a shop"), {"stages": stages})


def _stage(key: str, zh: str, en: str, when: Rule) -> Rule:
    return {"key": key, "name": {"zh": zh, "en": en}, "when": when}


def _opened_before(days: int) -> Rule:
    return {"field": "opened_on", "op": "not_last_days", "value": days}


def _any_done(within: dict[str, Any]) -> Rule:
    return {"any": [{"event": one, "within": within} for one in _AT_THE_BANK]}


def _ordered(times: int) -> Rule:
    return {"event": _ORDER, "times": {"at_least": times}, "within": {"last_days": 365}}
