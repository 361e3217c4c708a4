"""The demo mailbox: what the demo's own mail server took."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from kehu.api.govern.me import current
from kehu.engage.channels import sink
from kehu.platform.installation.environment import environment

router = Router(tags=["demo mailbox"])


class SinkMailOut(Schema):
    """A mail in the list."""

    id: UUID
    sender: str
    recipient: str
    subject: str
    size: int
    received_at: datetime


class SinkMails(Schema):
    """The latest mails; `port` is where the demo's mail server listens, 0 when it does not."""

    items: list[SinkMailOut]
    port: int


class SinkMailOpened(SinkMailOut):
    """A mail with its parts. `html` is as it came: show it where nothing runs."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    raw: str


@router.get("", response=SinkMails, operation_id="list_sink_mails")
def list_mails(request: HttpRequest) -> dict[str, Any]:
    """Return the latest mails."""
    actor = current(request)
    actor.require("channel.manage")
    return {"items": sink.list_mails(actor), "port": environment().mail_sink_port}


@router.get("/{mail_id}", response=SinkMailOpened, operation_id="get_sink_mail")
def get_mail(request: HttpRequest, mail_id: UUID) -> dict[str, Any]:
    """Return one mail."""
    actor = current(request)
    actor.require("channel.manage")
    found = sink.open_mail(mail_id, actor=actor, now=timezone.now())
    letter = found.letter
    return {
        "id": letter.id, "sender": letter.sender, "recipient": letter.recipient, "subject": letter.subject,
        "size": letter.size, "received_at": letter.received_at, "headers": found.headers, "text": found.text,
        "html": found.html, "raw": found.raw,
    }  # fmt: skip
