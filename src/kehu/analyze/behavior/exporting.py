"""Funnels and retention as files: one row a group and step, or a cohort and period, with bounds; written to the trail."""

from collections.abc import Iterator, Mapping

from kehu.analyze.behavior.asking import Asking
from kehu.analyze.behavior.cohorts import RetentionAnswer
from kehu.analyze.behavior.funnel import Funnel
from kehu.analyze.behavior.funnels import FunnelAnswer, Group
from kehu.govern import audit
from kehu.platform.text import Text
from kehu.standardize.numbers.shares import Interval
from kehu.standardize.values.cells import write_table

_FUNNEL_HEADS = (
    Text("分组", "Group"), Text("步", "Step"), Text("事件", "Event"), Text("客户数", "Customers"),
    Text("占上一步", "Of step before"), Text("95% 下限", "95% low"), Text("95% 上限", "95% high"),
    Text("占第一步", "Of first step"), Text("95% 下限", "95% low"), Text("95% 上限", "95% high"),
    Text("距上一步的中位秒数", "Median seconds since step before"), Text("停在这一步但还有时间", "Stopped here, still has time"),
)  # fmt: skip
_ALL = Text("全部", "All")


def funnel_table(
    funnel: Funnel, answer: FunnelAnswer, labels: Mapping[str | None, Text], *, asking: Asking, language: str
) -> bytes:
    """Return the figures of a funnel as CSV, and write to the trail that they were taken."""
    rows: list[list[object]] = []
    parts = [(_ALL, answer.whole), *((labels[group.key], group) for group in answer.groups)]
    for name, group in parts:
        rows += [[name.within(language), *row] for row in _steps(funnel, group)]
    audit.record(
        action="funnel.export", actor_id=asking.actor.id, now=asking.now, object_kind="funnel", object_id="",
        row_count=len(rows), details={"purpose": asking.gate.key}, request_id=asking.actor.request_id,
    )  # fmt: skip
    return write_table([[head.within(language) for head in _FUNNEL_HEADS], *rows])


def _steps(funnel: Funnel, group: Group) -> Iterator[list[object]]:
    for place, (step, figures) in enumerate(zip(funnel.steps, group.steps, strict=True), 1):
        yield [
            place, step.event, figures.customers, *bounds(figures.of_before), *bounds(figures.of_first),
            figures.median_seconds, figures.still_open,
        ]  # fmt: skip


def bounds(one: Interval | None) -> tuple[float | None, ...]:
    """Return a share and its bounds as cells, to four places; empty ones of nobody."""
    return (None,) * 3 if one is None else (round(one.value, 4), round(one.low, 4), round(one.high, 4))


_RETENTION_HEADS = (
    Text("第一天", "First day"), Text("最后一天", "Last day"), Text("客户数", "Customers"), Text("之后第几期", "Periods later"),
    Text("回来的客户数", "Customers back"), Text("比例", "Share"), Text("95% 下限", "95% low"), Text("95% 上限", "95% high"),
    Text("这一期已结束", "Period is over"),
)  # fmt: skip
_YES, _NO = Text("是", "yes"), Text("否", "no")


def retention_table(answer: RetentionAnswer, *, asking: Asking, language: str) -> bytes:
    """Return every cell of a retention table as CSV, and write to the trail that they were taken."""
    rows = [
        [
            cohort.first, cohort.last, cohort.customers, later, one.customers, *bounds(one.share),
            (_NO if one.is_open else _YES).within(language),
        ]
        for cohort in answer.cohorts
        for later, one in enumerate(cohort.returns, 1)
    ]  # fmt: skip
    audit.record(
        action="retention.export", actor_id=asking.actor.id, now=asking.now, object_kind="retention", object_id="",
        row_count=len(rows), details={"purpose": asking.gate.key}, request_id=asking.actor.request_id,
    )  # fmt: skip
    return write_table([[head.within(language) for head in _RETENTION_HEADS], *rows])
