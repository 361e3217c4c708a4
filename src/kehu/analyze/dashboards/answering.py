"""The figures of a card, and the customers behind one of them: both from the same rows, so that they never disagree.

Management counts act on nobody, so no purpose is asked; row scope always holds. A sum of money is not told of few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any
from uuid import UUID

from django.db import connection
from sqlglot import exp

from kehu.analyze.dashboards.card import Answer, Asked, Card, Measure, Point, TableRows
from kehu.analyze.dashboards.catalog import CARDS
from kehu.analyze.mirror.asking import ask
from kehu.govern.access.actors import Actor
from kehu.platform.errors import NotFound
from kehu.platform.text import Text

FEWEST = 5
"""Of fewer customers no sum of money is told: it would tell what a masked value holds."""
_WIDTH = 1.96
_GROUPED = """
SELECT x, series, count(DISTINCT customer_id), count(*), sum(value), sum(value * value)
FROM ({rows}) r GROUP BY x, series ORDER BY {order} LIMIT {limit}
"""
_BEHIND = """
SELECT DISTINCT customer_id FROM ({rows}) r WHERE x = %(x)s AND series = %(series)s AND customer_id > %(after)s
ORDER BY customer_id LIMIT {limit}
"""
_MOST_GROUPS = 4_000


class CardNotFound(NotFound):
    """No card has this key, or the reader may not see it."""

    code = "card_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "没有这张卡片，或您的角色看不到它。", "There is no such card, or your role does not show it."
            )
        )


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the customers behind a figure, in the order of their ids."""

    ids: tuple[UUID, ...]
    next_cursor: UUID | None


def open_card(key: str, actor: Actor) -> Card:
    """Return a card that the actor may see. Raises NotAllowed or CardNotFound."""
    actor.require("dashboard.read")
    card = CARDS.get(key)
    if card is None or not actor.may(card.needs):
        raise CardNotFound
    return card


def answer(card: Card, asked: Asked) -> Answer:
    """Return the figures of a card. Raises LakeEmpty."""
    points, as_of = _points(card, asked)
    earlier = asked.before() if card.is_compared else None
    before = _points(card, earlier)[0] if earlier else []
    return Answer(points, before, as_of)


def behind(card: Card, asked: Asked, *, x: str, series: str, after: UUID | None, limit: int) -> Behind:
    """Return who stands behind a figure, of the reader's scope. Raises CardNotFound for a card that counts no customers."""
    if not card.has_customers:
        raise CardNotFound
    rows = card.rows(asked)
    least = "" if after is None else str(after)
    if isinstance(rows, TableRows):
        sql = _BEHIND.format(rows=rows.sql, limit=limit + 1)
        with connection.cursor() as cursor:
            cursor.execute(sql, {**rows.values, "x": x, "series": series, "after": least})
            found = cursor.fetchall()
    else:
        customer = exp.column("customer_id")
        query = (
            exp.select(customer)
            .distinct()
            .from_(rows.subquery("r"))
            .where(
                exp.column("x").eq(exp.Literal.string(x)),
                exp.column("series").eq(exp.Literal.string(series)),
                customer.copy() > exp.Literal.string(least),
            )
            .order_by(customer.copy())
            .limit(limit + 1)
        )
        found = ask(query)[0]
    ids = tuple(UUID(row[0]) for row in found)
    return Behind(ids[:limit], ids[limit - 1] if len(ids) > limit else None)


def _points(card: Card, asked: Asked) -> tuple[list[Point], datetime]:
    rows, as_of = _grouped(card, asked)
    found = [_point(card, row) for row in rows]
    if card.over == "time":
        found.sort(key=lambda point: (int(point.x), point.series))
        return _running(card, found), as_of
    if (names := card.words or (card.named() if card.named else {})) and card.over == "word":
        places = list(names)
        found.sort(key=lambda point: places.index(point.x) if point.x in places else len(places))
    elif card.is_lowest_first:
        found.sort(key=lambda point: (point.value is None, point.value))
    return found, as_of


def _grouped(card: Card, asked: Asked) -> tuple[Sequence[tuple[Any, ...]], datetime]:
    rows = card.rows(asked)
    is_ranked = card.over not in ("time", "")
    limit = card.most * max(1, len(card.measures)) if is_ranked else _MOST_GROUPS
    is_of_customers = card.measures.get("") == "customers"
    if isinstance(rows, TableRows):
        order = f"{3 if is_of_customers else 4} DESC, x" if is_ranked else "x, series"
        with connection.cursor() as cursor:
            cursor.execute(_GROUPED.format(rows=rows.sql, order=order, limit=limit), rows.values)
            return cursor.fetchall(), asked.now
    x, series, value = exp.column("x"), exp.column("series"), exp.column("value")
    people = exp.Count(this=exp.Distinct(expressions=[exp.column("customer_id")]))
    times = exp.Count(this=exp.Star())
    query = exp.select(
        x, series, exp.alias_(people, "customers"), exp.alias_(times, "times"), exp.func("SUM", value),
        exp.func("SUM", value.copy() * value.copy()),
    ).from_(rows.subquery("r")).group_by(x.copy(), series.copy())  # fmt: skip
    if is_ranked:
        by = exp.column("customers" if is_of_customers else "times")
        query = query.order_by(exp.Ordered(this=by, desc=True), x.copy())
    return ask(query.limit(limit))


def _point(card: Card, row: Sequence[Any]) -> Point:
    x, series, customers, times, total, squares = row
    measure: Measure = card.measures.get(series) or card.measures.get("", "customers")
    if measure == "customers":
        return Point(x, series, float(customers), customers, times)
    if measure == "times":
        return Point(x, series, float(times), customers, times)
    if measure == "money":
        return Point(x, series, total, customers, times)
    mean = (total or 0.0) / times
    if times == 1:
        return Point(x, series, mean, customers, times)
    spread = max(0.0, ((squares or 0.0) - times * mean * mean) / (times - 1))
    half = _WIDTH * sqrt(spread / times)
    return Point(x, series, mean, customers, times, mean - half, mean + half)


def _running(card: Card, points: Sequence[Point]) -> list[Point]:
    """Let sums of money run on from step to step; a step of too few customers is told with the next one."""
    if card.shape != "pair":
        return list(points)
    told, total, waiting, few = [], 0.0, 0.0, 0
    for point in points:
        if card.measures[point.series] != "money":
            told.append(point)
            continue
        waiting, few = waiting + (point.value or 0.0), few + point.customers
        if few >= FEWEST:
            total, waiting, few = total + waiting, 0.0, 0
        is_told = few == 0
        told.append(Point(point.x, point.series, total if is_told else None, point.customers, point.times))
    return told
