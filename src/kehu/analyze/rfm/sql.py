"""A model as one query: the purchases of everybody whom the purpose may take, scored and put into tiers.

Quantiles and ties: a score is `1 + floor(scores * less / all)`, where `less` counts the customers with a smaller figure.
Who has the same figure has the same score whatever the order of rows, and scores of few different figures leave gaps.
Recency is of whole days, fewer days score higher. Scores are of everybody, so that two readers see the same ones.
"""

from datetime import datetime, timedelta

from sqlglot import exp, parse_one

from kehu.analyze.mirror.current import TABLE
from kehu.analyze.rfm.reading import Bounds, Purchase, RfmDefinition
from kehu.analyze.rfm.tiers import Scores, Tier
from kehu.analyze.segments.sql.happenings import Clock, moment_of, property_is, property_of
from kehu.analyze.segments.sql.query import allowed
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.segments.values import LARGEST
from kehu.govern.purposes.gate import Gate

SECONDS_A_DAY = 86_400
COLUMNS = ("tier", "r", "f", "m", "last", "times", "amount")


def scored(model: RfmDefinition, gate: Gate, at: datetime) -> exp.Select:
    """Return a row for each customer who bought: `id` (the lake's number), `customer_id` and COLUMNS; `last` is a second."""
    last, times, amount = (exp.column(name, "g") for name in ("last", "times", "amount"))
    cuts = model.cuts
    days = exp.Floor(
        this=exp.paren(literal(at.timestamp()) - exp.column("last", "u")) / literal(SECONDS_A_DAY)
    )
    figures = exp.select("u.*", exp.alias_(days, "days")).from_(_totals(model, gate, at).subquery("u"))
    graded = exp.select(
        "h.*",
        exp.alias_(_score("days", cuts["recency"], model.scores, is_falling=True), "r"),
        exp.alias_(_score("times", cuts["frequency"], model.scores), "f"),
        exp.alias_(_score("amount", cuts["monetary"], model.scores), "m"),
    ).from_(figures.subquery("h"))
    return exp.select(
        exp.column("id", "g"), exp.column("customer_id", "g"), exp.alias_(_tier(model.tiers), "tier"),
        exp.column("r", "g"), exp.column("f", "g"), exp.column("m", "g"), last, times, amount,
    ).from_(graded.subquery("g"))  # fmt: skip


def _totals(model: RfmDefinition, gate: Gate, at: datetime) -> exp.Select:
    """Return what each customer bought in the window before a moment: when last, how often, for how much."""
    purchases = [_purchases(one, model, at) for one in model.purchases]
    rows: exp.Query = purchases[0]
    for one in purchases[1:]:
        rows = exp.union(rows, one, distinct=False)
    second = exp.Floor(this=exp.TimeToUnix(this=exp.Max(this=exp.column("happened_at", "b"))))
    total = exp.func("COALESCE", exp.func("SUM", exp.column("amount", "b")), literal(0.0))
    customer, shown = exp.column("id", "p"), exp.column("customer_id", "p")
    return (
        exp.select(
            customer, shown, exp.alias_(second, "last"), exp.alias_(exp.Count(this=exp.Star()), "times"),
            exp.alias_(exp.Round(this=total, decimals=exp.Literal.number(6)), "amount"),
        )
        .from_(rows.subquery("b"))
        .join(exp.alias_(exp.to_table(TABLE), "p", table=True), on="p.id = b.customer_id")
        .where(allowed(gate))
        .group_by(customer.copy(), shown.copy())
    )  # fmt: skip


def _purchases(one: Purchase, model: RfmDefinition, at: datetime) -> exp.Select:
    clock = Clock(at, model.zone)
    happened_at = exp.column("happened_at", "e")
    value: exp.Condition = exp.TryCast(
        this=property_of(exp.column("properties", "e"), one.amount), to=exp.DataType.build("double")
    )
    is_sane = exp.Between(this=value, low=literal(-LARGEST), high=literal(LARGEST))
    amount: exp.Condition = exp.Case(ifs=[exp.If(this=is_sane, true=value.copy())])
    if one.is_absolute:
        amount = exp.Abs(this=amount)
    return (
        exp.select(exp.column("customer_id", "l"), happened_at, exp.alias_(amount, "amount"))
        .from_(exp.alias_(exp.to_table("events"), "e", table=True))
        .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.record_id = e.record_id")
        .where(
            exp.column("name", "e").eq(literal(one.step.event)),
            happened_at.copy() >= moment_of(at - timedelta(days=model.days)),
            happened_at.copy() < moment_of(at),
            *(property_is(condition, clock) for condition in one.step.where),
        )
    )


def _score(figure: str, bounds: Bounds, scores: int, *, is_falling: bool = False) -> exp.Expr:
    """Return the score of a figure; where it falls, less is better and the bounds begin with the best."""
    if bounds is None:
        order = " DESC" if is_falling else ""
        share = f"{scores} * CAST(RANK() OVER (ORDER BY h.{figure}{order}) - 1 AS DOUBLE) / COUNT(*) OVER ()"
        return parse_one(f"CAST(1 + FLOOR({share}) AS INT)", dialect="duckdb")
    column = exp.column(figure, "h")
    found = exp.case()
    if is_falling:
        for place, bound in enumerate(bounds):
            found = found.when(column.copy() <= literal(bound), literal(scores - place))
        return found.else_(literal(1))
    for place in reversed(range(len(bounds))):
        found = found.when(column.copy() >= literal(bounds[place]), literal(place + 2))
    return found.else_(literal(1))


def _tier(tiers: tuple[Tier, ...]) -> exp.Case:
    found = exp.case()
    for one in tiers:
        parts = [_takes(name, given) for name, given in (("r", one.r), ("f", one.f), ("m", one.m))]
        found = found.when(exp.and_(*parts), literal(one.key))
    return found


def _takes(name: str, given: Scores) -> exp.Condition:
    return exp.Between(this=exp.column(name, "g"), low=literal(given[0]), high=literal(given[1]))
