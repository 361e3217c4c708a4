"""The cards that there are, and the dashboards of the release that are arranged from them."""

from dataclasses import dataclass

from kehu.analyze.dashboards.card import Card
from kehu.analyze.dashboards.figures import kept, life, people, value, voices
from kehu.platform.text import Text

_FIFTHS = {
    one.split("–")[0]: Text(f"{one}%", f"{one}%") for one in ("0–19", "20–39", "40–59", "60–79", "80–100")
}
CARDS: dict[str, Card] = {
    card.key: card
    for card in (
        Card("customers_total", Text("客户", "Customers"),
             Text("您能看到的客户，截至期末", "Customers whom you can see, at the end of the period"),
             "number", people.total, {"": "customers"}),
        Card("customers_new", Text("新客户", "New customers"),
             Text("开户日在本期；没有开户日的，按首次认识的日子", "Opened in the period; without that day, first known then"),
             "number", people.new, {"": "customers"}),
        Card("customers_new_over_time", Text("新客户走势", "New customers over time"),
             Text("按步计数，虚线是比较期", "By step; the dashed line is the period compared with"),
             "line", people.new_by_step, {"": "customers"}, over="time"),
        Card("customers_by_unit", Text("各机构客户", "Customers by unit"), Text("按归属机构", "By home unit"),
             "bar", people.by_unit, {"": "customers"}, over="unit", is_compared=False),
        Card("new_by_unit", Text("各机构新客户", "New customers by unit"), Text("颜色越深人数越多", "The darker, the more"),
             "heat", people.new_by_unit, {"": "customers"}, over="time", is_compared=False),
        Card("completeness", Text("资料完整度", "Completeness"),
             Text("平均，含 95% 区间", "On average, with the 95% interval"),
             "number", people.completeness, {"": "mean"}, is_compared=False),
        Card("completeness_bands", Text("完整度分布", "Completeness of profiles"),
             Text("每档是完整度的五分之一", "Each bar is a fifth of the scale"),
             "bar", people.by_completeness, {"": "customers"}, over="word", is_compared=False,
             words=_FIFTHS),
        Card("records_by_source", Text("各来源客户", "Customers by source"),
             Text("每个来源认识多少位客户", "How many customers each source knows"),
             "bar", kept.records_by_source, {"": "customers"}, over="source", is_compared=False),
        Card("records_joined", Text("由几条记录合成", "Records joined into one"),
             Text("每位客户背后的来源记录数", "Source records behind each customer"),
             "bar", people.by_records, {"": "customers"}, over="word", is_compared=False,
             words={str(n): Text(f"{n} 条", f"{n}") for n in range(1, people.MANY)}
             | {str(people.MANY): Text(f"{people.MANY} 条以上", f"{people.MANY} or more")}),
        Card("import_rows", Text("导入与拒绝", "Imports and refusals"),
             Text("每步导入的行数", "Rows imported in each step"),
             "stacked", kept.import_rows, {"accepted": "money", "refused": "money"}, over="time", needs="import.run",
             series={"accepted": Text("接受", "Accepted"), "refused": Text("拒绝", "Refused")},
             is_compared=False, has_customers=False),
        Card("segment_sizes", Text("客群规模", "Size of segments"),
             Text("每步末的人数", "Members at the end of each step"),
             "line", kept.segment_sizes, {"": "customers"}, over="time", needs="segment.read", is_compared=False),
        Card("segment_moves", Text("进入与离开", "Entries and exits"),
             Text("本期进出各客群的客户", "Who entered and left each segment in the period"),
             "bar", kept.segment_moves, {"entered": "customers", "left": "customers"}, over="word", needs="segment.read",
             series={"entered": Text("进入", "Entered"), "left": Text("离开", "Left")}, is_compared=False),
        Card("value_tiers", Text("价值分层", "Value tiers"),
             Text("按最近一次、次数、金额；模型用途可以用的客户", "By recency, frequency and amount, of whom the model's purpose may take"),
             "bar", value.tiers, {"": "customers"}, over="word", needs="segment.read", is_compared=False,
             named=value.tier_names),
        Card("value_entries", Text("新进各层的客户", "Customers new in a tier"),
             Text("本期进入现在这一层", "Who came into his tier of now in the period"),
             "bar", value.entries, {"": "customers"}, over="word", needs="segment.read", is_compared=False,
             named=value.tier_names),
        Card("life_stages", Text("各阶段客户", "Customers by stage"),
             Text("生命周期的每个阶段现在有多少客户", "How many customers each stage of the lifecycle has now"),
             "bar", life.stages, {"": "customers"}, over="word", needs="segment.read", is_compared=False, named=life.stage_names),
        Card("life_over_time", Text("阶段走势", "Stages over time"), Text("每步末的人数", "Customers at the end of each step"),
             "stacked", life.over_time, {"": "customers"}, over="time", needs="segment.read", is_compared=False,
             named=life.stage_names),
        Card("life_entries", Text("新进各阶段的客户", "Customers new in a stage"),
             Text("本期进入这个阶段", "Who entered the stage in the period"),
             "bar", life.entries, {"": "customers"}, over="word", needs="segment.read", named=life.stage_names),
        Card("satisfaction", Text("满意度", "Satisfaction"),
             Text("1 到 5 分的平均，含 95% 区间", "Mean of 1 to 5, with the 95% interval"),
             "number", voices.satisfaction, {"": "mean"}),
        Card("nps", Text("净推荐值 NPS", "NPS"), Text("推荐者减去贬损者，含 95% 区间", "Promoters less detractors, with the 95% interval"),
             "number", voices.nps, {"": "score"}),
        Card("complaints", Text("投诉", "Complaints"), Text("本期投诉次数", "Complaints in the period"),
             "number", voices.complaints, {"": "times"}),
        Card("satisfaction_and_money", Text("满意度与资金", "Satisfaction and balances"),
             Text("上：满意度；下：期初以来的资金净流入，同一时间轴", "Above: satisfaction. Below: net inflow since the start, on the same axis"),
             "pair", voices.satisfaction_and_money, {"satisfaction": "mean", "money": "money"}, over="time",
             series={"satisfaction": Text("满意度", "Satisfaction"), "money": Text("资金净流入", "Net inflow")}),
        Card("satisfaction_by_unit", Text("各机构满意度", "Satisfaction by unit"),
             Text("最低在上，含 95% 区间", "The lowest first, with the 95% interval"),
             "bar", voices.satisfaction_by_unit, {"": "mean"}, over="unit", is_lowest_first=True),
        Card("complaint_topics", Text("投诉什么", "What they complain about"), Text("按次数", "By times"),
             "bar", voices.complaints_by_topic, {"": "times"}, over="word"),
        Card("complaints_by_unit", Text("各机构投诉", "Complaints by unit"), Text("颜色越深次数越多", "The darker, the more"),
             "heat", voices.complaints_by_unit, {"": "times"}, over="time", is_compared=False),
        Card("unhappy", Text("不满却还没走的客户", "Unhappy, and still here"),
             Text("本期投诉或打 2 分以下，次数多的在前", "Complained or rated 2 or less; most often first"),
             "list", voices.unhappy, {"": "times"}, over="customer", most=8, is_compared=False),
        Card("active_customers", Text("有互动的客户", "Active customers"), Text("本期有任何事件的客户", "Customers with any event in the period"),
             "number", voices.active, {"": "customers"}),
        Card("events", Text("事件", "Events"), Text("本期发生的事件", "Events of the period"), "number", voices.active, {"": "times"}),
        Card("events_over_time", Text("互动走势", "Events over time"), Text("按步计数，虚线是比较期", "By step; the dashed line is the period compared with"),
             "line", voices.active_by_step, {"": "times"}, over="time"),
        Card("events_by_name", Text("发生了什么", "What happened"), Text("按事件名称", "By name of event"),
             "bar", voices.by_name, {"": "times"}, over="word", most=10),
        Card("events_by_unit", Text("各机构互动", "Events by unit"), Text("颜色越深次数越多", "The darker, the more"),
             "heat", voices.by_unit, {"": "times"}, over="time", is_compared=False),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shipped:
    """A dashboard of the release: its cards in order."""

    key: str
    name: Text
    cards: tuple[str, ...]


SHIPPED = (
    Shipped("growth", Text("客户与增长", "Customers and growth"),
            ("customers_total", "customers_new", "customers_new_over_time", "customers_by_unit", "new_by_unit")),
    Shipped("quality", Text("来源与质量", "Sources and quality"),
            ("completeness", "records_by_source", "completeness_bands", "records_joined", "import_rows")),
    Shipped("segments", Text("客群", "Segments"), ("segment_sizes", "segment_moves")),
    Shipped("life", Text("生命周期", "Lifecycle"), ("life_stages", "life_entries", "life_over_time")),
    Shipped("value", Text("价值", "Value"), ("value_tiers", "value_entries")),
    Shipped("satisfaction", Text("满意度", "Satisfaction"),
            ("satisfaction", "nps", "complaints", "satisfaction_and_money", "satisfaction_by_unit", "complaint_topics",
             "complaints_by_unit", "unhappy")),
    Shipped("engagement", Text("互动", "Engagement"),
            ("active_customers", "events", "events_over_time", "events_by_name", "events_by_unit")),
)  # fmt: skip
