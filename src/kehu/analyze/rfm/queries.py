"""What a model shows: customers and amounts by tier, how customers moved from tier to tier between two days, and who.

Everything is of the reader's scope and of whom the model's purpose may take now. Sums of few customers are not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from sqlglot import exp

from kehu.analyze.dashboards.answering import FEWEST, Behind
from kehu.analyze.mirror.asking import ask
from kehu.analyze.modeling.queries import traits_of
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.rfm.reading import RfmDefinition, read_rfm
from kehu.analyze.rfm.sql import scored
from kehu.analyze.segments.sql.happenings import Clock, begin_of
from kehu.analyze.segments.sql.query import people
from kehu.analyze.segments.sql.values import literal
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

NONE = ""
"""The key of those who bought nothing in the window: they have no tier."""
USUAL_DAYS = 90
_HELD = """
FROM profile_customer c
LEFT JOIN analyze_trait_value t ON t.customer_id = c.id AND t.trait_id = %(tier)s AND t.text IS NOT NULL
LEFT JOIN analyze_trait_value a ON a.customer_id = c.id AND a.trait_id = %(amount)s
WHERE c.is_identified AND {gate}
"""
_BY_TIER = "SELECT coalesce(t.text, ''), count(*), sum(a.number) {held} GROUP BY 1"
_OF_TIER = "SELECT c.id {held} AND coalesce(t.text, '') = %(key)s AND c.id > %(after)s::uuid ORDER BY c.id LIMIT %(limit)s"
_LEAST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class TierSize:
    """A tier with its customers and what they bought for; None where they are too few to tell a sum."""

    key: str
    name: Text
    customers: int
    amount: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """How many customers were in one tier on the first day and in another on the last; NONE is none."""

    before: str
    after: str
    customers: int


def by_tier(model: AnalysisModel) -> tuple[TierSize, ...]:
    """Return the tiers in their order, and last those who bought nothing; within the open scope. Raises PurposeIsOff."""
    gate = open_gate(model.purpose)
    with connection.cursor() as cursor:
        cursor.execute(_BY_TIER.format(held=_HELD.format(gate=gate.condition("c"))), _traits(model))
        found = {key: (int(count), amount) for key, count, amount in cursor.fetchall()}
    return _sizes(read_rfm(model.definition), found)


def try_out(
    raw: Any, *, purpose: str | None, actor: Actor, now: datetime
) -> tuple[tuple[TierSize, ...], datetime]:
    """Return the same of a draft, by the lake. Raises DefinitionInvalid, PurposeMissing, PurposeIsOff or LakeEmpty."""
    gate, definition = open_gate(purpose), read_rfm(raw)
    query = people(actor.scope, gate, exp.true()).join(
        scored(definition, gate, now).subquery("s"), on="s.id = p.id", join_type="left"
    )
    tier = exp.func("COALESCE", exp.column("tier", "s"), literal(NONE))
    total = exp.func("SUM", exp.column("amount", "s"))
    rows, as_of = ask(query.select(tier, exp.Count(this=exp.Star()), total).group_by(tier.copy()))
    found = {str(key): (int(count), amount) for key, count, amount in rows}
    return _sizes(definition, found), as_of


def days_of(
    model: AnalysisModel, first: date | None, last: date | None, *, now: datetime
) -> tuple[date, date]:
    """Return the two days that are asked about: where none are told, ninety days ago and today."""
    today = Clock(now, read_rfm(model.definition).zone).today
    end = last or today
    return first or end - timedelta(days=USUAL_DAYS), end


def moves(model: AnalysisModel, days: tuple[date, date], *, actor: Actor, now: datetime) -> tuple[Move, ...]:
    """Return who moved between the ends of two days, by the lake; who had no tier on both is left out.

    Scope and consent are of now, purchases of then. Raises Invalid, PurposeIsOff or LakeEmpty.
    """
    query = _between(model, days, actor, now)
    keys = [exp.column("before", "b"), exp.column("after", "b")]
    each = exp.select(*keys, exp.Count(this=exp.Star())).from_(query.subquery("b"))
    rows, _ = ask(each.group_by(*(key.copy() for key in keys)))
    return tuple(Move(str(before), str(after), int(count)) for before, after, count in rows)


def who_moved(
    model: AnalysisModel, days: tuple[date, date], move: tuple[str, str], *, actor: Actor, now: datetime,
    after: UUID | None, limit: int,
) -> Behind:  # fmt: skip
    """Return who stands behind a cell of `moves`, in the order of their ids."""
    customer = exp.column("customer_id", "b")
    query = (
        exp.select(customer)
        .from_(_between(model, days, actor, now).subquery("b"))
        .where(
            exp.column("before", "b").eq(literal(move[0])), exp.column("after", "b").eq(literal(move[1])),
            customer.copy() > literal(str(after or "")),
        )
        .order_by(customer.copy())
        .limit(limit + 1)
    )  # fmt: skip
    rows, _ = ask(query)
    return _page([UUID(row[0]) for row in rows], limit)


def who_is_in(model: AnalysisModel, tier: str, *, after: UUID | None, limit: int) -> Behind:
    """Return who is in a tier now, or (NONE) in none, within the open scope, in the order of their ids."""
    gate = open_gate(model.purpose)
    values = {**_traits(model), "key": tier, "after": after or _LEAST, "limit": limit + 1}
    with connection.cursor() as cursor:
        cursor.execute(_OF_TIER.format(held=_HELD.format(gate=gate.condition("c"))), values)
        return _page([row[0] for row in cursor.fetchall()], limit)


def _page(found: Sequence[UUID], limit: int) -> Behind:
    return Behind(tuple(found[:limit]), found[limit - 1] if len(found) > limit else None)


def _traits(model: AnalysisModel) -> dict[str, Any]:
    traits = traits_of(model)
    return {part: traits[part].pk for part in ("tier", "amount")}


def _sizes(definition: RfmDefinition, found: dict[str, tuple[int, float | None]]) -> tuple[TierSize, ...]:
    none = Text("没有交易", "No purchases")
    names = {one.key: one.name for one in definition.tiers} | {NONE: none}
    made = []
    for key, name in names.items():
        count, amount = found.get(key, (0, 0.0))
        is_told = key == NONE or not count or count >= FEWEST
        made.append(TierSize(key, name, count, float(amount or 0) if is_told else None))
    return tuple(made)


def _between(model: AnalysisModel, days: tuple[date, date], actor: Actor, now: datetime) -> exp.Select:
    definition, gate = read_rfm(model.definition), open_gate(model.purpose)
    first, last = (_end(day, definition.zone, now) for day in days)
    if first >= last:
        raise Invalid(
            Text(
                "前一天要早于后一天，且后一天不晚于今天。",
                "The first day is before the last, and the last is not after today.",
            )
        )
    return _paired(definition, gate, (first, last), actor)


def _paired(
    definition: RfmDefinition, gate: Gate, moments: tuple[datetime, datetime], actor: Actor
) -> exp.Select:
    query = people(actor.scope, gate, exp.true())
    for name, at in zip(("s0", "s1"), moments, strict=True):
        query = query.join(
            scored(definition, gate, at).subquery(name), on=f"{name}.id = p.id", join_type="left"
        )
    tiers = [exp.column("tier", name) for name in ("s0", "s1")]
    shown = [exp.func("COALESCE", tier, literal(NONE)) for tier in tiers]
    return query.where(exp.or_(*(exp.not_(tier.copy().is_(exp.null())) for tier in tiers))).select(
        exp.column("customer_id", "p"), exp.alias_(shown[0], "before"), exp.alias_(shown[1], "after")
    )


def _end(day: date, zone: str, now: datetime) -> datetime:
    """Return when a day ends, or now on the day that has not."""
    if begin_of(day, zone) > now:
        raise Invalid(Text("不能选以后的日子。", "A day to come cannot be asked about."))
    return min(begin_of(day + timedelta(days=1), zone), now)
