"""The demo mailbox: mails that the demo's own mail server took, kept sealed, the latest five hundred, for seven days."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from kehu.engage.models.channels import SinkMail
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import NotFound
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PLACE = "engage_sink_mail.sealed"
DAYS, MOST, LISTED = 7, 500, 100
_TRIM = "DELETE FROM engage_sink_mail WHERE id IN (SELECT id FROM engage_sink_mail ORDER BY received_at DESC OFFSET %s)"


class SinkMailNotFound(NotFound):
    """The mail is gone: the mailbox keeps the latest only."""

    code = "sink_mail_not_found"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the list."""

    id: UUID
    sender: str
    recipient: str
    subject: str
    size: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """A mail with all that is in it; `html` is as it came: show it where nothing runs."""

    letter: Letter
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    raw: str


def keep_mail(*, sender: str, recipients: tuple[str, ...], raw: bytes, now: datetime) -> None:
    """Keep a mail that arrived; the oldest beyond five hundred go."""
    packed = msgspec.msgpack.encode({"from": sender, "to": ", ".join(recipients), "raw": raw})
    with acting(SYSTEM), transaction.atomic():
        SinkMail.objects.create(
            id=new_id(), sealed=keyring().stage(packed, PLACE), size=len(raw), received_at=now
        )
        with connection.cursor() as cursor:
            cursor.execute(_TRIM, [MOST])


def list_mails(actor: Actor) -> list[Letter]:
    """Return the latest mails. They hold what is written to customers: who lists them may read customers."""
    actor.require("channel.manage")
    actor.require("customer.read")
    with acting(SYSTEM), transaction.atomic():
        rows = list(SinkMail.objects.order_by("-received_at")[:LISTED])
    return [_letter(row, *_opened(row)) for row in rows]


def open_mail(mail_id: UUID, *, actor: Actor, now: datetime) -> OpenedLetter:
    """Return one mail with all its parts. Raises SinkMailNotFound."""
    actor.require("channel.manage")
    actor.require("customer.read")
    with acting(SYSTEM), transaction.atomic():
        row = SinkMail.objects.filter(pk=mail_id).first()
    if row is None:
        raise SinkMailNotFound(Text("这封邮件已不在信箱里。", "This mail is no longer in the mailbox."))
    values, mail = _opened(row)
    audit.record(
        action="sink_mail.read", actor_id=actor.id, now=now, object_kind="sink_mail", object_id=row.pk,
        request_id=actor.request_id,
    )  # fmt: skip
    headers = tuple((name, str(value)) for name, value in mail.items())
    raw = bytes(values["raw"]).decode("utf-8", "replace")
    return OpenedLetter(_letter(row, values, mail), headers, _body(mail, "plain"), _body(mail, "html"), raw)


def forget_mails(*, now: datetime) -> int:
    """Delete mails older than seven days, in an open transaction of the system. Returns how many."""
    return SinkMail.objects.filter(received_at__lt=now - timedelta(days=DAYS)).delete()[0]


def _opened(row: SinkMail) -> tuple[dict[str, Any], EmailMessage]:
    values: dict[str, Any] = msgspec.msgpack.decode(keyring().unstage(bytes(row.sealed), PLACE))
    mail = email.message_from_bytes(values["raw"], policy=email.policy.default)
    return values, mail


def _letter(row: SinkMail, values: dict[str, Any], mail: EmailMessage) -> Letter:
    return Letter(
        row.pk, str(mail["From"] or values["from"]), str(values["to"]), str(mail["Subject"] or ""), row.size,
        row.received_at,
    )  # fmt: skip


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
