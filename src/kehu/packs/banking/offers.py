"""What a bank may offer by rule: three products and a service, each with the sentence of its rule.

Amounts and days are examples of the demo. A customer's risk level is at least the product's, and an assessment that has
expired suits nobody; while a complaint is open no product is offered.
"""

from typing import Any

from kehu.engage.recommendations.rules import RawRule
from kehu.engage.recommendations.terms import OfferTerms
from kehu.platform.text import Text

COMPLAINT_OPEN: dict[str, Any] = {
    "event": "服务工单",
    "where": [
        {"property": "category", "op": "is", "value": "投诉"},
        {"property": "resolved_at", "op": "empty"},
    ],
    "within": {"last_days": 90},
}
_NO_PRODUCT: dict[str, Any] = {"any": [COMPLAINT_OPEN]}
_VALID_RISK: dict[str, Any] = {"field": "risk_expires_on", "op": "next_days", "value": 400}

OFFERS: dict[str, OfferTerms] = {
    "large_deposit": OfferTerms(
        kind="product",
        name=Text("大额存单", "Large-sum certificate of deposit"),
        description=Text("20 万元起存，一至三年，利率高于同期定期。", "From CNY 200,000 for one to three years, above the usual rate."),
        reason=Text("存款在 20 万元以上，转一部分可以得到更高的利率。", "More than CNY 200,000 lies on deposit; part of it could earn a better rate."),
        rule=RawRule(
            "wealth_marketing",
            {"all": [{"field": "deposit_balance", "op": "gte", "value": 200_000}]},
            _NO_PRODUCT,
        ),
        priority=60, holdout_share=0.05, goal_event="购买理财",
    ),
    "wealth_renewal": OfferTerms(
        kind="product",
        name=Text("理财到期续接", "Renewal of a matured wealth product"),
        description=Text("R2 级稳健理财，90 天或 180 天。", "Steady wealth products of risk R2, for 90 or 180 days."),
        reason=Text("近一个月有理财赎回，资金还没有安排，风险等级也适合。", "A wealth product was redeemed within a month, and the risk level suits."),
        rule=RawRule(
            "wealth_marketing",
            {
                "all": [
                    {"event": "理财赎回", "within": {"last_days": 30}},
                    {"field": "risk_level", "op": "in", "value": ["C2", "C3", "C4", "C5"]},
                    _VALID_RISK,
                ]
            },
            _NO_PRODUCT,
        ),
        priority=80, holdout_share=0.05, goal_event="购买理财",
    ),
    "first_card": OfferTerms(
        kind="product",
        name=Text("首张信用卡", "First credit card"),
        description=Text("首年免年费，消费返现。", "No fee in the first year, with cash back."),
        reason=Text("开户不到三年，有储蓄，还没有我行信用卡。", "With us for less than three years, saves with us, and has no credit card of ours."),
        rule=RawRule(
            "credit_marketing",
            {
                "all": [
                    {"field": "opened_on", "op": "last_days", "value": 1_095},
                    {"field": "deposit_balance", "op": "gte", "value": 10_000},
                    {"field": "credit_limit", "op": "empty"},
                ]
            },
            _NO_PRODUCT,
        ),
        priority=40, holdout_share=0.1,
    ),
    "risk_review": OfferTerms(
        kind="service",
        name=Text("风险测评更新", "Risk assessment due"),
        description=Text("五分钟，可在手机银行或网点办理。", "Five minutes, in the app or at a branch."),
        reason=Text("风险评估已过期或一个月内到期，过期后不能购买理财。", "The risk assessment has expired or will within a month; without one no wealth product can be bought."),
        rule=RawRule(
            "service_care",
            {
                "any": [
                    {"field": "risk_expires_on", "op": "last_days", "value": 365},
                    {"field": "risk_expires_on", "op": "next_days", "value": 30},
                ]
            },
        ),
        priority=90, rest_after_shown=7, rest_after_answer=300,
    ),
}  # fmt: skip
