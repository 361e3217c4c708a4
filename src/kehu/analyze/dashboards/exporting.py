"""A card as a file of its figures: one row a figure, with the period, in a form that spreadsheets read and do not run."""

from kehu.analyze.dashboards.answering import answer
from kehu.analyze.dashboards.card import Asked, Card, Point
from kehu.analyze.dashboards.labels import labels_of
from kehu.analyze.dashboards.periods import Period, compared
from kehu.govern import audit
from kehu.platform.text import Text
from kehu.standardize.values.cells import write_table

_HEADS = (
    Text("时段", "Period"), Text("项目", "Item"), Text("系列", "Series"), Text("数值", "Value"),
    Text("95% 下限", "95% low"), Text("95% 上限", "95% high"), Text("客户数", "Customers"), Text("次数", "Times"),
)  # fmt: skip


def export_card(card: Card, asked: Asked, *, language: str) -> bytes:
    """Return the figures of a card and of the period compared with as CSV in UTF-8, and write the export to the trail."""
    found = answer(card, asked)
    told = labels_of(card, asked, found)
    rows: list[tuple[object, ...]] = []
    earlier = compared(asked.period, asked.span, asked.compare)
    parts: list[tuple[Period | None, list[Point]]] = [
        (asked.period, list(found.points)),
        (earlier, list(found.before)),
    ]
    for period, points in parts:
        span = f"{period.first} – {period.last}" if period else ""
        for point in points:
            item = told.axis.get(point.x, Text(point.x, point.x)).within(language)
            series = told.series.get(point.series, Text(point.series, point.series)).within(language)
            figures = (point.value, point.low, point.high, point.customers, point.times)
            rows.append((span, item, series, *figures))
    audit.record(
        action="dashboard.export", actor_id=asked.actor.id, now=asked.now, object_kind="dashboard_card",
        object_id=card.key, row_count=len(rows), details={"span": asked.span, "compare": asked.compare},
        request_id=asked.actor.request_id,
    )  # fmt: skip
    return write_table([[head.within(language) for head in _HEADS], *rows])
