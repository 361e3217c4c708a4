"""What the routes of offers take and answer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kehu.api.edge.schemas import Label
from kehu.api.engage.campaign_shapes import IntervalOut
from kehu.engage.models.recommendations import Offer
from kehu.engage.recommendations.counting import Suited
from kehu.engage.recommendations.results import Tally
from kehu.engage.recommendations.rules import RawRule
from kehu.engage.recommendations.terms import OfferTerms
from kehu.platform.text import Text

NO_TEXT = {"zh": "", "en": ""}


class OfferWords(Schema):
    """A text in both languages, at most 500 characters each."""

    zh: str = Field(default="", max_length=500)
    en: str = Field(default="", max_length=500)


class OfferRuleIn(Schema):
    """Whom an offer suits and who is left out (definitions of segments), and for which purpose."""

    purpose: str = Field(default="", max_length=64)
    eligibility: dict[str, Any]
    suppression: dict[str, Any] | None = None


class OfferTryIn(OfferRuleIn):
    """A rule that is being written, and the customer on whom it is tried."""

    customer_id: UUID


class OfferTermsIn(OfferRuleIn):
    """All that an offer says. Rests are in days, `holdout_share` is from 0 to 0.5, `priority` from 1 to 100."""

    kind: str = "product"
    name: OfferWords
    description: OfferWords = OfferWords()
    reason: OfferWords
    priority: int = 50
    starts_on: date | None = None
    ends_on: date | None = None
    holdout_share: float = Field(default=0.05, allow_inf_nan=False)
    rest_after_shown: int = 30
    rest_after_answer: int = 180
    goal_event: str = Field(default="", max_length=200)
    is_active: bool = True

    def terms(self) -> OfferTerms:
        """Return them as the operations take them."""
        plain = self.dict(
            exclude={"key", "name", "description", "reason", "purpose", "eligibility", "suppression"}
        )
        return OfferTerms(
            name=_text(self.name), description=_text(self.description), reason=_text(self.reason),
            rule=RawRule(self.purpose, self.eligibility, self.suppression), **plain,
        )  # fmt: skip


class OfferIn(OfferTermsIn):
    """A new offer with its key."""

    key: str = Field(min_length=1, max_length=64)


class OfferChange(Schema):
    """What is to change of an offer; what is not named stays."""

    kind: str | None = None
    name: OfferWords | None = None
    description: OfferWords | None = None
    reason: OfferWords | None = None
    purpose: str | None = Field(default=None, max_length=64)
    eligibility: dict[str, Any] | None = None
    suppression: dict[str, Any] | None = None
    priority: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    holdout_share: float | None = Field(default=None, allow_inf_nan=False)
    rest_after_shown: int | None = None
    rest_after_answer: int | None = None
    goal_event: str | None = Field(default=None, max_length=200)
    is_active: bool | None = None


class OfferTally(Schema):
    """How many customers of the reader's scope. `taken` and `held_taken`: took it, of those who saw it and of those held out."""

    shown: int
    interested: int
    accepted: int
    declined: int
    held: int
    taken: int
    held_taken: int


class OfferOut(Schema):
    """An offer. `count` is how many customers of the reader's scope it suits now; null with `fault` where that cannot be told."""

    key: str
    kind: str
    name: Label
    description: Label
    reason: Label
    purpose: str
    eligibility: dict[str, Any]
    suppression: dict[str, Any] | None
    priority: int
    starts_on: date | None
    ends_on: date | None
    holdout_share: float
    rest_after_shown: int
    rest_after_answer: int
    goal_event: str
    is_active: bool
    is_current: bool
    version: int
    changed_at: datetime
    count: int | None
    as_of: datetime | None
    fault: Label | None
    tally: OfferTally


class OfferCount(Schema):
    """How many customers a rule suits; fields and events are of `as_of`, scope and consent of now."""

    count: int
    as_of: datetime


class OfferReason(Schema):
    """A condition or a group in words, and whether it holds."""

    kind: str
    text: Label
    holds: bool
    parts: list["OfferReason"]


class OfferTrial(Schema):
    """What a rule says of a customer, condition by condition. `verdict`: open, objected, not_allowed, not_eligible or suppressed."""

    verdict: str
    eligibility: OfferReason
    suppression: OfferReason | None


class OfferForCustomer(Schema):
    """An offer that suits a customer now: the reason in words, and the conditions that hold."""

    key: str
    kind: str
    name: Label
    description: Label
    reason: Label
    because: list[Label]
    interested_at: datetime | None


class OffersForCustomer(Schema):
    """What to offer a customer, the best first. `state`: open, objected, not_allowed or none, told in `words`."""

    customer_id: UUID
    state: str
    words: Label
    offers: list[OfferForCustomer]
    ranking: str


class OfferShowing(Schema):
    """Where a list of offers is shown."""

    place: str = Field(default="profile", min_length=1, max_length=32)


class OfferShown(Schema):
    """Whether a new showing began."""

    is_new: bool


class OfferOutcomeIn(Schema):
    """What became of an offer: shown, interested, accepted or declined; `because` of a declined one, and a note."""

    customer_id: UUID
    outcome: str
    because: str = ""
    place: str = Field(default="profile", min_length=1, max_length=32)
    note: str = Field(default="", max_length=2000)


class OfferOutcomeOut(Schema):
    """The outcome that was kept; null where it belongs to a showing that is kept already."""

    id: UUID | None


class OfferUnitTally(OfferTally):
    """The tally of a unit."""

    unit: str


class OfferResults(Schema):
    """What an offer came to: shares that took it, of who saw it (`rate`) and who was held out (`held_rate`), null of nobody.

    `uplift` is the first less the second; bounds are at 95 %. The goal counts for `within_days`.
    """

    total: OfferTally
    units: list[OfferUnitTally]
    rate: IntervalOut | None
    held_rate: IntervalOut | None
    uplift: IntervalOut | None
    within_days: int


def _text(words: OfferWords) -> Text:
    return Text(words.zh, words.en)


def offer_out(offer: Offer, suited: Suited, tally: Tally, *, is_current: bool) -> dict[str, Any]:
    """Return an offer as it is answered."""
    return {
        "key": offer.key, "kind": offer.kind, "name": label(offer, "name"),
        "description": label(offer, "description"), "reason": label(offer, "reason"),
        "purpose": offer.purpose, "eligibility": offer.eligibility, "suppression": offer.suppression,
        "priority": offer.priority, "starts_on": offer.starts_on, "ends_on": offer.ends_on,
        "holdout_share": offer.holdout_share, "rest_after_shown": offer.rest_after_shown,
        "rest_after_answer": offer.rest_after_answer, "goal_event": offer.goal_event,
        "is_active": offer.is_active, "is_current": is_current, "version": offer.version,
        "changed_at": offer.changed_at, "count": suited.count, "as_of": suited.as_of,
        "fault": suited.fault._asdict() if suited.fault else None, "tally": tally_out(tally),
    }  # fmt: skip


def label(offer: Offer, name: str) -> dict[str, str]:
    """Return a text of an offer in both languages."""
    return {"zh": getattr(offer, f"{name}_zh"), "en": getattr(offer, f"{name}_en")}


def tally_out(tally: Tally) -> dict[str, int]:
    """Return a tally as it is answered."""
    return {name: getattr(tally, name) for name in Tally.__slots__}
