"""Accounts of channels: add, change, try, send a mail to oneself; bounces told by providers; dead letters."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from kehu.api.govern.me import current
from kehu.engage.channels import accounts, trying
from kehu.engage.channels.accounts import NewAccount
from kehu.engage.channels.email.reports import read_reports
from kehu.engage.channels.hearing import hear_bounce
from kehu.engage.channels.webhook import dead_letters
from kehu.engage.models.channels import ChannelAccount

router = Router(tags=["channels"])
letters = Router(tags=["channels"])
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class DnsRecord(Schema):
    """A TXT record to publish, so that receivers can check the signature."""

    name: str
    text: str


class ChannelOut(Schema):
    """An account. Of its secrets only is told which are set."""

    key: str
    name: str
    kind: str
    settings: dict[str, Any]
    limits: dict[str, float]
    secrets: list[str]
    is_active: bool
    changed_at: datetime
    dns: DnsRecord | None


class ChannelChange(Schema):
    """An account as it is to be. A secret that is left out stays as it is, an empty one is dropped."""

    name: str = Field(min_length=1, max_length=100)
    settings: dict[str, Any]
    limits: dict[str, int | float] = Field(default_factory=dict)
    secrets: dict[str, str] = Field(default_factory=dict)
    makes_dkim_key: bool = False
    is_active: bool = True

    def account(self) -> NewAccount:
        """Return it as operations take it."""
        secrets = dict(self.secrets)
        if self.makes_dkim_key:
            secrets["dkim_key"] = trying.new_dkim_key()
        return NewAccount(self.name, self.settings, self.limits, secrets, is_active=self.is_active)


class ChannelIn(ChannelChange):
    """A new account."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    kind: str = Field(max_length=16)


class ChannelTrialOut(Schema):
    """How a try went: `code` says what failed, `detail` what the server offers or answered."""

    is_good: bool
    code: str
    detail: str


class DeadLetterOut(Schema):
    """A message that its endpoint never took; what it says is not shown."""

    id: UUID
    account: str
    reason: str
    attempts: int
    created_at: datetime


class HeardOut(Schema):
    """How many reports were new."""

    heard: int


def _out(account: ChannelAccount) -> dict[str, Any]:
    secrets = accounts.secrets_of(account)
    return {
        "key": account.key, "name": account.name, "kind": account.kind, "settings": account.settings,
        "limits": account.limits, "secrets": sorted(secrets), "is_active": account.is_active,
        "changed_at": account.changed_at, "dns": trying.record_of(account, secrets),
    }  # fmt: skip


@router.get("", response=list[ChannelOut], operation_id="list_channels")
def list_channels(request: HttpRequest) -> list[dict[str, Any]]:
    """Return all accounts, those in use first."""
    current(request).require("channel.manage")
    return [_out(one) for one in accounts.list_accounts()]


@router.post("", response={201: ChannelOut}, operation_id="create_channel")
def create_channel(request: HttpRequest, body: ChannelIn) -> Status[dict[str, Any]]:
    """Add an account."""
    made = accounts.create_account(
        key=body.key, kind=body.kind, new=body.account(), actor=current(request), now=timezone.now()
    )
    return Status(201, _out(made))


@router.put("/{key}", response=ChannelOut, operation_id="update_channel")
def put_channel(request: HttpRequest, key: Key, body: ChannelChange) -> dict[str, Any]:
    """Change an account; its key and kind stay."""
    return _out(
        accounts.update_account(key=key, new=body.account(), actor=current(request), now=timezone.now())
    )


@router.post("/{key}/try", response=ChannelTrialOut, operation_id="try_channel")
def post_try(request: HttpRequest, key: Key) -> trying.Trial:
    """Connect and sign in to the server, or look up and post to the endpoint; nobody is sent anything."""
    actor = current(request)
    actor.require("channel.manage")
    return trying.try_account(accounts.get_account(key))


@router.post("/{key}/test-message", response=ChannelTrialOut, operation_id="send_test_message")
def post_test(request: HttpRequest, key: Key) -> trying.Trial:
    """Send a message to the caller's own address, and to no other."""
    actor = current(request)
    actor.require("channel.manage")
    return trying.send_to_self(accounts.get_account(key), actor=actor)


@router.post("/{key}/bounces", response=HeardOut, auth=None, operation_id="report_bounces")
def post_bounces(request: HttpRequest, key: Key) -> dict[str, int]:
    """Take what a provider heard of sends, signed with the account's `bounce_secret` by the Standard Webhooks rules."""
    now = timezone.now()
    secret = accounts.secrets_of(accounts.get_account(key)).get("bounce_secret", "")
    headers = {
        name: request.headers.get(name, "")
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    }
    found = read_reports(request.body, headers, secret=secret, now=now)
    return {"heard": sum(hear_bounce(one, now=now) for one in found)}


@letters.get("", response=list[DeadLetterOut], operation_id="list_dead_letters")
def list_dead_letters(request: HttpRequest) -> list[dead_letters.Letter]:
    """Return the latest messages that their endpoints never took."""
    current(request).require("channel.manage")
    return dead_letters.list_letters()


@letters.post("/{letter_id}/send", response=ChannelTrialOut, operation_id="send_dead_letter")
def post_dead_letter(request: HttpRequest, letter_id: UUID) -> dict[str, Any]:
    """Send a dead letter again, under its own event id."""
    outcome = dead_letters.send_letter(letter_id=letter_id, actor=current(request), now=timezone.now())
    return {"is_good": outcome.state == "accepted", "code": outcome.state, "detail": outcome.reason}
