"""Messages that an endpoint never took: kept sealed for thirty days, so that they can be sent again once it is mended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from kehu.engage.channels.contract import Content, Outcome, Outgoing
from kehu.engage.channels.webhook.channel import Bury
from kehu.engage.models.channels import ChannelAccount, DeadLetter
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import NotFound
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PLACE = "engage_dead_letter.sealed"
DAYS = 30
MOST_LISTED = 200


class DeadLetterNotFound(NotFound):
    """It was sent again, or is too old."""

    code = "dead_letter_not_found"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a page shows of a dead letter: nothing of what it says."""

    id: UUID
    account: str
    reason: str
    attempts: int
    created_at: datetime


def burier(account: ChannelAccount) -> Bury:
    """Return what keeps the dead letters of an account."""

    def bury(message: Outgoing, reason: str, attempts: int) -> None:
        packed = msgspec.msgpack.encode(
            {
                "id": message.id, "address": message.address, "purpose": message.purpose,
                "is_service": message.is_service, "unsubscribe_url": message.unsubscribe_url,
                "subject": message.content.subject, "html": message.content.html, "text": message.content.text,
            }
        )  # fmt: skip
        with acting(SYSTEM), transaction.atomic():
            DeadLetter.objects.create(
                id=new_id(), account=account, sealed=keyring().stage(packed, PLACE), reason=reason[:64],
                attempts=attempts, created_at=timezone.now(),
            )  # fmt: skip

    return bury


def list_letters() -> list[Letter]:
    """Return the latest dead letters."""
    with acting(SYSTEM), transaction.atomic():
        rows = DeadLetter.objects.select_related("account").order_by("-created_at")[:MOST_LISTED]
        return [Letter(r.pk, r.account.key, r.reason, r.attempts, r.created_at) for r in rows]


def send_letter(*, letter_id: UUID, actor: Actor, now: datetime) -> Outcome:
    """Send a dead letter again, under its own event id; taken, it is deleted. Raises DeadLetterNotFound."""
    from kehu.engage.channels.accounts import channel_of

    actor.require("channel.manage")
    with acting(SYSTEM), transaction.atomic():
        letter = DeadLetter.objects.select_related("account").select_for_update().filter(pk=letter_id).first()
        if letter is None:
            raise DeadLetterNotFound(
                Text("这一条已经重送，或已过期。", "It was sent again already, or has ended.")
            )
        channel = channel_of(letter.account)
        (outcome,) = channel.send([_opened(bytes(letter.sealed))], handing=_nothing)
        DeadLetter.objects.filter(pk=letter_id).delete()
        if outcome.state == "deferred":  # buried once more by nobody: it stays as it was
            DeadLetter.objects.create(
                id=letter.pk, account=letter.account, sealed=letter.sealed, reason=outcome.reason[:64],
                attempts=letter.attempts + 1, created_at=letter.created_at,
            )  # fmt: skip
    audit.record(
        action="dead_letter.send", actor_id=actor.id, now=now, object_kind="channel", object_id=letter.account.key,
        details={"state": outcome.state}, request_id=actor.request_id,
    )  # fmt: skip
    return outcome


def delete_old(*, now: datetime) -> int:
    """Delete what was kept long enough, in an open transaction of the system. Returns how many."""
    return DeadLetter.objects.filter(created_at__lt=now - timedelta(days=DAYS)).delete()[0]


def _nothing(_: UUID) -> None:
    """Nobody journals what a person sends again."""


def _opened(sealed: bytes) -> Outgoing:
    values: dict[str, Any] = msgspec.msgpack.decode(keyring().unstage(sealed, PLACE))
    return Outgoing(
        UUID(values["id"]), values["address"], Content(values["subject"], values["html"], values["text"]),
        values["purpose"], values["is_service"], values["unsubscribe_url"],
    )  # fmt: skip
