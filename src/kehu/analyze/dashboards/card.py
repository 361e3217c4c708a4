"""A card: what it counts, how it is drawn, and the rows that its figures and the customers behind them both come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlglot import exp

from kehu.analyze.dashboards.periods import Compare, Period, Span, compared, period_of
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text

Shape = Literal["number", "line", "bar", "stacked", "heat", "list", "pair"]
Measure = Literal["customers", "times", "mean", "score", "money"]
"""`times` counts rows, `mean` is a mean with its interval, `score` one from -100 to 100, `money` a sum that runs on."""
Over = Literal["", "time", "unit", "source", "customer", "word"]
"""What stands on the axis: nothing, steps of the period, ids of units, of sources or of customers, or words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, about which days, of which units: none is all that he sees."""

    actor: Actor
    now: datetime
    zone: str
    span: Span
    compare: Compare
    period: Period
    units: tuple[int, ...] | None = None

    def before(self) -> "Asked | None":
        """Return the same question about the period compared with."""
        other = compared(self.period, self.span, self.compare)
        return None if other is None else replace(self, period=other)

    @property
    def is_present(self) -> bool:
        """Whether the period ends now."""
        return self.period == period_of(self.span, now=self.now, zone=self.zone)


@dataclass(frozen=True, slots=True)
class TableRows:
    """A query of the tables of PostgreSQL, under row security, with its values."""

    sql: str
    values: Mapping[str, Any]


Rows = exp.Select | exp.Union | TableRows
"""Both give the columns `customer_id` (text), `x`, `series` (text) and `value` (a number or nothing)."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card. `measures` are by series. `needs` is the right without which it is not shown.

    `words` label its axis; or `named` tells what things are called now, in the order of the axis.
    """

    key: str
    title: Text
    about: Text
    shape: Shape
    rows: Callable[[Asked], Rows]
    measures: Mapping[str, Measure]
    over: Over = ""
    series: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    needs: str = "customer.read"
    most: int = 24
    is_compared: bool = True
    has_customers: bool = True
    is_lowest_first: bool = False
    named: Callable[[], Mapping[str, Text]] | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. `value` is None where too few customers stand behind it; `low` and `high` bound a mean at 95%."""

    x: str
    series: str
    value: float | None
    customers: int
    times: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures of a card and those of the period compared with, in the order of the axis."""

    points: Sequence[Point]
    before: Sequence[Point]
    as_of: datetime
