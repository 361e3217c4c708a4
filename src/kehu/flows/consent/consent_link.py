"""A person's own page: a signed link opens what he has said, and he changes it himself, without an account.

The link holds his id, an end and a mark, and no personal value; the page sends it in the body, never in an address.
Reading changes nothing: gateways that follow links can withdraw nobody's consent.
"""

import base64
import hmac
import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from django.db import connection

from kehu.flows.consent.change_consent import write_consent
from kehu.flows.consent.read_consents import Consents, consents_of
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes import operations as purposes
from kehu.govern.purposes.ledger import Said, check
from kehu.platform.errors import NotFound
from kehu.platform.installation.secret_keys import derive
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.resolve.forwarding import get_living
from kehu.standardize.masks import mask_name

DAYS = 180
MARK = 16
_HEAD = struct.Struct(">16sI")
_NAME = "SELECT name FROM profile_customer WHERE id = %s"


class LinkNotValid(NotFound):
    """The link was not made here, has ended, or leads to nobody any more; which of these is not told."""

    code = "link_not_valid"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "链接无效或已过期。请联系您的客户经理或客服，重新获取。",
                "This link is not valid or has ended. Ask your relationship manager or the hotline for a new one.",
            )
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a person's own page."""

    token: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a person sees: his name masked, for whoever holds the link may not be he."""

    name: str
    consents: Consents


def make_link(*, customer_id: UUID, actor: Actor, now: datetime) -> Link:
    """Make a link for a customer of the actor's scope. Raises CustomerNotFound."""
    actor.require("consent.record")
    get_dossier(customer_id, fields=registry())
    link = sign(customer_id, now + timedelta(days=DAYS))
    audit.record(
        action="consent.link", actor_id=actor.id, now=now, object_kind="customer", object_id=customer_id,
        details={"ends_at": link.ends_at.isoformat()}, request_id=actor.request_id,
    )  # fmt: skip
    return link


def sign(customer_id: UUID, ends_at: datetime) -> Link:
    """Return the link of a customer."""
    seconds = int(ends_at.timestamp())
    head = _HEAD.pack(customer_id.bytes, seconds)
    token = base64.urlsafe_b64encode(head + _mark(head)).decode().rstrip("=")
    return Link(token, datetime.fromtimestamp(seconds, UTC))


def read_page(*, token: str, now: datetime) -> OwnPage:
    """Return a person's own page. Raises LinkNotValid."""
    with acting(SYSTEM):
        customer_id = _customer_of(token, now)
        with connection.cursor() as cursor:
            cursor.execute(_NAME, [customer_id])
            (name,) = cursor.fetchone()
        return OwnPage(mask_name(name) if name else "", consents_of(customer_id, now=now))


def change_own(*, token: str, purpose: str, said: Said, request_id: str, now: datetime) -> None:
    """Write what a person says on his own page; without a purpose it is about automated decisions.

    Raises LinkNotValid, PurposeNotFound, PurposeIsOff or Invalid.
    """
    with acting(SYSTEM):
        customer_id = _customer_of(token, now)
        known = replace(said, source="link", purpose=purposes.get_purpose(purpose) if purpose else None)
        check(known, now)
        write_consent(customer_id=customer_id, said=known, actor_id=None, request_id=request_id, now=now)


def _customer_of(token: str, now: datetime) -> UUID:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        raise LinkNotValid from None
    head, mark = raw[: _HEAD.size], raw[_HEAD.size :]
    if len(head) != _HEAD.size or not hmac.compare_digest(mark, _mark(head)):
        raise LinkNotValid
    customer, seconds = _HEAD.unpack(head)
    living = get_living(UUID(bytes=customer)) if seconds > now.timestamp() else None
    if living is None:
        raise LinkNotValid
    return living


def _mark(head: bytes) -> bytes:
    return hmac.digest(_key(), head, "sha256")[:MARK]


@cache
def _key() -> bytes:
    return derive("consent-link")
