"""Keeping what became of offers: one row each, only ever added."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.engage.models.recommendations import DECLINED_BECAUSE, Offer, OfferOutcome
from kehu.engage.recommendations.deciding import Decision
from kehu.engage.recommendations.resting import begins_showing
from kehu.platform.errors import Invalid
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

TOLD = ("shown", "interested", "accepted", "declined")
"""What may be told from outside; who is held out is known here only."""
MOST_PLACE = 32


@dataclass(frozen=True, slots=True)
class Said:
    """What became of an offer: `because` is of a declined one only, `place` is where it happened, `note` free words."""

    outcome: str
    because: str = ""
    place: str = "profile"
    note: str = ""


def check_said(said: Said) -> None:
    """Raise Invalid unless it can be kept."""
    if said.outcome not in TOLD:
        raise Invalid(Text(f"结果只有：{'、'.join(TOLD)}。", f"An outcome is one of {', '.join(TOLD)}."))
    if said.because and (said.outcome != "declined" or said.because not in DECLINED_BECAUSE):
        raise Invalid(
            Text(
                f"只有不需要（declined）才写原因：{'、'.join(DECLINED_BECAUSE)}。",
                f"Only a declined offer has a reason: {', '.join(DECLINED_BECAUSE)}.",
            )
        )
    if not said.place.strip() or len(said.place) > MOST_PLACE:
        raise Invalid(Text("写明在哪里（最多 32 字）。", "Say where it happened, in 32 characters at most."))


def add_outcome(*, offer: Offer, customer_id: UUID, said: Said, author_id: int | None, now: datetime) -> UUID:
    """Keep one outcome with a living customer. Returns its id."""
    made = new_id()
    with acting(SYSTEM):
        OfferOutcome.objects.create(
            id=made, offer=offer, version=offer.version, customer_id=customer_id, outcome=said.outcome,
            because=said.because, place=said.place.strip(), author_id=author_id, at=now,
        )  # fmt: skip
    return made


def note_showing(decision: Decision, *, place: str, author_id: int | None, now: datetime) -> int:
    """Keep that the first places were shown, or held back; not again within the week of a showing. Returns how many rows."""
    rows = [
        OfferOutcome(
            id=new_id(), offer=one.offer, version=one.offer.version, customer_id=decision.customer_id,
            outcome="held" if one.is_held else "shown", place=place, author_id=author_id, at=now,
        )
        for one in decision.first
        if begins_showing(one.past, now)
    ]  # fmt: skip
    with acting(SYSTEM):
        OfferOutcome.objects.bulk_create(rows)
    return len(rows)
