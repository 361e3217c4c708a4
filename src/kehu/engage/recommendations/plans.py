"""The one question in which all offers are asked of a customer: written once a minute at most, for that takes longest.

A plan is of a minute's end: what happened within the minute counts, and a window of days begins a minute late at most.
Whatever it was written from is looked at before each use; a change of a rule, a purpose, a field or a segment counts at once.
"""

import logging
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from sqlglot import exp

from kehu.analyze.segments.saved.explaining import Asked, titles
from kehu.analyze.segments.saved.reading import Book, book_of
from kehu.analyze.segments.sentences import Titles
from kehu.analyze.segments.sql.query import allowed, people
from kehu.analyze.segments.sql.singles import Written, write
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.operations import rule_of
from kehu.engage.recommendations.rules import Rule, read_rule
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.errors import KehuError
from kehu.platform.scope import SYSTEM

log = logging.getLogger(__name__)
MOST_KEPT = 64
_kept: dict[Hashable, "Plan"] = {}
_STAMP = """
SELECT (SELECT jsonb_agg(jsonb_build_array(p.key, p.current_id, p.is_active, p.name_zh, p.name_en) ORDER BY p.id) FROM govern_purpose p)::text,
  (SELECT count(*) || '|' || max(id) FROM analyze_segment_version),
  (SELECT count(*) || '|' || max(id::text) FROM analyze_segment WHERE NOT is_archived),
  (SELECT md5(string_agg(s.name, '|' ORDER BY s.id)) FROM analyze_segment s),
  (SELECT md5(string_agg(u.id || u.code || u.name || coalesce(u.parent_id, 0), '|' ORDER BY u.id)) FROM govern_unit u),
  (SELECT count(*) || '|' || max(updated_at) FROM govern_field),
  (SELECT md5(string_agg(t.id || t.key || t.version || t.is_active || t.name_zh || t.name_en, '|' ORDER BY t.id)) FROM analyze_trait t)
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that can be read, by the key of their offer, the question, and the way back from its answers."""

    rules: tuple[tuple[str, Rule], ...]
    asked: Asked
    written: Written
    names: Titles


def plan_of(offers: Sequence[Offer], actor: Actor, now: datetime) -> Plan:
    """Return the plan of offers for an actor: those that ask about what is hidden from him, or cannot be read, are left out."""
    moment = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    book = book_of(actor)
    marks = tuple((one.key, one.version, one.changed_at) for one in offers)
    key: Hashable = (moment, marks, frozenset(book.kinds.items()), _stamp())
    if "" in {one.key for one in offers}:
        return _make(offers, book, now)  # a rule that is being written has no version
    plan = _kept.get(key)
    if plan is None:
        plan = _make(offers, book, moment)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = plan
    return plan


def _make(offers: Sequence[Offer], book: Book, moment: datetime) -> Plan:
    asked = Asked(book, moment, wants_times=False)
    rules: list[tuple[str, Rule]] = []
    for offer in offers:
        so_far = len(asked.columns)
        try:
            rule = read_rule(rule_of(offer), book)
            for part in filter(None, (rule.eligibility, rule.suppression)):
                asked.ask(part.root, part)
        except KehuError as error:
            del asked.columns[so_far:]
            log.info("an offer is left out", extra={"offer": offer.key, "fault": error.code})
            continue
        rules.append((offer.key, rule))
    query = people(SYSTEM, None, exp.true()).select(
        exp.column("id", "p"), exp.column("is_automation_objected", "p"),
        *(allowed(rule.gate) for _, rule in rules), *asked.columns,
    )  # fmt: skip
    return Plan(tuple(rules), asked, write(query, registry()), titles(book))


def _stamp() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return tuple(cursor.fetchone())
