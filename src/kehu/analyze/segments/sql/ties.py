"""Conditions on what ties a customer to something else: a list that he is on, a tag that he has, another customer.

All hang on records, so that a merge changes none of them. Of relationships an engine sees both sides, whoever asks:
only who may read every unit may ask.
"""

from sqlglot import exp

from kehu.analyze.segments.sql.happenings import Clock
from kehu.analyze.segments.sql.values import day, literal
from kehu.analyze.segments.tree import ANYBODY, HasTag, OnList, Tied, TiedTo

Expression = exp.Condition
_SIDES = (("record_id", "other_record_id", "role"), ("other_record_id", "record_id", "reciprocal_role"))


def tied(node: Tied, customer: Expression, clock: Clock) -> Expression:
    """Return whether what is asked hangs on a record of the customer."""
    match node:
        case OnList(list_id):
            return _among(customer, _hung("listed", "list_id", list_id))
        case HasTag(tag_id):
            return _among(customer, _hung("tagged", "tag_id", tag_id))
        case TiedTo(role):
            return _tied_to(role, customer, clock)


def _tied_to(role: str, customer: Expression, clock: Clock) -> Expression:
    today = day(clock.today)
    since, until = exp.column("since_day", "t"), exp.column("until_day", "t")
    holds = exp.and_(since <= today, exp.or_(until.is_(exp.null()), until.copy() >= today.copy()))
    sides = (_ties(role, side, exp.column("customer_id", "l")).where(holds.copy()) for side in _SIDES)
    return exp.paren(exp.or_(*(_among(customer, rows) for rows in sides)))


def next_days(role: str, clock: Clock) -> list[Expression]:
    """Return the next days on which a relationship of a customer `p` begins, or is over."""
    today = day(clock.today)
    since, until = exp.column("since_day", "t"), exp.column("until_day", "t")
    over = exp.cast(exp.DateAdd(this=until.copy(), expression=literal(1), unit=exp.var("DAY")), "date")
    next_one = exp.case().when(since > today, since.copy()).when(until >= today.copy(), over)
    mine = exp.column("customer_id", "l").eq(exp.column("id", "p"))
    return [
        exp.paren(_ties(role, side, exp.Min(this=next_one.copy())).where(mine.copy()).subquery())
        for side in _SIDES
    ]


def _among(customer: Expression, query: exp.Select) -> Expression:
    return exp.In(this=customer.copy(), query=query.subquery())


def _hung(dataset: str, column: str, number: int) -> exp.Select:
    return (
        exp.select(exp.column("customer_id", "l"))
        .from_(exp.alias_(exp.to_table(dataset), "m", table=True))
        .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.record_id = m.record_id")
        .where(exp.column(column, "m").eq(literal(number)))
    )


def _ties(role: str, side: tuple[str, str, str], what: Expression) -> exp.Select:
    """Return the ties (`t`) of one side, `l` being whose record hangs there; who became one with the other is tied to nobody."""
    own, others, column = side
    links = exp.to_table("links")
    is_himself = f"o.record_id = t.{others} AND o.customer_id = l.customer_id"
    rows = (
        exp.select(what)
        .from_(exp.alias_(exp.to_table("tied"), "t", table=True))
        .join(exp.alias_(links, "l", table=True), on=f"l.record_id = t.{own}")
        .join(exp.alias_(links.copy(), "o", table=True), on=is_himself, join_type="left")
        .where(exp.column("record_id", "o").is_(exp.null()))
    )
    return rows if role == ANYBODY else rows.where(exp.column(column, "t").eq(literal(role)))
