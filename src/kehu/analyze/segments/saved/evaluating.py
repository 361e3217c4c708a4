"""Who is in a segment and who may fall out by time: of everybody over the lake, of some at once in PostgreSQL."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlglot import exp

from kehu.analyze.mirror.asking import ask, watermark
from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book
from kehu.analyze.segments.sql.flips import Flips, flips
from kehu.analyze.segments.sql.query import Compiler, allowed, people
from kehu.analyze.segments.sql.singles import ask_of
from kehu.analyze.segments.tree import Definition
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.platform.errors import KehuError
from kehu.platform.scope import SYSTEM

log = logging.getLogger(__name__)
SOON = timedelta(hours=36)
"""How far ahead moments are kept: what falls due later is found by the whole evaluation of a later night."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a customer is in, and when time alone may change that."""

    holds: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Everybody:
    """Members over the lake, who falls due soon, and the transaction up to which both are known."""

    members: list[UUID]
    dues: list[tuple[UUID, datetime]]
    watermark: int


class Evaluation:
    """One segment at one moment."""

    def __init__(self, segment: Segment, book: Book, now: datetime) -> None:
        names = book.names()
        if segment.current is None:
            raise ValueError(segment.pk)
        self.definition: Definition = read(segment.current.definition, book.kinds)
        self.gate: Gate = open_gate(segment.purpose)
        self.condition = Compiler(names, now).condition(self.definition)
        self.flips: Flips = flips(self.definition, names.segment, now, names.traits)
        self.now = now

    def everybody(self) -> Everybody:
        """Evaluate everybody over the lake. Raises LakeEmpty."""
        known_to = watermark()
        customer = exp.column("customer_id", "p")
        rows, _ = ask(people(SYSTEM, self.gate, self.condition.copy()).select(customer))
        dues: list[tuple[UUID, datetime]] = []
        if self.flips.is_driven_by_time:
            soon = self.flips.until(self.now + SOON)
            found, _ = ask(people(SYSTEM, self.gate, soon).select(customer.copy(), *self.flips.columns()))
            dues = [(UUID(row[0]), at) for row in found if (at := self.flips.first(row[1:])) is not None]
        return Everybody([UUID(row[0]) for row in rows], dues, known_to)

    def some(self, ids: Collection[UUID]) -> dict[UUID, Verdict]:
        """Evaluate some customers in PostgreSQL; who is gone or not to be taken is not in."""
        holds = exp.and_(allowed(self.gate), self.condition.copy())
        query = people(SYSTEM, None, exp.true()).select(exp.column("id", "p"), holds, *self.flips.columns())
        verdicts = {one: Verdict(holds=False, due_at=None) for one in ids}
        for customer_id, is_in, *rest in ask_of(ids, query, registry()):
            verdicts[customer_id] = Verdict(bool(is_in), self._soon(self.flips.first(rest)))
        return verdicts

    def _soon(self, at: datetime | None) -> datetime | None:
        return at if at is not None and at < self.now + SOON else None


def evaluations(
    segments: Collection[Segment], book: Book, now: datetime
) -> Iterator[tuple[Segment, Evaluation | None]]:
    """Yield segments ready to be evaluated; None for one whose purpose or words are no longer there: nobody is in it."""
    for segment in segments:
        try:
            yield segment, Evaluation(segment, book, now)
        except KehuError as error:
            log.warning("a segment cannot be evaluated", extra={"state": error.code})
            yield segment, None
