"""Conditions on what ties a customer to something else: a list that he is on."""

from sqlglot import exp

from kehu.analyze.segments.sql.values import literal

Expression = exp.Condition


def on_list(list_id: int, customer: Expression) -> Expression:
    """Return whether a record of the customer is on a list."""
    query = (
        exp.select(exp.column("customer_id", "l"))
        .from_(exp.alias_(exp.to_table("listed"), "m", table=True))
        .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.record_id = m.record_id")
        .where(exp.column("list_id", "m").eq(literal(list_id)))
    )
    return exp.In(this=customer.copy(), query=query.subquery())
