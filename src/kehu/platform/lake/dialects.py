"""From an expression to an engine's SQL: what its dialect says otherwise than the translator knows stands here, and nowhere else."""

from typing import Any

from sqlglot import exp


def text_of(query: exp.Query, dialect: str) -> str:
    """Return a query as an engine reads it."""
    if dialect == "spark":
        query = query.transform(_for_spark)
    return query.sql(dialect=dialect)


def _for_spark(node: Any) -> Any:
    """Spark refuses a place behind the end of an array, where the others answer that nothing is there, and knows no epoch."""
    if isinstance(node, exp.Extract) and node.name.upper() == "EPOCH":
        micros = exp.func("unix_micros", node.expression)
        return exp.paren(exp.Div(this=micros, expression=exp.Literal.number("1e6")))
    if isinstance(node, exp.Bracket) and len(node.expressions) == 1:
        place = node.expressions[0]
        if isinstance(place, exp.Literal) and place.is_int:
            return exp.func("get", node.this, place)
    return node
