"""Accounts of channels: the servers and endpoints to send with. Passwords and keys are sealed and never given out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from kehu.engage.channels.contract import Channel
from kehu.engage.models.channels import ACCOUNT_KINDS, ChannelAccount
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

PLACE = "engage_channel_account.secrets_sealed"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


class AccountNotFound(NotFound):
    """No such account."""

    code = "channel_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"没有渠道“{key}”。", f"There is no channel “{key}”."))


class AccountIsOff(Conflict):
    """The account is out of use."""

    code = "channel_is_off"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"渠道“{key}”已停用。", f"The channel “{key}” is out of use."))


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as it is to be kept. A secret that is left out stays, one that is empty is dropped."""

    name: str
    settings: Mapping[str, Any]
    limits: Mapping[str, float]
    secrets: Mapping[str, str]
    is_active: bool = True


def list_accounts() -> list[ChannelAccount]:
    """Return all accounts, those in use first."""
    with acting(SYSTEM), transaction.atomic():
        return list(ChannelAccount.objects.order_by("-is_active", "kind", "key"))


def get_account(key: str) -> ChannelAccount:
    """Return an account, in use or not. Raises AccountNotFound."""
    with acting(SYSTEM), transaction.atomic():
        found = ChannelAccount.objects.filter(key=key).first()
    if found is None:
        raise AccountNotFound(key)
    return found


def secrets_of(account: ChannelAccount) -> dict[str, str]:
    """Return the passwords and keys of an account, in clear: for the channel itself, never for a page."""
    if account.secrets_sealed is None:
        return {}
    return msgspec.msgpack.decode(
        keyring().unstage(bytes(account.secrets_sealed), PLACE), type=dict[str, str]
    )


def channel_of(account: ChannelAccount) -> Channel:
    """Return the channel of an account, ready to send; close it afterwards. Raises AccountIsOff or Invalid."""
    if not account.is_active:
        raise AccountIsOff(account.key)
    if account.kind == "email":
        from kehu.engage.channels.email.channel import EmailChannel

        return EmailChannel.of(account, secrets_of(account))
    from kehu.engage.channels.webhook.channel import WebhookChannel

    return WebhookChannel.of(account, secrets_of(account))


def create_account(*, key: str, kind: str, new: NewAccount, actor: Actor, now: datetime) -> ChannelAccount:
    """Add an account. Raises Invalid for settings that cannot work, Conflict for a key that is taken."""
    actor.require("channel.manage")
    if not _KEY.fullmatch(key) or kind not in ACCOUNT_KINDS:
        raise Invalid(
            Text(
                "标识以小写字母开头，只含小写字母、数字和下划线。",
                "A key begins with a letter and holds small letters, digits and underscores.",
            )
        )
    with acting(SYSTEM), transaction.atomic():
        if ChannelAccount.objects.filter(key=key).exists():
            raise Conflict(Text(f"标识“{key}”已被使用。", f"The key “{key}” is taken."))
        account = ChannelAccount(key=key, kind=kind, created_at=now)
        _take(account, new, now)
        account.save(force_insert=True)
    _record("channel.create", account, actor, now)
    return account


def update_account(*, key: str, new: NewAccount, actor: Actor, now: datetime) -> ChannelAccount:
    """Change an account; its key and kind stay. Raises AccountNotFound or Invalid."""
    actor.require("channel.manage")
    with acting(SYSTEM), transaction.atomic():
        account = ChannelAccount.objects.select_for_update().filter(key=key).first()
        if account is None:
            raise AccountNotFound(key)
        _take(account, new, now)
        account.save()
    _record("channel.change", account, actor, now)
    return account


def _take(account: ChannelAccount, new: NewAccount, now: datetime) -> None:
    from kehu.engage.channels.terms import read_limits, read_secrets, read_settings

    account.name = new.name.strip()
    account.settings = read_settings(account.kind, new.settings)
    account.limits = read_limits(new.limits)
    account.is_active = new.is_active
    account.changed_at = now
    secrets = {**secrets_of(account), **read_secrets(account.kind, new.secrets)}
    kept = {name: value for name, value in secrets.items() if value}
    account.secrets_sealed = keyring().stage(msgspec.msgpack.encode(kept), PLACE) if kept else None


def _record(action: str, account: ChannelAccount, actor: Actor, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="channel", object_id=account.key,
        details={"kind": account.kind, "is_active": account.is_active}, request_id=actor.request_id,
    )  # fmt: skip
