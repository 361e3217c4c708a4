"""How many customers of the open scope a purpose may take and a definition describes: exact, with the time it is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.current import TABLE, catch_up
from kehu.analyze.mirror.datasets import Dataset, every
from kehu.analyze.mirror.fields import kinds, open_to
from kehu.analyze.mirror.folds import PREFIX
from kehu.analyze.mirror.sync import state_of
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.sql.query import Compiler, Names, people
from kehu.analyze.segments.tree import Definition
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.govern.queries.people import unit_ids_of
from kehu.platform.errors import Unavailable
from kehu.platform.lake.engines import Rows, Table, engine
from kehu.platform.text import Text


class LakeEmpty(Unavailable):
    """Nothing was mirrored yet."""

    code = "lake_empty"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "分析数据正在第一次准备，稍后再试。管理员可以运行 kehu lake sync。",
                "The data for analysis is being made ready for the first time; try again in a while. An operator may run kehu lake sync.",
            )
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and the time that fields and events are of; scope and consent are of now."""

    count: int
    as_of: datetime


def count(raw: Any, *, purpose: str | None, actor: Actor, now: datetime) -> Count:
    """Count whom a definition describes. Raises PurposeMissing, PurposeIsOff, DefinitionInvalid or LakeEmpty."""
    gate = open_gate(purpose)
    known = names(actor)
    condition = Compiler(known, now).condition(read(raw, known.kinds))
    query = people(actor.scope, gate, condition).select(exp.Count(this=exp.Star()))
    rows, as_of = ask(query)
    return Count(int(rows[0][0]), as_of)


def ask(query: exp.Select) -> tuple[Rows, datetime]:
    """Return the rows of a query over the lake and the present, and the time that the lake is of. Raises LakeEmpty."""
    asked = engine()
    used = {table.name for table in query.find_all(exp.Table)} - {TABLE}
    tables, as_of = _tables(used)
    catch_up(asked)
    return asked.rows(query.sql(dialect=asked.dialect), tables), as_of


def _tables(used: set[str]) -> tuple[Mapping[str, Table], datetime]:
    tables, oldest = {}, None
    for dataset in every(registry()):
        state = state_of(dataset)
        if state.synced_at is None or dataset.name not in used:
            continue
        oldest = min(oldest or state.synced_at, state.synced_at)
        tables[dataset.name] = Table(_columns(dataset), dataset.key, state.files)
    if oldest is None or used - tables.keys():
        raise LakeEmpty
    return tables, oldest


def _columns(dataset: Dataset) -> dict[str, str]:
    own = {column.name: column.kind for column in dataset.columns}
    folds = {PREFIX + name: "text" for name in (*dataset.texts, *filter(None, [dataset.properties]))}
    return own | folds


def names(actor: Actor) -> Names:
    """Return what an actor's definitions may name now."""

    def of_units(code: str, is_below: bool) -> tuple[int, ...]:  # noqa: FBT001 (the shape of Names.units)
        found = unit_ids_of(code, is_below=is_below)
        if not found:
            raise DefinitionInvalid("", Text(f"没有机构“{code}”。", f"There is no unit “{code}”."))
        return found

    def of_segment(segment_id: UUID) -> Definition:
        raise DefinitionInvalid("", Text(f"没有客群“{segment_id}”。", f"There is no segment “{segment_id}”."))

    return Names(kinds(open_to(actor, registry())), of_units, open_gate, of_segment)
