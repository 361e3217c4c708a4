"""The query of a lifecycle: the stage of everybody whom the purpose allows, at one moment."""

from datetime import datetime

from sqlglot import exp

from kehu.analyze.lifecycle.reading import Lifecycle
from kehu.analyze.segments.sql.happenings import Clock
from kehu.analyze.segments.sql.query import Compiler, Names, people
from kehu.analyze.segments.sql.values import literal
from kehu.govern.purposes.gate import Gate
from kehu.platform.scope import Scope


def staged(
    lifecycle: Lifecycle, names: Names, gate: Gate, scope: Scope, at: datetime, *, is_past: bool = False
) -> exp.Select:
    """Return `customer_id` and `stage` of everybody in scope whom the purpose allows; whom no rule takes has none.

    Of the past, events are those that had happened; fields, consent and scope are of now. Who was no customer yet, by the
    field that says since when, has no stage; where it says nothing he was.
    """
    compiler = Compiler(names, at, is_past=is_past)
    case = exp.Case()
    for stage in reversed(lifecycle.stages):
        case = case.when(compiler.condition(stage.when), literal(stage.key))
    began: exp.Condition = exp.true()
    if is_past and lifecycle.since:
        day = exp.cast(exp.Literal.string(Clock(at, lifecycle.zone).today.isoformat()), "date")
        began = exp.func("COALESCE", exp.column(f"f_{lifecycle.since}", "c", quoted=True) <= day, exp.true())
    everybody = people(scope, gate, began).select(exp.column("customer_id", "p"), exp.alias_(case, "stage"))
    return (
        exp.select(exp.column("customer_id", "s"), exp.column("stage", "s"))
        .from_(everybody.subquery("s"))
        .where(exp.not_(exp.column("stage", "s").is_(exp.null())))
    )
