"""Offers: written by marketers, made to customers by rule, answered by them; and what they came to."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Status

from kehu.analyze.segments.saved.explaining import Reason
from kehu.api.engage import offer_shapes as shapes
from kehu.api.engage.campaign_shapes import interval
from kehu.api.govern.me import current
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations import operations, queries
from kehu.engage.recommendations.counting import Suited, count_offers, count_rule
from kehu.engage.recommendations.deciding import Decision, decide, today_of, try_rule
from kehu.engage.recommendations.outcomes import Said, note_showing
from kehu.engage.recommendations.results import WITHIN_DAYS, Tally, results_of, totals
from kehu.engage.recommendations.rules import RawRule
from kehu.flows.engage.offers.record_outcome import record_outcome
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text
from kehu.profile.dossier import CustomerNotFound
from kehu.resolve.forwarding import get_living
from kehu.standardize.numbers.shares import difference, share

Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
router = Router(tags=["offers"])
STATES = {
    "open": Text("按规则适合这位客户，由您判断是否推荐。", "These suit the customer by rule; whether to offer them is up to you."),
    "objected": Text("客户反对自动化决策，所以不按规则推荐产品。可以按客户自己提出的需要服务。", "The customer has objected to automated decisions, so nothing is chosen by rule. Serve what the customer asks for."),
    "not_allowed": Text("客户没有同意这些目的，所以不推荐。客户愿意时，可先登记同意。", "The customer has not consented to these uses, so nothing is offered. Record the consent first if the customer gives it."),
    "none": Text("现在没有适合这位客户的推荐。", "Nothing suits the customer at the moment."),
}  # fmt: skip


@router.get("", response=list[shapes.OfferOut], operation_id="list_offers")
def list_offers(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every offer with its rule, how many customers of the caller's scope it suits now, and what it came to."""
    actor = current(request)
    actor.require("offer.read")
    offers, now = queries.list_offers(), timezone.now()
    today, tallies = today_of(now), totals()
    suited = count_offers(offers, actor=actor, now=now)
    return [
        shapes.offer_out(
            one, suited[one.key], tallies.get(one.pk, Tally()), is_current=queries.is_current(one, today)
        )
        for one in offers
    ]


@router.post("", response={201: shapes.OfferOut}, operation_id="create_offer")
def create_offer(request: HttpRequest, body: shapes.OfferIn) -> Status[dict[str, Any]]:
    """Write a new offer."""
    actor = current(request)
    made = operations.create_offer(key=body.key, terms=body.terms(), actor=actor, now=timezone.now())
    return Status(201, _one(made, actor))


@router.post("/count", response=shapes.OfferCount, operation_id="count_offer")
def count_offer(request: HttpRequest, body: shapes.OfferRuleIn) -> Suited:
    """Count the customers of the caller's scope whom a rule suits now."""
    actor = current(request)
    actor.require("offer.manage")
    return count_rule(_rule(body), actor=actor, now=timezone.now())


@router.post("/try", response=shapes.OfferTrial, operation_id="try_offer")
def try_offer(request: HttpRequest, body: shapes.OfferTryIn) -> dict[str, Any]:
    """Tell what a rule says of one customer, condition by condition."""
    actor = current(request)
    actor.require("offer.manage")
    found = try_rule(_rule(body), _living(body.customer_id), actor=actor, now=timezone.now())
    return {
        "verdict": found.verdict,
        "eligibility": _reason(found.eligible),
        "suppression": _reason(found.suppressed) if found.suppressed else None,
    }


@router.get("/for/{customer_id}", response=shapes.OffersForCustomer, operation_id="list_offers_for_customer")
def list_offers_for(request: HttpRequest, customer_id: UUID) -> dict[str, Any]:
    """Return up to three offers for a customer with their reasons; nothing is kept by looking."""
    actor = current(request)
    actor.require("offer.read")
    return _decided(decide(_living(customer_id), actor=actor, now=timezone.now()))


@router.post("/for/{customer_id}/shown", response=shapes.OfferShown, operation_id="show_offers_to_customer")
def show_offers(request: HttpRequest, customer_id: UUID, body: shapes.OfferShowing) -> dict[str, Any]:
    """Keep that the customer's offers were seen, once a week at most: from it rests are counted, and results."""
    actor = current(request)
    actor.require("offer.read")
    now = timezone.now()
    decision = decide(_living(customer_id), actor=actor, now=now)
    kept = note_showing(decision, place=body.place, author_id=actor.id, now=now)
    return {"is_new": kept > 0}


@router.patch("/{key}", response=shapes.OfferOut, operation_id="update_offer")
def update_offer(request: HttpRequest, key: Key, body: shapes.OfferChange) -> dict[str, Any]:
    """Change an offer; another rule is another version."""
    actor = current(request)
    actor.require("offer.manage")
    offer = queries.get_offer(key)
    before = shapes.offer_out(offer, Suited(None, None), Tally(), is_current=False)
    wanted = shapes.OfferTermsIn(**(before | body.dict(exclude_unset=True)))
    changed = operations.change_offer(key=key, terms=wanted.terms(), actor=actor, now=timezone.now())
    return _one(changed, actor)


@router.post("/{key}/outcomes", response={201: shapes.OfferOutcomeOut}, operation_id="record_offer_outcome")
def post_outcome(request: HttpRequest, key: Key, body: shapes.OfferOutcomeIn) -> Status[dict[str, Any]]:
    """Keep what became of an offer with a customer; the answer and its note stand on his timeline."""
    said = Said(body.outcome, body.because, body.place, body.note)
    made = record_outcome(
        key=key, customer_id=body.customer_id, said=said, actor=current(request), now=timezone.now()
    )
    return Status(201, {"id": made})


@router.get("/{key}/results", response=shapes.OfferResults, operation_id="get_offer_results")
def get_results(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return how many saw, wanted and took an offer, by unit, beside those from whom it was held back."""
    current(request).require("offer.read")
    found = results_of(queries.get_offer(key))
    total = found.total
    return {
        "total": shapes.tally_out(total),
        "units": [{"unit": one.name, **shapes.tally_out(one.tally)} for one in found.units],
        "rate": interval(share(total.taken, total.shown)),
        "held_rate": interval(share(total.held_taken, total.held)),
        "uplift": interval(difference(total.taken, total.shown, total.held_taken, total.held)),
        "within_days": WITHIN_DAYS,
    }


def _living(customer_id: UUID) -> UUID:
    living = get_living(customer_id)
    if living is None:
        raise CustomerNotFound
    return living


def _rule(body: shapes.OfferRuleIn) -> RawRule:
    return RawRule(body.purpose, body.eligibility, body.suppression)


def _one(offer: Offer, actor: Actor) -> dict[str, Any]:
    now = timezone.now()
    suited = count_offers([offer], actor=actor, now=now)[offer.key]
    tally = totals().get(offer.pk, Tally())
    return shapes.offer_out(offer, suited, tally, is_current=queries.is_current(offer, today_of(now)))


def _decided(found: Decision) -> dict[str, Any]:
    verdicts = {one.verdict for one in found.weighed}
    state = "open" if found.shown else "objected" if found.is_objected else "none"
    if state == "none" and verdicts == {"not_allowed"}:
        state = "not_allowed"
    offers = [
        {
            "key": one.offer.key, "kind": one.offer.kind, "name": shapes.label(one.offer, "name"),
            "description": shapes.label(one.offer, "description"), "reason": shapes.label(one.offer, "reason"),
            "because": [text._asdict() for text in one.because], "interested_at": one.past.interested_at,
        }
        for one in found.shown
    ]  # fmt: skip
    return {
        "customer_id": found.customer_id, "state": state, "words": STATES[state]._asdict(), "offers": offers,
        "ranking": found.ranking,
    }  # fmt: skip


def _reason(one: Reason) -> dict[str, Any]:
    return {
        "kind": one.kind, "text": one.text._asdict(), "holds": one.holds,
        "parts": [_reason(part) for part in one.parts],
    }  # fmt: skip
