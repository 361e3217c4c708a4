"""The query of a segment: whom scope and purpose let through, and who of them meets the definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlglot import exp, parse_one

from kehu.analyze.mirror.current import TABLE
from kehu.analyze.segments.sql.happenings import Clock, done, in_order
from kehu.analyze.segments.sql.ties import tied
from kehu.analyze.segments.sql.traits import trait_is
from kehu.analyze.segments.sql.values import asked, literal
from kehu.analyze.segments.tree import (
    All,
    AnyOf,
    Definition,
    Done,
    FieldIs,
    HasTag,
    InOrder,
    Kind,
    MayReach,
    Node,
    Not,
    OfSegment,
    OfUnit,
    OnList,
    Tied,
    TiedTo,
    TraitFacts,
    TraitIs,
)  # fmt: skip
from kehu.govern.purposes.gate import Gate
from kehu.platform.scope import Scope

Expression = exp.Condition
Standing = FieldIs | OfUnit | MayReach | OfSegment | Tied | TraitIs


@dataclass(frozen=True, slots=True)
class Names:
    """What a definition names: fields with their kinds, units, purposes and other segments, as they are now."""

    kinds: Mapping[str, Kind]
    units: Callable[[str, bool], tuple[int, ...]]
    gate: Callable[[str, str], Gate]
    segment: Callable[[UUID], Definition]
    traits: Mapping[str, TraitFacts] = field(default_factory=dict)


class Compiler:
    """Compiles definitions for one moment; with `is_past` for one in the past, when nothing later was known."""

    def __init__(self, names: Names, now: datetime, *, is_past: bool = False) -> None:
        self.names, self.now, self.is_past = names, now, is_past

    def condition(self, definition: Definition) -> Expression:
        """Return whether a customer, `p` as he is now and `c` as the lake knows him, meets a definition."""
        return self.part(definition.root, definition.zone)

    def part(self, node: Node, zone: str) -> Expression:
        """Return whether a customer meets a part of a definition whose days are days of a zone."""
        return self._node(node, Clock(self.now, zone, self.now if self.is_past else None))

    def _node(self, node: Node, clock: Clock) -> Expression:
        match node:
            case All(parts):
                return exp.and_(*(self._node(part, clock) for part in parts)) if parts else exp.true()
            case AnyOf(parts):
                return exp.or_(*(self._node(part, clock) for part in parts)) if parts else exp.false()
            case Not(part):
                return exp.not_(exp.paren(self._node(part, clock)))
            case Done():
                return done(node, exp.column("id", "p"), clock)
            case InOrder():
                return in_order(node, exp.column("id", "p"), clock)
            case _:
                return self._standing(node, clock)

    def _standing(self, node: Standing, clock: Clock) -> Expression:
        """Return whether a customer is as a condition says, whatever happened."""
        match node:
            case FieldIs():
                return self._field(node, clock)
            case OfUnit(code, is_below):
                return _one_of("unit_id", self.names.units(code, is_below))
            case MayReach(purpose, channel):
                return allowed(self.names.gate(purpose, channel))
            case TraitIs(key):
                return trait_is(node, self.names.traits[key], exp.column("id", "p"), clock)
            case OfSegment(segment_id):
                return exp.paren(self.condition(self.names.segment(segment_id)))
            case OnList() | HasTag() | TiedTo():
                return tied(node, exp.column("id", "p"), clock)

    def _field(self, node: FieldIs, clock: Clock) -> Expression:
        is_text = self.names.kinds[node.field] == "text"
        name = f"folded_f_{node.field}" if is_text else f"f_{node.field}"
        value = exp.column(name, "c", quoted=True)
        return asked(value, node.operator, node.values, clock.today, is_text=is_text)


def people(scope: Scope, gate: Gate | None, condition: Expression) -> exp.Select:
    """Return the FROM and WHERE of everybody in scope whom the purpose allows and who meets a condition; select from it.

    Without a gate nothing is acted upon: whether the purpose allows is asked beside.
    """
    return (
        exp.Select()
        .from_(exp.alias_(exp.to_table(TABLE), "p", table=True))
        .join(exp.alias_(exp.to_table("customers"), "c", table=True), on="c.id = p.id")
        .where(_seen(scope), allowed(gate) if gate else exp.true(), condition)
    )


def _seen(scope: Scope) -> Expression:
    """Return the row scope, as row security has it."""
    if scope.is_system:
        return exp.true()
    parts = [_one_of("unit_id", scope.unit_ids), _one_of("unit_set_id", scope.unit_set_ids)]
    if scope.owner_id is not None:
        parts.append(_one_of("owner_id", (scope.owner_id,)))
    return exp.paren(exp.or_(*parts))


def _one_of(column: str, ids: tuple[int, ...]) -> Expression:
    if not ids:
        return exp.false()
    found = exp.In(this=exp.column(column, "p"), expressions=[literal(one) for one in ids])
    return exp.func("COALESCE", found, exp.false())


def allowed(gate: Gate) -> Expression:
    """Return whether a purpose may take a customer, `p` as he is now."""
    return exp.paren(parse_one(gate.condition("p"), dialect="postgres"))
