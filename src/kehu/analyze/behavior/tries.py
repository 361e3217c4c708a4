"""The tries of a funnel in SQL: from the last step backwards, each event is told when the steps after it come at the earliest.

One window a step, and no join of events with events: a customer with a thousand of each costs as much as a thousand with one.
"""

from sqlglot import exp

from kehu.analyze.behavior.asking import WHO, among_whom
from kehu.analyze.behavior.funnel import Funnel
from kehu.analyze.segments.sql.happenings import Clock, bounds, happened, moment_of
from kehu.analyze.segments.sql.values import literal
from kehu.analyze.segments.tree import Step

Expression = exp.Condition


def furthest(funnel: Funnel, clock: Clock) -> exp.Select:
    """Return the query of each customer's furthest try: `id`, `depth`, `t1`… and whether he still has time (`is_open`).

    It names `WHO`, which the asker defines. `is_open`: the latest try, which may be another one, has time beyond the window's end.
    """
    last = len(funnel.steps)
    begin, customer = exp.column("t1", "s"), exp.column("customer_id", "s")
    end = bounds(funnel.window, clock)[1] or clock.now
    depth: Expression = literal(1)
    for place in range(2, last + 1):
        is_in_time = exp.column(f"t{place}", "s") <= begin + _span(funnel.hours)
        depth = depth + exp.case().when(is_in_time, literal(1)).else_(literal(0))
    starts = exp.select(
        customer,
        exp.alias_(exp.paren(depth), "depth"),
        *(exp.column(f"t{n}", "s") for n in range(1, last + 1)),
    ).from_(_from_step(funnel, clock, 1).subquery("s"))
    order = exp.Order(
        expressions=[
            exp.Ordered(this=exp.column("depth", "d"), desc=True),
            exp.Ordered(this=exp.column("t1", "d"), desc=True),
        ]
    )
    mine = [exp.column("customer_id", "d")]
    rank = exp.Window(this=exp.RowNumber(), partition_by=mine, order=order)
    latest = exp.Window(this=exp.Max(this=exp.column("t1", "d")), partition_by=[mine[0].copy()])
    own = [exp.column(name, "d") for name in ("customer_id", "depth", *(f"t{n}" for n in range(1, last + 1)))]
    ranked = exp.select(*own, exp.alias_(rank, "place"), exp.alias_(latest, "latest")).from_(
        starts.subquery("d")
    )
    is_open = exp.paren(exp.column("latest", "r") + _span(funnel.hours)) > moment_of(end)
    return (
        exp.select(
            exp.alias_(exp.column("customer_id", "r"), "id"), exp.column("depth", "r"),
            exp.alias_(is_open, "is_open"), *(exp.column(f"t{n}", "r") for n in range(1, last + 1)),
        )
        .from_(ranked.subquery("r"))
        .where(exp.column("place", "r").eq(literal(1)))
    )  # fmt: skip


def _from_step(funnel: Funnel, clock: Clock, place: int) -> exp.Select:
    """Return the events of a step (from 1) with the times of the steps that follow each at the earliest: `t<place>` and on."""
    events = _events(funnel, clock, funnel.steps[place - 1])
    at = exp.column("happened_at", "h")
    if place == len(funnel.steps):
        return exp.select(exp.column("customer_id", "h"), exp.alias_(at, f"t{place}")).from_(
            events.subquery("h")
        )
    later = range(place + 1, len(funnel.steps) + 1)
    own = exp.select(
        exp.column("customer_id", "h"), exp.alias_(at, "at"), exp.alias_(literal(0), "is_later"),
        *(exp.alias_(exp.cast(exp.null(), "timestamptz"), f"t{n}") for n in later),
    ).from_(events.subquery("h"))  # fmt: skip
    next_ones = exp.select(
        exp.column("customer_id", "n"), exp.alias_(exp.column(f"t{place + 1}", "n"), "at"), exp.alias_(literal(1), "is_later"),
        *(exp.column(f"t{n}", "n") for n in later),
    ).from_(_from_step(funnel, clock, place + 1).subquery("n"))  # fmt: skip
    both = exp.union(own, next_ones, distinct=False).subquery("b")
    told = exp.select(
        exp.column("customer_id", "b"), exp.column("at", "b"), exp.column("is_later", "b"),
        *(exp.alias_(_earliest_after(f"t{n}"), f"t{n}") for n in later),
    ).from_(both)  # fmt: skip
    return (
        exp.select(
            exp.column("customer_id", "e"), exp.alias_(exp.column("at", "e"), f"t{place}"),
            *(exp.column(f"t{n}", "e") for n in later),
        )
        .from_(told.subquery("e"))
        .where(exp.column("is_later", "e").eq(literal(0)))
    )  # fmt: skip


def _earliest_after(column: str) -> Expression:
    """Return the least of a column over what is later. Of equal times the step's own come first, so that they see nothing of it."""
    return exp.Window(
        this=exp.Min(this=exp.column(column, "b")),
        partition_by=[exp.column("customer_id", "b")],
        order=exp.Order(
            expressions=[
                exp.Ordered(this=exp.column("at", "b"), desc=True),
                exp.Ordered(this=exp.column("is_later", "b")),
            ]
        ),
        spec=exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW"),
    )


def _events(funnel: Funnel, clock: Clock, step: Step) -> exp.Select:
    return among_whom(happened(step, funnel.window, clock))


def _span(hours: int) -> exp.Expr:
    return exp.Interval(this=exp.Literal.string(str(hours)), unit=exp.var("HOUR"))


def with_whom(query: exp.Select, who: exp.Select) -> exp.Select:
    """Return a query with those whom it is of written before it."""
    return query.with_(WHO, as_=who)
