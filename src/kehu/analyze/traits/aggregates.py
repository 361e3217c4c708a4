"""What can be made of a customer's events: the words of the form, of the schema and of the page."""

from typing import Literal, NamedTuple

from kehu.platform.text import Text

Aggregate = Literal[
    "count", "sum", "average", "min", "max", "first", "last", "most_frequent", "distinct", "days_since", "trend"
]  # fmt: skip
TraitKind = Literal["number", "text", "since"]
SECONDS_A_DAY = 86_400


class Form(NamedTuple):
    """An aggregate: its words, what it does, whether it is of a property (`none`, `may`, `must`), and of which kinds."""

    text: Text
    hint: Text
    takes: str
    kinds: tuple[str, ...]
    is_zero_without: bool


AGGREGATES: dict[Aggregate, Form] = {
    "count": Form(Text("次数", "Count"), Text("发生了几次", "How often it happened"), "none", ("number",), is_zero_without=True),
    "sum": Form(Text("合计", "Sum"), Text("属性的合计", "The sum of a property"), "must", ("number",), is_zero_without=True),
    "average": Form(Text("平均", "Average"), Text("属性的平均值", "The mean of a property"), "must", ("number",), is_zero_without=False),
    "min": Form(Text("最小", "Least"), Text("属性的最小值", "The least of a property"), "must", ("number",), is_zero_without=False),
    "max": Form(Text("最大", "Most"), Text("属性的最大值", "The most of a property"), "must", ("number",), is_zero_without=False),
    "first": Form(Text("第一次的值", "First value"), Text("最早一次的属性值", "The property of the earliest"), "must", ("text", "number"), is_zero_without=False),
    "last": Form(Text("最近一次的值", "Last value"), Text("最近一次的属性值", "The property of the latest"), "must", ("text", "number"), is_zero_without=False),
    "most_frequent": Form(Text("最常见的值", "Most frequent"), Text("出现最多的属性值；一样多时取最近的", "The property seen most; of equals the latest"), "must", ("text",), is_zero_without=False),
    "distinct": Form(Text("不同值个数", "Distinct values"), Text("属性有几种不同的值", "How many values a property took"), "must", ("number",), is_zero_without=True),
    "days_since": Form(Text("距今天数", "Days since"), Text("距最近一次过去了几个整天，随时间自己增加", "Whole days since the latest; grows by itself"), "none", ("since",), is_zero_without=False),
    "trend": Form(Text("增减", "Change"), Text("这段时间减去前一段同样长的时间：次数，或属性的合计", "This span less the one before of the same length: of times, or of a property's sum"), "may", ("number",), is_zero_without=True),
}  # fmt: skip
"""`is_zero_without`: a customer to whom nothing happened has 0; of the others he has no value."""
