"""The queries of a contrast: every customer marked as of the segment or of the rest, and what is known of both, in a few passes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlglot import exp

from kehu.analyze.mirror.asking import ask
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.happenings import Clock, moment_of
from kehu.analyze.segments.sql.query import Compiler, people
from kehu.analyze.segments.sql.traits import days_since
from kehu.analyze.segments.sql.values import day, literal
from kehu.analyze.segments.tree import Definition, Kind, TraitFacts
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import Gate
from kehu.platform.lake.engines import Rows

Expression = exp.Condition
MARKED = "marked"
MOST_VALUES = 12
MOST_EVENTS = 20
HABIT_DAYS = 90
UNIT = "unit"


class Marked:
    """Everybody in scope whom a purpose may take, each with whether a definition describes him."""

    def __init__(self, definition: Definition, *, actor: Actor, gate: Gate, book: Book, clock: Clock) -> None:
        self.kinds: Mapping[str, Kind] = {key: kind for key, kind in book.kinds.items() if ":" not in key}
        self.clock = clock
        holds = Compiler(book.names(), clock.now).condition(definition)
        own = [
            exp.alias_(exp.column(f"f_{key}", "c", quoted=True), f"f_{key}", quoted=True)
            for key in self.kinds
        ]
        self.everybody = people(actor.scope, gate, exp.true()).select(
            exp.column("id", "p"), exp.column("unit_id", "p"), exp.alias_(holds, "inside"), *own
        )

    def sizes(self) -> tuple[int, int, Any]:
        """Return how many are inside and how many outside, and the time of the lake."""
        rows, as_of = self._ask(_from_marked(exp.Count(this=exp.Star()), _inside_count(exp.true())))
        total, inside = int(rows[0][0]), int(rows[0][1])
        return inside, total - inside, as_of

    def numbers(self) -> dict[str, tuple[list[float], list[float]]]:
        """Return count, mean and variance inside and outside, of numbers, and of dates in days before today, by field."""
        fields = [key for key, kind in self.kinds.items() if kind in ("number", "date")]
        if not fields:
            return {}
        columns: list[Expression] = []
        for key in fields:
            value: Expression = exp.column(f"f_{key}", "m", quoted=True)
            if self.kinds[key] == "date":
                value = exp.DateDiff(
                    this=day(self.clock.today), expression=exp.cast(value, "date"), unit=exp.var("DAY")
                )
            columns += _moments(exp.cast(value, "double"))
        rows = self._sided(_from_marked(exp.column("inside", "m"), *columns))
        return {
            key: tuple(_numbers(rows.get(side, ())[3 * place : 3 * place + 3]) for side in (True, False))  # type: ignore[misc]  # two sides
            for place, key in enumerate(fields)
        }

    def known(self) -> dict[str, tuple[int, int]]:
        """Return of how many, inside and outside, each field of words and each unit is known."""
        fields = [*self._words(), UNIT]
        columns = [exp.Count(this=_column(key)) for key in fields]
        rows = self._sided(_from_marked(exp.column("inside", "m"), *columns))
        return {
            key: (_whole(rows.get(True), place), _whole(rows.get(False), place))
            for place, key in enumerate(fields)
        }

    def values(self) -> dict[str, list[tuple[str, int, int]]]:
        """Return the most frequent values of fields of words and of units, with how many inside and outside have each."""
        parts = [self._counted(key) for key in (*self._words(), UNIT)]
        rows, _ = self._ask(_all_of(parts))
        return _by_name(rows)

    def habits(self) -> list[tuple[str, int, int]]:
        """Return the most usual events of the last 90 days, with how many inside and outside did each."""
        customer = exp.column("id", "m")
        name = exp.column("name", "e")
        mine = exp.Case(ifs=[exp.If(this=exp.column("inside", "m"), true=customer.copy())])
        all_ = exp.alias_(exp.Count(this=exp.Distinct(expressions=[customer])), "customers")
        query = (
            exp.select(name, exp.Count(this=exp.Distinct(expressions=[mine])), all_)
            .from_(exp.alias_(exp.to_table(MARKED), "m", table=True))
            .join(exp.alias_(exp.to_table("links"), "l", table=True), on="l.customer_id = m.id")
            .join(exp.alias_(exp.to_table("events"), "e", table=True), on="e.record_id = l.record_id")
            .where(
                exp.column("happened_at", "e") >= moment_of(self.clock.now - timedelta(days=HABIT_DAYS)),
                exp.column("happened_at", "e") < moment_of(self.clock.now),
            )
            .group_by(name.copy())
            .order_by(exp.Ordered(this=exp.column("customers"), desc=True), name.copy())
            .limit(MOST_EVENTS)
        )
        rows, _ = self._ask(query)
        return [(str(event), int(ours), int(of) - int(ours)) for event, ours, of in rows]

    def traits(self, facts: Mapping[str, TraitFacts]) -> dict[str, tuple[list[float], list[float]]]:
        """Return count, mean and variance of traits that are numbers, of those who have a value, inside and outside."""
        numeric = {one.id: key for key, one in facts.items() if one.kind != "text"}
        if not numeric:
            return {}
        number, trait = exp.column("number", "v"), exp.column("trait_id", "v")
        since = [literal(one.id) for one in facts.values() if one.kind == "since"]
        value: Expression = number
        if since:
            value = (
                exp.case()
                .when(exp.In(this=trait.copy(), expressions=since), days_since(number, self.clock))
                .else_(number.copy())
            )
        query = (
            exp.select(trait, exp.column("inside", "m"), *_moments(exp.cast(value, "double")))
            .from_(exp.alias_(exp.to_table(MARKED), "m", table=True))
            .join(exp.alias_(exp.to_table("traits"), "v", table=True), on="v.customer_id = m.id")
            .where(exp.In(this=trait.copy(), expressions=[literal(one) for one in numeric]))
            .group_by(trait.copy(), exp.column("inside", "m"))
        )
        rows, _ = self._ask(query)
        found = {(int(row[0]), bool(row[1])): _numbers(row[2:]) for row in rows}
        return {
            key: (found.get((id_, True), _numbers(())), found.get((id_, False), _numbers(())))
            for id_, key in numeric.items()
        }

    def _words(self) -> list[str]:
        return [key for key, kind in self.kinds.items() if kind in ("code", "text", "yes_no")]

    def _counted(self, key: str) -> exp.Select:
        value, times = _column(key), exp.Count(this=exp.Star())
        ours = _inside_count(exp.true())
        rows = (
            exp.select(
                exp.alias_(literal(key), "name"), exp.alias_(exp.cast(value, "text"), "value"),
                exp.alias_(ours, "ours"), exp.alias_(times, "customers"),
            )
            .from_(exp.alias_(exp.to_table(MARKED), "m", table=True))
            .where(exp.not_(value.copy().is_(exp.null())))
            .group_by(value.copy())
            .order_by(exp.Ordered(this=exp.column("customers"), desc=True), exp.column("value"))
            .limit(MOST_VALUES)
        )  # fmt: skip
        return exp.select("name", "value", "ours", "customers").from_(rows.subquery("t"))

    def _sided(self, query: exp.Select) -> dict[bool, tuple[Any, ...]]:
        rows, _ = self._ask(query.group_by(exp.column("inside", "m")))
        return {bool(row[0]): tuple(row[1:]) for row in rows}

    def _ask(self, query: exp.Query) -> tuple[Rows, Any]:
        return ask(query.with_(MARKED, as_=self.everybody))


def _from_marked(*columns: Expression) -> exp.Select:
    return exp.select(*columns).from_(exp.alias_(exp.to_table(MARKED), "m", table=True))


def _column(key: str) -> Expression:
    return exp.column("unit_id", "m") if key == UNIT else exp.column(f"f_{key}", "m", quoted=True)


def _inside_count(condition: Expression) -> Expression:
    both = exp.and_(exp.column("inside", "m"), condition)
    return exp.Count(this=exp.Case(ifs=[exp.If(this=both, true=literal(1))]))


def _moments(value: Expression) -> list[Expression]:
    return [exp.Count(this=value), exp.Avg(this=value.copy()), exp.Variance(this=value.copy())]


def _numbers(cells: Sequence[Any]) -> list[float]:
    return [0.0 if cell is None else float(cell) for cell in cells] or [0.0, 0.0, 0.0]


def _whole(row: tuple[Any, ...] | None, place: int) -> int:
    return 0 if row is None else int(row[place])


def _all_of(parts: Sequence[exp.Select]) -> exp.Query:
    made: exp.Query = parts[0]
    for part in parts[1:]:
        made = exp.union(made, part, distinct=False)
    return made


def _by_name(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[str, int, int]]]:
    found: dict[str, list[tuple[str, int, int]]] = {}
    for name, value, ours, of in rows:
        found.setdefault(str(name), []).append((str(value), int(ours), int(of) - int(ours)))
    return {
        name: sorted(values, key=lambda one: (-one[1] - one[2], one[0])) for name, values in found.items()
    }
