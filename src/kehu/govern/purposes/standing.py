"""What holds of all that a person has said, pure: the latest word wins, and of several ids of one person the stricter.

A word about all channels replaces earlier ones about single channels. When customers are merged, what was said under
the id that went counts beside what was said under the id that stayed, and the stricter of the two holds, until the
person says something new under the id that stayed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.govern.purposes.terms import CHANNEL_PLACES

ALL_CHANNELS = ""
AUTOMATION = 0
"""The number that stands for automated decisions in the place of a purpose."""
_NO = frozenset({"refused", "withdrawn", "objected"})
_RANK = {"refused": 3, "withdrawn": 3, "objected": 3, "expired": 1, "lifted": 1, "given": 2}


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the ledger. `purpose_id` is 0 for automated decisions; `version` the terms that were agreed to."""

    id: UUID
    customer_id: UUID
    purpose_id: int
    version: int
    channel: str
    state: str
    said_at: datetime
    recorded_at: datetime
    valid_until: datetime | None = None

    @property
    def order(self) -> tuple[datetime, datetime, UUID]:
        """By when it was said, then by when it was learnt."""
        return self.said_at, self.recorded_at, self.id


@dataclass(frozen=True, slots=True)
class Retired:
    """An id that went into another, and when."""

    gone: UUID
    into: UUID
    at: datetime


Place = tuple[int, str]
Standing = dict[Place, Word]


def standing(words: Iterable[Word], retired: Sequence[Retired], customer_id: UUID, now: datetime) -> Standing:
    """Return what holds for a living customer: by purpose and channel, the word that decides."""
    by_id: dict[UUID, list[Word]] = {}
    for word in words:
        by_id.setdefault(word.customer_id, []).append(word)
    into: dict[UUID, list[Retired]] = {}
    for one in retired:
        into.setdefault(one.into, []).append(one)
    return _of(customer_id, by_id, into, now)


def _of(
    customer_id: UUID, words: Mapping[UUID, list[Word]], into: Mapping[UUID, list[Retired]], now: datetime
) -> Standing:
    own = _latest(words.get(customer_id, ()), now)
    for one in sorted(into.get(customer_id, ()), key=lambda r: (r.at, r.gone)):
        for place, word in _of(one.gone, words, into, now).items():
            _take(own, place, word, one.at)
    return own


def _take(own: Standing, place: Place, word: Word, at: datetime) -> None:
    """Lay a word of the id that went beside what was said before then under the id that stayed; the stricter holds."""
    purpose, channel = place
    about = [place]
    if channel == ALL_CHANNELS:
        about += [other for other in own if other[0] == purpose and other != place]
    for one in about:
        held = answer(own, one)
        if held is None or (held.recorded_at <= at and _RANK[word.state] > _RANK[held.state]):
            own[one] = word


def _latest(words: Iterable[Word], now: datetime) -> Standing:
    found: Standing = {}
    for word in sorted(words, key=lambda w: w.order):
        if word.channel == ALL_CHANNELS:
            found = {place: held for place, held in found.items() if place[0] != word.purpose_id}
        found[word.purpose_id, word.channel] = _at(word, now)
    return found


def _at(word: Word, now: datetime) -> Word:
    """Return a word as it counts now: consent for a time ends by itself, whether or not the ledger says so yet."""
    if word.state != "given" or word.valid_until is None or word.valid_until > now:
        return word
    return Word(
        word.id, word.customer_id, word.purpose_id, word.version, word.channel, "expired", word.said_at,
        word.recorded_at, word.valid_until,
    )  # fmt: skip


def answer(held: Standing, place: Place) -> Word | None:
    """Return the word about a channel, or else the one about all."""
    return held.get(place) or held.get((place[0], ALL_CHANNELS))


@dataclass(frozen=True, slots=True)
class Terms:
    """What the mask must know of a purpose that is in use: its version, bit, channels, and whether it rests on consent."""

    purpose_id: int
    version: int
    bit: int
    channels: tuple[str, ...]
    needs_consent: bool


@dataclass(frozen=True, slots=True)
class Masks:
    """Whom a read takes, as bits on the customer: `consented` by purpose, `objected` by purpose, and to automation.

    `closed` has, by the place of the channel, the purposes that may take him by another channel but not by this one; it
    is empty where every purpose may use all of its channels or none, as it is for nearly everybody.
    """

    consented: int = 0
    objected: int = 0
    is_automation_objected: bool = False
    closed: tuple[int, ...] = ()


def masks(held: Standing, terms: Iterable[Terms]) -> Masks:
    """Return the masks of what a person has said. Consent to other terms than the present ones counts for nothing.

    A purpose that rests on consent needs it for one of its channels at least; one that rests on something else is left
    out only for who has refused all of it.
    """
    consented = objected = 0
    closed = [0] * len(CHANNEL_PLACES)
    for one in terms:
        shut = [channel for channel in one.channels if not may_use(held, one, channel)]
        is_open = len(shut) < len(one.channels) if one.channels else may_use(held, one, ALL_CHANNELS)
        if one.needs_consent:
            consented |= is_open << one.bit
        else:
            objected |= (not is_open) << one.bit
        for channel in shut if is_open else ():
            closed[CHANNEL_PLACES.index(channel)] |= 1 << one.bit
    about = held.get((AUTOMATION, ALL_CHANNELS))
    is_objected = about is not None and about.state == "objected"
    return Masks(consented, objected, is_objected, tuple(closed) if any(closed) else ())


def may_use(held: Standing, terms: Terms, channel: str) -> bool:
    """Whether a person may be reached for a purpose by one channel."""
    word = answer(held, (terms.purpose_id, channel))
    if terms.needs_consent:
        return word is not None and word.state == "given" and word.version == terms.version
    return word is None or word.state not in _NO
