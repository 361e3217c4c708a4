"""How many remain at each part of a definition: every condition once as a column, every count over the columns, in one pass."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp

from kehu.analyze.segments.sql.query import Expression
from kehu.analyze.segments.tree import All, AnyOf, Node, Not


@dataclass(frozen=True, slots=True)
class Step:
    """A part by its place in the JSON (`all[1].not.any[0]`), and who remains at it, over the columns."""

    place: str
    remains: Expression


@dataclass(slots=True)
class Steps:
    """The parts of a definition as they are read, top to bottom.

    Of parts that all have to hold it is who met every one so far; of alternatives and of what must not hold, who meets
    this one among those who came so far.
    """

    compile: Callable[[Node], Expression]
    columns: list[Expression] = field(default_factory=list)
    found: list[Step] = field(default_factory=list)

    def walk(self, node: Node, place: str = "", before: tuple[Expression, ...] = ()) -> Expression:
        """Read a part, for those who came so far; returns whether a customer meets it."""
        lead = f"{place}." if place else ""
        match node:
            case All(parts):
                met: list[Expression] = []
                for number, part in enumerate(parts):
                    here = f"{lead}all[{number}]"
                    met.append(self.walk(part, here, (*before, *met)))
                    self.found.append(Step(here, _all(*before, *met)))
                return _all(*met)
            case AnyOf(parts):
                met = []
                for number, part in enumerate(parts):
                    here = f"{lead}any[{number}]"
                    met.append(self.walk(part, here, before))
                    self.found.append(Step(here, _all(*before, met[-1])))
                return exp.paren(exp.or_(*(one.copy() for one in met))) if met else exp.false()
            case Not(part):
                here = f"{lead}not"
                met_by = self.walk(part, here, before)
                self.found.append(Step(here, _all(*before, met_by)))
                return exp.not_(exp.paren(met_by.copy()))
            case _:
                self.columns.append(self.compile(node))
                return exp.column(f"m{len(self.columns) - 1}")


def _all(*parts: Expression) -> Expression:
    return exp.paren(exp.and_(*(one.copy() for one in parts))) if parts else exp.true()
