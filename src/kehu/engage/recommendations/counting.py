"""How many customers of the reader's scope an offer suits now, by consent and by rule; rests and hold-out not counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from kehu.analyze.mirror.asking import LakeEmpty, ask
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.query import people
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.operations import rule_of
from kehu.engage.recommendations.rules import RawRule, check_rule
from kehu.govern.access.actors import Actor
from kehu.platform.errors import KehuError
from kehu.platform.text import Text


@dataclass(frozen=True, slots=True)
class Suited:
    """How many there are, and the time that fields and events are of; None and why, where it cannot be told."""

    count: int | None
    as_of: datetime | None
    fault: Text | None = None


def count_rule(raw: RawRule, *, actor: Actor, now: datetime) -> Suited:
    """Count for a rule that is being written. Raises DefinitionInvalid, PurposeMissing, PurposeIsOff or LakeEmpty."""
    book = book_of(actor)
    condition = check_rule(raw, book, now).condition(book, now)
    rows, as_of = ask(people(actor.scope, None, condition).select(exp.Count(this=exp.Star())))
    return Suited(int(rows[0][0]), as_of)


def count_offers(offers: Collection[Offer], *, actor: Actor, now: datetime) -> dict[str, Suited]:
    """Count for offers by key, all in one query. One that cannot be read says why, and the others are counted."""
    book = book_of(actor)
    found: dict[str, Suited] = {}
    conditions: dict[str, exp.Condition] = {}
    for offer in offers:
        try:
            conditions[offer.key] = check_rule(rule_of(offer), book, now).condition(book, now)
        except KehuError as error:
            found[offer.key] = Suited(None, None, error.text)
    if not conditions:
        return found
    counts = [
        exp.Count(this=exp.Case(ifs=[exp.If(this=one, true=exp.Literal.number(1))]))
        for one in conditions.values()
    ]
    try:
        rows, as_of = ask(people(actor.scope, None, exp.true()).select(*counts))
    except LakeEmpty as error:
        return found | {key: Suited(None, None, error.text) for key in conditions}
    return found | {key: Suited(int(count), as_of) for key, count in zip(conditions, rows[0], strict=True)}
