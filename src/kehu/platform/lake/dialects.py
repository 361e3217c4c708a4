"""From an expression to an engine's SQL: what its dialect says otherwise than the translator knows stands here, and nowhere else."""

from typing import Any

from sqlglot import exp

_MOMENT = ("happened_at", "id")


def text_of(query: exp.Query, dialect: str) -> str:
    """Return a query as an engine reads it."""
    query = query.transform(_for_spark if dialect == "spark" else _for_duckdb)
    return query.sql(dialect=dialect)


def moment(table: str) -> exp.Struct:
    """Return what orders the events of a table: when they happened, and their ids where that was at once."""
    return exp.Struct(
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name), expression=exp.column(name, table))
            for name in _MOMENT
        ]
    )


def _for_duckdb(node: Any) -> Any:
    """DuckDB compares pairs slowly and whole numbers of 128 bits fast: a moment becomes one number, in the same order."""
    if isinstance(node, exp.Struct) and [one.name for one in node.expressions] == [*_MOMENT]:
        at, own = (one.expression for one in node.expressions)
        micros = exp.cast(exp.func("epoch_us", at), "INT128")
        return exp.paren(micros * exp.Literal.number(2**64) + own)
    return node


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
