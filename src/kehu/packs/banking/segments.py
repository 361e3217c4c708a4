"""Groups of customers that a bank looks at first: definitions to begin with. Bounds are examples of the demo."""

from datetime import date
from typing import Any, NamedTuple

YOUNG_UNTIL, ADULT = 35, 18
SAVERS = "常用手机银行、未持理财"
"""To whom the demo's campaign goes."""

_SIGNS_OF_LIFE = ("消费", "转入", "转出", "存款", "取款", "登录", "服务工单")


class PackSegment(NamedTuple):
    """A segment of the pack: for what it is used, and whom it describes."""

    name: str
    purpose: str
    definition: dict[str, Any]


def segments(today: date) -> tuple[PackSegment, ...]:
    """Return the segments; who is young follows from today's year."""
    return (
        PackSegment(
            "年轻储蓄客户", "wealth_marketing",
            {
                "all": [
                    {"field": "birth_year", "op": "gte", "value": today.year - YOUNG_UNTIL},
                    {"field": "birth_year", "op": "lt", "value": today.year - ADULT},
                    {"field": "deposit_balance", "op": "gte", "value": 10_000},
                ]
            },
        ),
        PackSegment(
            SAVERS, "wealth_marketing",
            {
                "all": [
                    {"field": "birth_year", "op": "lt", "value": today.year - ADULT},
                    {"field": "deposit_balance", "op": "gte", "value": 5_000},
                    {"event": "登录", "within": {"last_days": 90}},
                    {"any": [{"field": "wealth_value", "op": "empty"}, {"field": "wealth_value", "op": "eq", "value": 0}]},
                ]
            },
        ),
        PackSegment(
            "高净值客户", "wealth_marketing", {"all": [{"field": "aum", "op": "gte", "value": 1_000_000}]}
        ),
        PackSegment(
            "沉睡客户", "service_care",
            {
                "all": [
                    {"field": "opened_on", "op": "not_last_days", "value": 365},
                    *(_never(event) for event in _SIGNS_OF_LIFE),
                ]
            },
        ),
        PackSegment(
            "流失征兆", "service_care",
            {
                "all": [
                    {"event": "转出", "where": [{"property": "amount", "op": "lte", "value": -50_000}],
                     "within": {"last_days": 90}},
                    {"any": [
                        {"event": "服务工单", "where": [_is("category", "投诉")], "within": {"last_days": 180}},
                        {"event": "服务工单", "where": [{"property": "satisfaction", "op": "lte", "value": 2}],
                         "within": {"last_days": 180}},
                    ]},
                ]
            },
        ),
    )  # fmt: skip


def _never(event: str) -> dict[str, Any]:
    return {"event": event, "times": {"exactly": 0}, "within": {"last_days": 180}}


def _is(name: str, value: str) -> dict[str, Any]:
    return {"property": name, "op": "is", "value": value}
