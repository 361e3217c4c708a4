"""Reading the mailboxes of all accounts for returned mails, every minute."""

import logging
from datetime import datetime

import msgspec

from kehu.engage.channels.accounts import list_accounts, secrets_of
from kehu.engage.channels.email.bounces import read_bounce
from kehu.engage.channels.email.mailbox import MailboxNotOpen, read_mails
from kehu.engage.channels.hearing import hear_bounce
from kehu.engage.channels.terms import EmailSettings
from kehu.engage.models.channels import ChannelAccount

log = logging.getLogger(__name__)


def read_bounces(*, now: datetime) -> int:
    """Read what came back to each account that has a mailbox. Returns how many reports were new."""
    count = 0
    for account in list_accounts():
        if account.is_active and account.kind == "email" and account.settings.get("imap_host"):
            count += read_mailbox(account, now=now)
    return count


def read_mailbox(account: ChannelAccount, *, now: datetime) -> int:
    """Read the mailbox of one account; one that cannot be opened is told in the log and tried again later."""
    settings = msgspec.convert(account.settings, EmailSettings)
    count = 0
    try:
        for raw in read_mails(settings, secrets_of(account).get("imap_password", "")):
            bounce = read_bounce(raw)
            if bounce is not None:
                count += hear_bounce(bounce, now=now)
    except MailboxNotOpen:
        log.warning("a mailbox of bounces cannot be opened")
    return count
