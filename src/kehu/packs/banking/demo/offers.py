"""The demo bank's offers, written by its marketer."""

from datetime import datetime

from django.db import transaction

from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.operations import create_offer
from kehu.packs.banking.demo.people import actor_of
from kehu.packs.banking.offers import OFFERS
from kehu.platform.scope import SYSTEM, acting


def make_offers(*, email: str, now: datetime) -> int:
    """Write the pack's offers that are not there yet. Returns how many there are."""
    with acting(SYSTEM), transaction.atomic():
        actor = actor_of(email)
        for key, terms in OFFERS.items():
            if not Offer.objects.filter(key=key).exists():
                create_offer(key=key, terms=terms, actor=actor, now=now)
        return Offer.objects.count()
