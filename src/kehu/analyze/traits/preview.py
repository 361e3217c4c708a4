"""How a definition's values would be spread over the customers of a scope whom a purpose may take, before it is saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.sql.happenings import Clock
from kehu.analyze.segments.sql.query import people
from kehu.analyze.segments.sql.traits import days_since
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.traits.reading import TraitDefinition, read_trait
from kehu.analyze.traits.sql import compile_traits
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate, open_gate

BARS = 10
MOST_WORDS = 10
_MARKS: tuple[tuple[str, float], ...] = (
    ("low", 0),
    ("least", 0.05),
    ("first", 0.25),
    ("middle", 0.5),
    ("third", 0.75),
    ("most", 0.95),
    ("high", 1),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many customers have a value from `low` to below `high`, or one that is `text`. Without a bound: all beyond it."""

    low: float | None
    high: float | None
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Values of a draft: of how many customers, who has one, their quartiles, and bars. `without` is 0 or unknown."""

    kind: Literal["number", "text"]
    holders: int
    without: int
    is_zero_without: bool
    mean: float | None
    marks: dict[str, float]
    bars: tuple[Bar, ...]
    as_of: datetime


def preview(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Spread:
    """Return how values would be spread. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    one = read_trait(raw)
    values = _values(one, actor, gate, now)
    everybody, as_of = ask(people(actor.scope, gate, exp.true()).select(exp.Count(this=exp.Star())))
    total = int(everybody[0][0])
    if one.kind == "text":
        return _of_texts(values, total, as_of)
    return _of_numbers(one, values, total, as_of)


def _values(one: TraitDefinition, actor: Actor, gate: Gate, now: datetime) -> exp.Select:
    """Return the query of the values that are there: `value`, a row a customer."""
    [compiled] = compile_traits([one], now)
    value: exp.Condition = exp.column("t0", "t")
    if one.kind == "since":
        value = days_since(value, Clock(now, one.zone))
    is_there: exp.Condition = exp.not_(value.copy().is_(exp.null()))
    if one.form.is_zero_without:
        is_there = exp.and_(is_there, value.copy().neq(literal(0)))
    return (
        people(actor.scope, gate, exp.true())
        .join(compiled.query.subquery("t"), on="t.customer_id = p.id")
        .where(is_there)
        .select(exp.alias_(value, "value"))
    )


def _of_texts(values: exp.Select, total: int, as_of: datetime) -> Spread:
    value, count = exp.column("value", "v"), exp.Count(this=exp.Star())
    each = exp.select(value, exp.alias_(count, "times")).from_(values.subquery("v")).group_by(value.copy())
    rows, _ = ask(each)
    found = sorted(((str(text), int(times)) for text, times in rows), key=lambda row: (-row[1], row[0]))
    holders = sum(times for _, times in found)
    bars = tuple(Bar(None, None, text, times) for text, times in found[:MOST_WORDS])
    return Spread("text", holders, total - holders, False, None, {}, bars, as_of)


def _of_numbers(one: TraitDefinition, values: exp.Select, total: int, as_of: datetime) -> Spread:
    rows, _ = ask(_marks(values))
    holders, mean, *marks = rows[0]
    zero = one.form.is_zero_without
    if not holders:
        return Spread("number", 0, total, zero, None, {}, (), as_of)
    found = {name: float(mark) for (name, _), mark in zip(_MARKS, marks, strict=True)}
    bars = _bars(values, found)
    return Spread("number", int(holders), total - int(holders), zero, float(mean), found, bars, as_of)


def _bars(values: exp.Select, marks: dict[str, float]) -> tuple[Bar, ...]:
    """Return how many have how much: the twentieth at either end that lies far out is put into the first and last bar."""
    begin, width = _steps(marks["least"], marks["most"])
    until = next((n for n in range(1, BARS + 1) if begin + n * width > marks["most"]), BARS + 1)
    place = exp.Floor(this=exp.paren(exp.column("value", "v") - literal(begin)) / literal(width))
    capped = exp.Least(this=place, expressions=[literal(float(until - 1))])
    bounded = exp.Greatest(this=capped, expressions=[literal(0.0)])
    counted = exp.select(exp.alias_(bounded, "place"), exp.alias_(exp.Count(this=exp.Star()), "times"))
    rows, _ = ask(counted.from_(values.subquery("v")).group_by(bounded.copy()))
    counts = {int(number): int(times) for number, times in rows}
    return tuple(
        Bar(
            None if n == 0 and marks["low"] < begin else begin + n * width,
            None if n == until - 1 and marks["high"] >= begin + until * width else begin + (n + 1) * width,
            "", counts.get(n, 0),
        )
        for n in range(until)
    )  # fmt: skip


def _marks(values: exp.Select) -> exp.Select:
    """Return the query of number, mean and quantiles: each the least value that so large a part does not exceed."""
    value = exp.column("value", "v")
    place = exp.Window(this=exp.RowNumber(), order=exp.Order(expressions=[exp.Ordered(this=value.copy())]))
    total = exp.Window(this=exp.Count(this=exp.Star()))
    placed = exp.select(value, exp.alias_(place, "place"), exp.alias_(total, "total")).from_(
        values.subquery("v")
    )
    return exp.select(
        exp.Count(this=exp.Star()), exp.Avg(this=exp.column("value", "r")),
        *(_mark(part) for _, part in _MARKS),
    ).from_(placed.subquery("r"))  # fmt: skip


def _mark(part: float) -> exp.Condition:
    at = exp.Greatest(
        this=exp.Ceil(this=exp.column("total", "r") * literal(float(part))), expressions=[literal(1.0)]
    )
    reached = exp.column("place", "r") >= at
    return exp.Min(this=exp.Case(ifs=[exp.If(this=reached, true=exp.column("value", "r"))]))


def _steps(least: float, most: float) -> tuple[float, float]:
    """Return where bars begin and how wide they are: round numbers."""
    if most <= least:
        return least, 1.0
    width = _round_up((most - least) / BARS)
    return (least // width) * width, width


def _round_up(width: float) -> float:
    size = 10.0 ** int(f"{width:e}".split("e")[1])
    return next(step * size for step in (1, 2, 2.5, 5, 10) if step * size >= width)
