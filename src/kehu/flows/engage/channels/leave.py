"""Leaving by the link in a message: consent for its purpose by its channel is withdrawn, and nothing else.

Asking for the page changes nothing: gateways that follow links can withdraw nobody's consent.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.engage.channels import tokens
from kehu.engage.channels.tracking import find_send, record_receipt
from kehu.flows.consent.change_consent import write_consent
from kehu.flows.consent.consent_link import LinkNotValid
from kehu.flows.consent.read_consents import consents_of
from kehu.govern.models.purposes import Purpose
from kehu.govern.purposes.ledger import Said, check
from kehu.govern.purposes.operations import get_purpose
from kehu.platform.scope import SYSTEM, acting
from kehu.resolve.forwarding import get_living


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the holder of a link is about to leave. It says nothing of who he is."""

    purpose: Purpose
    channel: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class _Held:
    send_id: UUID
    customer_id: UUID
    leaving: Leaving


def read_leaving(*, token: str, now: datetime) -> Leaving:
    """Return what a link leads out of. Raises LinkNotValid."""
    with acting(SYSTEM):
        return _held(token, now).leaving


def leave(*, token: str, request_id: str, now: datetime) -> Leaving:
    """Withdraw consent for the purpose and the channel of a send; once withdrawn, nothing more is written.

    Raises LinkNotValid.
    """
    with acting(SYSTEM):
        held = _held(token, now)
        leaving = held.leaving
        if leaving.is_done:
            return leaving
        said = Said(state="withdrawn", purpose=leaving.purpose, channel=leaving.channel, source="link")
        check(said, now)
        write_consent(customer_id=held.customer_id, said=said, actor_id=None, request_id=request_id, now=now)
        record_receipt(send_id=held.send_id, kind="unsubscribed", now=now)
    return Leaving(leaving.purpose, leaving.channel, is_done=True)


def _held(token: str, now: datetime) -> _Held:
    send_id = tokens.read("leave", token)
    sent = find_send(send_id) if send_id else None
    living = get_living(sent.customer_id) if sent and sent.customer_id else None
    if send_id is None or sent is None or living is None:
        raise LinkNotValid
    purpose = get_purpose(sent.purpose)
    words = next((p for p in consents_of(living, now=now).purposes if p.purpose.pk == purpose.pk), None)
    channel = next((c for c in words.channels if c.channel == sent.channel), None) if words else None
    is_done = channel is None or channel.state == "withdrawn" or not channel.may_use
    return _Held(send_id, living, Leaving(purpose, sent.channel, is_done))
