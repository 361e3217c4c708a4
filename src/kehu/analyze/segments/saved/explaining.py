"""Why a customer is in a segment, or is not: every condition by itself, with what was found, as of now in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from kehu.analyze.models.lists import CustomerList
from kehu.analyze.models.segments import Segment
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import Book, book_of
from kehu.analyze.segments.sentences import Titles, tell
from kehu.analyze.segments.sql.happenings import Clock, happened
from kehu.analyze.segments.sql.query import Compiler, allowed, people
from kehu.analyze.segments.sql.singles import ask_of
from kehu.analyze.segments.tree import All, AnyOf, Definition, Done, Node, Not, OfSegment
from kehu.analyze.traits.queries import codes_of, list_computed
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.models.access import Unit
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.gate import open_gate
from kehu.platform.scope import SYSTEM
from kehu.platform.text import Text
from kehu.profile.dossier import CustomerNotFound
from kehu.profile.models import Tag


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition or group: whether it holds, how often the event happened and when last, and its parts."""

    kind: str
    text: Text
    holds: bool
    times: int | None = None
    last_at: datetime | None = None
    parts: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a customer belongs to a segment now: because the purpose may take him, and the definition describes him."""

    is_member: bool
    is_allowed: bool
    reason: Reason


def explain(segment: Segment, customer_id: UUID, *, actor: Actor, now: datetime) -> Explanation:
    """Explain one living customer of the open scope. Raises CustomerNotFound, DefinitionInvalid or PurposeIsOff."""
    if segment.current is None:
        raise CustomerNotFound
    book = book_of(actor)
    definition = read(segment.current.definition, book.kinds)
    asked = Asked(book, now)
    asked.ask(definition.root, definition)
    query = people(SYSTEM, None, exp.true()).select(
        exp.column("id", "p"), allowed(open_gate(segment.purpose)), *asked.columns
    )
    rows = ask_of([customer_id], query, registry())
    if not rows:
        raise CustomerNotFound
    answers = iter(rows[0][2:])
    reason = asked.reason(definition.root, definition, answers, titles(book))
    is_allowed = bool(rows[0][1])
    return Explanation(is_allowed and reason.holds, is_allowed, reason)


class Asked:
    """The columns of an explanation, leaf by leaf, and the way back from their answers to the tree."""

    def __init__(self, book: Book, now: datetime, *, wants_times: bool = True) -> None:
        self.book, self.now, self.wants_times = book, now, wants_times
        self.compiler = Compiler(book.names(), now)
        self.columns: list[exp.Condition | exp.Subquery] = []

    def ask(self, node: Node, whole: Definition) -> None:
        """Add the columns of a tree."""
        match node:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    self.ask(part, whole)
            case Not(part):
                self.ask(part, whole)
            case OfSegment(segment_id):
                inner = self.book.definition(segment_id)
                self.ask(inner.root, inner)
            case _:
                self.columns.append(self.compiler.condition(Definition(node, whole.zone)))
                if isinstance(node, Done) and self.wants_times:
                    self.columns += self._times(node, whole)

    def _times(self, node: Done, whole: Definition) -> list[exp.Subquery]:
        found = happened(node.step, node.window, Clock(self.now, whole.zone)).subquery("h")
        mine = exp.column("customer_id", "h").eq(exp.column("id", "p"))
        count, last = exp.Count(this=exp.Star()), exp.Max(this=exp.column("happened_at", "h"))
        return [exp.select(one).from_(found.copy()).where(mine.copy()).subquery() for one in (count, last)]

    def reason(self, node: Node, whole: Definition, answers: Any, names: Titles) -> Reason:
        """Return the reason of a tree from the answers to its columns, in their order."""
        text = tell(node, names)
        match node:
            case All(parts) | AnyOf(parts):
                told = tuple(self.reason(part, whole, answers, names) for part in parts)
                is_all = isinstance(node, All)
                holds = all(one.holds for one in told) if is_all else any(one.holds for one in told)
                return Reason("all" if is_all else "any", text, holds, parts=told)
            case Not(part):
                inner = self.reason(part, whole, answers, names)
                return Reason("not", text, not inner.holds, parts=(inner,))
            case OfSegment(segment_id):
                definition = self.book.definition(segment_id)
                inner = self.reason(definition.root, definition, answers, titles(self.book))
                return Reason("segment", text, inner.holds, parts=(inner,))
            case Done() if self.wants_times:
                return Reason("event", text, bool(next(answers)), int(next(answers)), next(answers))
            case _:
                return Reason("condition", text, bool(next(answers)))


def titles(book: Book) -> Titles:
    """Return the names of what definitions may name."""
    return Titles(
        {key: spec for key, spec in registry().items() if key in book.kinds},
        dict(Unit.objects.values_list("code", "name")),
        {one.key: Text(one.name_zh, one.name_en) for one in Purpose.objects.all()},
        dict(Segment.objects.values_list("pk", "name")),
        {one.key: Text(one.name_zh, one.name_en) for one in list_computed()},
        {one.key: codes_of(one) for one in list_computed()},
        dict(CustomerList.objects.values_list("pk", "name")),
        dict(Tag.objects.values_list("pk", "name")),
    )
