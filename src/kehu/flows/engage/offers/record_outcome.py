"""A customer's answer to an offer: kept for the results, and an event on his timeline, its words sealed.

It may be told of anybody whom the actor sees, shown the offer or not: who took it by himself has taken it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kehu.engage.recommendations.outcomes import Said, add_outcome, check_said
from kehu.engage.recommendations.queries import get_offer, pasts_of
from kehu.engage.recommendations.resting import Past, begins_showing
from kehu.flows.desk.record_contact import write_interaction
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier


def record_outcome(*, key: str, customer_id: UUID, said: Said, actor: Actor, now: datetime) -> UUID | None:
    """Keep what became of an offer with a customer of the actor's scope. Returns the outcome's id.

    None where it was shown within a week before: that is one showing. Raises OfferNotFound, CustomerNotFound or Invalid.
    """
    actor.require("customer.contact")
    check_said(said)
    offer = get_offer(key)
    dossier = get_dossier(customer_id, fields=registry())
    if said.outcome == "shown":
        past = pasts_of(dossier.id).get(offer.pk, Past())
        if not begins_showing(past, now):
            return None
        return add_outcome(offer=offer, customer_id=dossier.id, said=said, author_id=actor.id, now=now)
    kept = replace(said, note="")
    made = add_outcome(offer=offer, customer_id=dossier.id, said=kept, author_id=actor.id, now=now)
    plain = {
        "author": actor.name, "offer": offer.key, "offer_zh": offer.name_zh, "offer_en": offer.name_en,
        "because": said.because, "place": said.place,
    }  # fmt: skip
    write_interaction(
        dossier, name=f"offer_{said.outcome}", text=said.note, plain=plain, happened_at=None, now=now
    )
    audit.record(
        action="customer.offer", actor_id=actor.id, now=now, object_kind="customer", object_id=dossier.id,
        details={"offer": offer.key, "outcome": said.outcome}, request_id=actor.request_id,
    )  # fmt: skip
    return made
