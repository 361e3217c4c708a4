"""What can be asked of a value, by the kind of field: the words of the builder, of the schema and of the sentence."""

from typing import NamedTuple

from kehu.analyze.segments.tree import Kind, Operator
from kehu.platform.text import Text


class Form(NamedTuple):
    """An operator: its words, of which kinds of field it asks, how many values it takes (`many`: one or more), an example."""

    text: Text
    kinds: tuple[Kind, ...]
    takes: str
    example: dict[str, object]


MOST_VALUES = 1_000
_WORDS: tuple[Kind, ...] = ("text", "code")
_EVERY: tuple[Kind, ...] = ("text", "code", "number", "date", "yes_no")

OPERATORS: dict[Operator, Form] = {
    "is": Form(Text("等于", "is"), ("text", "code", "yes_no"), "one", {"field": "tier", "op": "is", "value": "钻石"}),
    "is_not": Form(Text("不等于", "is not"), ("text", "code", "yes_no"), "one", {"field": "tier", "op": "is_not", "value": "普通"}),
    "in": Form(Text("属于", "is one of"), _WORDS, "many", {"field": "tier", "op": "in", "value": ["钻石", "白金"]}),
    "not_in": Form(Text("不属于", "is none of"), _WORDS, "many", {"field": "risk_level", "op": "not_in", "value": ["C1"]}),
    "contains": Form(Text("包含", "contains"), ("text",), "one", {"field": "region", "op": "contains", "value": "西湖"}),
    "not_contains": Form(Text("不包含", "does not contain"), ("text",), "one", {"field": "occupation", "op": "not_contains", "value": "学生"}),
    "starts": Form(Text("开头是", "starts with"), ("text",), "one", {"field": "region", "op": "starts", "value": "浙江"}),
    "ends": Form(Text("结尾是", "ends with"), ("text",), "one", {"field": "region", "op": "ends", "value": "区"}),
    "empty": Form(Text("没有值", "is empty"), _EVERY, "none", {"field": "occupation", "op": "empty"}),
    "not_empty": Form(Text("有值", "is not empty"), _EVERY, "none", {"field": "opened_on", "op": "not_empty"}),
    "eq": Form(Text("等于", "equals"), ("number",), "one", {"field": "product_count", "op": "eq", "value": 0}),
    "ne": Form(Text("不等于", "does not equal"), ("number",), "one", {"field": "product_count", "op": "ne", "value": 1}),
    "gt": Form(Text("大于", "is more than"), ("number",), "one", {"field": "aum", "op": "gt", "value": 0}),
    "gte": Form(Text("大于等于", "is at least"), ("number",), "one", {"field": "aum", "op": "gte", "value": 500_000}),
    "lt": Form(Text("小于", "is less than"), ("number",), "one", {"field": "aum", "op": "lt", "value": 10_000}),
    "lte": Form(Text("小于等于", "is at most"), ("number",), "one", {"field": "loan_balance", "op": "lte", "value": 0}),
    "between": Form(Text("介于（含两端）", "is between, both included"), ("number",), "two", {"field": "aum", "op": "between", "value": [50_000, 500_000]}),
    "on": Form(Text("在这一天", "is on"), ("date",), "one", {"field": "opened_on", "op": "on", "value": "2019-04-18"}),
    "before": Form(Text("早于", "is before"), ("date",), "one", {"field": "opened_on", "op": "before", "value": "2020-01-01"}),
    "after": Form(Text("晚于", "is after"), ("date",), "one", {"field": "opened_on", "op": "after", "value": "2025-12-31"}),
    "from_to": Form(Text("从…到…（含两端）", "is from … to …, both included"), ("date",), "two", {"field": "opened_on", "op": "from_to", "value": ["2019-01-01", "2019-12-31"]}),
    "last_days": Form(Text("在最近几天内（含今天）", "is in the last days, today included"), ("date",), "days", {"field": "opened_on", "op": "last_days", "value": 30}),
    "not_last_days": Form(Text("不在最近几天内", "is not in the last days"), ("date",), "days", {"field": "opened_on", "op": "not_last_days", "value": 365}),
    "next_days": Form(Text("在今后几天内（含今天）", "is in the next days, today included"), ("date",), "days", {"field": "risk_expires_on", "op": "next_days", "value": 30}),
    "anniversary_days": Form(Text("周年在今后几天内（含今天）", "has its anniversary in the next days, today included"), ("date",), "days", {"field": "opened_on", "op": "anniversary_days", "value": 7}),
}  # fmt: skip
"""`not_last_days` is met by what is not known, too: who never opened an account did not open one lately."""

MET_BY_NOTHING: frozenset[Operator] = frozenset(
    {"is_not", "not_in", "not_contains", "empty", "ne", "not_last_days"}
)
"""Operators that a value which is not known meets."""
