"""Writing offers down and changing them; another rule is another version, and outcomes tell by which one they came."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kehu.analyze.segments.saved.reading import book_of
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.queries import get_offer
from kehu.engage.recommendations.rules import RawRule, check_rule
from kehu.engage.recommendations.terms import OfferTaken, OfferTerms, check_key, check_terms, values_of
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting


def create_offer(*, key: str, terms: OfferTerms, actor: Actor, now: datetime) -> Offer:
    """Write a new offer. Raises Invalid, DefinitionInvalid, PurposeMissing, PurposeIsOff or OfferTaken."""
    actor.require("offer.manage")
    check_key(key)
    check_terms(terms)
    check_rule(terms.rule, book_of(actor), now)
    with acting(SYSTEM):
        try:
            with transaction.atomic():
                made = Offer.objects.create(
                    id=new_id(), key=key, author_id=actor.id, created_at=now, changed_at=now, **values_of(terms)
                )  # fmt: skip
        except IntegrityError as error:
            raise OfferTaken(key) from error
    _tell("offer.create", made, actor, now)
    return made


def change_offer(*, key: str, terms: OfferTerms, actor: Actor, now: datetime) -> Offer:
    """Have an offer say something else from now on. Raises as `create_offer`, and OfferNotFound."""
    actor.require("offer.manage")
    check_terms(terms)
    with acting(SYSTEM):
        offer = get_offer(key, for_update=True)
    if terms.rule != rule_of(offer):
        check_rule(terms.rule, book_of(actor), now)
        offer.version += 1
    for name, value in values_of(terms).items():
        setattr(offer, name, value)
    offer.changed_at = now
    with acting(SYSTEM):
        offer.save()
    _tell("offer.change", offer, actor, now)
    return offer


def rule_of(offer: Offer) -> RawRule:
    """Return the rule of an offer as it is written."""
    return RawRule(offer.purpose, offer.eligibility, offer.suppression)


def _tell(action: str, offer: Offer, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="offer", object_id=offer.key,
        details={"purpose": offer.purpose, "version": offer.version, "is_active": offer.is_active},
        request_id=actor.request_id,
    )  # fmt: skip
