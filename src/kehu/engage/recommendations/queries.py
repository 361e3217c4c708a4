"""Reading offers, and what became of them with a customer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.resting import Past
from kehu.engage.recommendations.terms import OfferNotFound
from kehu.platform.db.rows import uuid_array

_OF_HIM = """
FROM engage_offer_outcome o WHERE o.customer_id IN
  (SELECT k.id FROM resolve_cluster k WHERE k.id = %(id)s OR k.living_id = %(id)s)
"""
_PASTS = f"SELECT o.offer_id, o.outcome, max(o.at) {_OF_HIM} GROUP BY 1, 2"
_TOLD = """
SELECT f.name_zh, o.outcome, o.because, o.place, o.at, o.version FROM engage_offer_outcome o
JOIN engage_offer f ON f.id = o.offer_id WHERE o.customer_id IN
  (SELECT k.id FROM resolve_cluster k WHERE k.id = %(id)s OR k.living_id = %(id)s) ORDER BY o.at, o.id
"""
_FORGET = "DELETE FROM engage_offer_outcome WHERE customer_id = ANY(%s::uuid[])"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that became of an offer with a customer."""

    offer: str
    outcome: str
    because: str
    place: str
    at: datetime
    version: int


def get_offer(key: str, *, for_update: bool = False) -> Offer:
    """Return an offer. Raises OfferNotFound."""
    found = Offer.objects.select_for_update() if for_update else Offer.objects.all()
    offer = found.filter(key=key).first()
    if offer is None:
        raise OfferNotFound
    return offer


def list_offers() -> list[Offer]:
    """Return every offer, those in use and of high priority first."""
    return list(Offer.objects.order_by("-is_active", "-priority", "key"))


def list_current(today: date) -> list[Offer]:
    """Return the offers that are in use on a day."""
    begun = Q(starts_on=None) | Q(starts_on__lte=today)
    going = Q(ends_on=None) | Q(ends_on__gte=today)
    return list(Offer.objects.filter(begun, going, is_active=True).order_by("key"))


def is_current(offer: Offer, today: date) -> bool:
    """Whether an offer is in use on a day."""
    has_begun = offer.starts_on is None or offer.starts_on <= today
    return offer.is_active and has_begun and (offer.ends_on is None or today <= offer.ends_on)


def pasts_of(customer_id: UUID) -> dict[UUID, Past]:
    """Return what became of each offer with a living customer of the open scope, under every id that leads to him."""
    last: dict[UUID, dict[str, datetime]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PASTS, {"id": customer_id})
        for offer_id, outcome, at in cursor.fetchall():
            last.setdefault(offer_id, {})[outcome] = at
    return {offer_id: _past(found) for offer_id, found in last.items()}


def _past(found: dict[str, datetime]) -> Past:
    return Past(
        shown_at=_latest(found, "shown", "held"),
        interested_at=found.get("interested"),
        answered_at=_latest(found, "accepted", "declined"),
    )


def _latest(found: dict[str, datetime], *outcomes: str) -> datetime | None:
    return max((found[one] for one in outcomes if one in found), default=None)


def list_told(customer_id: UUID) -> list[Told]:
    """Return all that became of offers with a customer, oldest first: what his export holds."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"id": customer_id})
        return [Told(*row) for row in cursor.fetchall()]


def forget_outcomes(customer_ids: Collection[UUID]) -> None:
    """Delete all that became of offers with erased customers. Within the system's scope."""
    values: list[Any] = [uuid_array(customer_ids)]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, values)
