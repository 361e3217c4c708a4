"""Everything that a customer has said, and what holds of it now: for his page, his export, and his own eyes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.flows.consent.project import get_standings
from kehu.govern.fields.registry import registry
from kehu.govern.models.purposes import Purpose, PurposeVersion
from kehu.govern.purposes.ledger import Entry, list_entries, terms_of
from kehu.govern.purposes.standing import ALL_CHANNELS, AUTOMATION, Standing, Terms, Word, answer, may_use
from kehu.profile.dossier import get_dossier
from kehu.resolve.forwarding import list_retired

NOT_ASKED = "not_asked"
OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a purpose."""

    channel: str
    may_use: bool
    state: str
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for one purpose in use."""

    purpose: Purpose
    version: PurposeVersion
    may_use: bool
    state: str
    said_at: datetime | None
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Consents:
    """What holds for every purpose, and the ledger behind it; `names` are purposes by id."""

    purposes: list[Held]
    is_automation_objected: bool
    automation_said_at: datetime | None
    entries: list[Entry]
    names: dict[int, Purpose]


def read_consents(customer_id: UUID, *, now: datetime) -> Consents:
    """Return what a customer of the open scope has said. Raises CustomerNotFound."""
    get_dossier(customer_id, fields=registry())
    return consents_of(customer_id, now=now)


def consents_of(customer_id: UUID, *, now: datetime) -> Consents:
    """Return what a living customer has said; who asks has shown that he may."""
    held = get_standings([customer_id], now)[customer_id]
    retired = list_retired([customer_id])[customer_id]
    names = {purpose.pk: purpose for purpose in Purpose.objects.select_related("current")}
    about = held.get((AUTOMATION, ALL_CHANNELS))
    in_use = [p for p in sorted(names.values(), key=lambda p: p.pk) if p.is_active]
    return Consents(
        [_held(p, p.current, held) for p in in_use if p.current is not None],
        about is not None and about.state == "objected",
        about.said_at if about else None,
        list_entries([customer_id, *(one.gone for one in retired)]),
        names,
    )


def _held(purpose: Purpose, version: PurposeVersion, held: Standing) -> Held:
    terms = terms_of(version)
    channels = tuple(_channel(held, terms, channel) for channel in terms.channels)
    words = [word for (about, _), word in held.items() if about == purpose.pk]
    latest = max(words, key=lambda w: w.order, default=None)
    return Held(
        purpose, version, any(c.may_use for c in channels), _state(latest, terms), latest.said_at if latest else None,
        channels,
    )  # fmt: skip


def _channel(held: Standing, terms: Terms, channel: str) -> Channel:
    word = answer(held, (terms.purpose_id, channel))
    return Channel(
        channel, may_use(held, terms, channel), _state(word, terms), word.said_at if word else None
    )


def _state(word: Word | None, terms: Terms) -> str:
    if word is None:
        return NOT_ASKED
    is_old = terms.needs_consent and word.state == "given" and word.version != terms.version
    return OUTDATED if is_old else word.state
