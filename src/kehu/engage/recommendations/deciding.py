"""Which offers a customer is made now, and of each why or why not: one question to the database for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from kehu.analyze.segments.saved.explaining import Asked, Reason
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sentences import Titles
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.holdout import is_held_out
from kehu.engage.recommendations.plans import Plan, plan_of
from kehu.engage.recommendations.queries import list_current, pasts_of
from kehu.engage.recommendations.ranking import MOST_SHOWN, ByRule, Candidate, Ranking
from kehu.engage.recommendations.resting import Past, rests_until
from kehu.engage.recommendations.rules import RawRule, Rule, check_rule
from kehu.govern.access.actors import Actor
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text
from kehu.profile.dossier import CustomerNotFound

Verdict = Literal["open", "objected", "not_allowed", "not_eligible", "suppressed", "resting"]
ORDER: tuple[Verdict, ...] = ("objected", "not_allowed", "not_eligible", "suppressed", "resting", "open")
"""What is told first when several hold: what the customer said comes before what the bank's rule says."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An offer weighed for a customer: the verdict, the reasons, and whether chance holds it back from him."""

    offer: Offer
    verdict: Verdict
    eligible: Reason
    suppressed: Reason | None
    past: Past
    rests_until: datetime | None
    is_held: bool

    @property
    def because(self) -> tuple[Text, ...]:
        """The conditions that hold, in words."""
        return tuple(one.text for one in _holding(self.eligible))

    @property
    def fit(self) -> float:
        """The share of the conditions that hold, from 0 to 1; 1 where there are none."""
        leaves = list(_leaves(self.eligible))
        return sum(one.holds for one in leaves) / len(leaves) if leaves else 1.0


@dataclass(frozen=True, slots=True)
class Decision:
    """All current offers weighed for a customer, and those of the first places, the best first.

    Of the first places some may be held back: they keep their place, so that who is held out differs in nothing else.
    """

    customer_id: UUID
    is_objected: bool
    weighed: tuple[Weighed, ...]
    first: tuple[Weighed, ...]
    ranking: str

    @property
    def shown(self) -> tuple[Weighed, ...]:
        """What is shown to whoever serves him."""
        return tuple(one for one in self.first if not one.is_held)


def today_of(now: datetime) -> date:
    """Return the day on which offers begin and end: that of the declared zone."""
    return now.astimezone(ZoneInfo(environment().time_zone)).date()


def decide(
    customer_id: UUID, *, actor: Actor, now: datetime, ranking: Ranking | None = None, most: int = MOST_SHOWN
) -> Decision:
    """Decide for a living customer of the open scope. Raises CustomerNotFound.

    An offer whose rule asks about what is hidden from the actor is left out: being shown it would tell him the value.
    """
    by = ranking or ByRule()
    weighed = weigh(list_current(today_of(now)), customer_id, actor=actor, now=now)
    able = {one.offer.key: one for one in weighed if one.verdict == "open"}
    candidates = [Candidate(key, one.offer.priority, one.fit) for key, one in able.items()]
    first = tuple(able[one.key] for one in by.rank(customer_id, candidates)[:most])
    is_objected = any(one.verdict == "objected" for one in weighed)
    return Decision(customer_id, is_objected, weighed, first, by.name)


def weigh(offers: Sequence[Offer], customer_id: UUID, *, actor: Actor, now: datetime) -> tuple[Weighed, ...]:
    """Weigh offers for one living customer of the open scope, all in one query. Raises CustomerNotFound."""
    plan = plan_of(offers, actor, now)
    rows = plan.written.ask([customer_id])
    if not rows:
        raise CustomerNotFound
    _, is_objected, *rest = rows[0]
    pasts = pasts_of(customer_id)
    scales = _Scales(customer_id, plan.asked, plan.names, iter(rest[len(plan.rules) :]), now)
    return tuple(
        scales.weigh(offer, rule, "objected" if is_objected else "open" if may else "not_allowed", pasts.get(offer.pk, Past()))
        for (offer, rule), may in zip(_paired(offers, plan), rest, strict=False)
    )  # fmt: skip


def try_rule(raw: RawRule, customer_id: UUID, *, actor: Actor, now: datetime) -> Weighed:
    """Weigh a rule that is being written for one living customer of the open scope; whatever he was shown before is left aside.

    Raises DefinitionInvalid, PurposeMissing, PurposeIsOff or CustomerNotFound.
    """
    check_rule(raw, book_of(actor), now)
    offer = Offer(
        id=UUID(int=0), key="", purpose=raw.purpose, eligibility=raw.eligibility, suppression=raw.suppression
    )
    (found,) = weigh([offer], customer_id, actor=actor, now=now)
    return found


@dataclass(frozen=True, slots=True)
class _Scales:
    """Weighs offers in the order in which they were asked."""

    customer_id: UUID
    asked: Asked
    names: Titles
    answers: Iterator[Any]
    now: datetime

    def weigh(self, offer: Offer, rule: Rule, said: Verdict, past: Past) -> Weighed:
        """Weigh one offer; `said` is what follows from the customer's own words."""
        eligible = self.asked.reason(rule.eligibility.root, rule.eligibility, self.answers, self.names)
        suppressed = (
            self.asked.reason(rule.suppression.root, rule.suppression, self.answers, self.names)
            if rule.suppression is not None
            else None
        )
        until = rests_until(
            past, after_shown=offer.rest_after_shown, after_answer=offer.rest_after_answer, now=self.now
        )
        held: dict[Verdict, bool] = {
            said: True,
            "not_eligible": not eligible.holds,
            "suppressed": suppressed is not None and suppressed.holds,
            "resting": until is not None,
        }
        verdict = next(one for one in ORDER if held.get(one, False))
        is_held = is_held_out(offer.key, offer.holdout_share, self.customer_id)
        return Weighed(offer, verdict, eligible, suppressed, past, until, is_held)


def _paired(offers: Sequence[Offer], plan: Plan) -> Iterator[tuple[Offer, Rule]]:
    by_key = {offer.key: offer for offer in offers}
    return ((by_key[key], rule) for key, rule in plan.rules)


def _leaves(reason: Reason) -> Iterator[Reason]:
    if reason.kind in {"all", "any", "segment"}:
        for part in reason.parts:
            yield from _leaves(part)
    else:
        yield reason


def _holding(reason: Reason) -> Iterator[Reason]:
    if reason.kind in {"all", "any", "segment"}:
        for part in reason.parts:
            if part.holds:
                yield from _holding(part)
    elif reason.holds:
        yield reason
