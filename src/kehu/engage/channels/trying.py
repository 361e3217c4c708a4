"""Trying an account before anybody is sent anything: does the server answer, does the sign-in work, does a mail to oneself arrive."""

import smtplib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from kehu.engage.channels.accounts import channel_of, secrets_of
from kehu.engage.channels.contract import Content, Outgoing
from kehu.engage.channels.terms import EmailSettings, WebhookSettings
from kehu.engage.models.channels import ChannelAccount
from kehu.govern.access.actors import Actor
from kehu.platform.ids import new_id
from kehu.platform.text import Text

SUBJECT = Text("测试邮件：这个邮件服务器可以使用", "Test mail: this mail server works")
WORDS = Text(
    "这是从 Kehu 发给您自己的测试邮件。收到它，说明服务器、登录和发件地址都没有问题。",
    "This is a test mail that you sent to yourself from Kehu. Server, sign-in and sender's address work.",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a try went. `detail` holds no address and no password."""

    is_good: bool
    code: str
    detail: str = ""


def new_dkim_key() -> str:
    """Return a new DKIM key."""
    from kehu.engage.channels.email.dkim import make_key

    return make_key()


def record_of(account: ChannelAccount, secrets: Mapping[str, str]) -> dict[str, str] | None:
    """Return the DNS record that an account's domain has to publish, if it signs."""
    from kehu.engage.channels.email.dkim import dns_record

    if account.kind != "email" or not secrets.get("dkim_key") or not account.settings.get("dkim_domain"):
        return None
    name, text = dns_record(
        secrets["dkim_key"],
        domain=account.settings["dkim_domain"],
        selector=account.settings["dkim_selector"],
    )
    return {"name": name, "text": text}


def try_account(account: ChannelAccount) -> Trial:
    """Connect to the server and sign in, or look up the endpoint and post a ping. Nobody is sent anything."""
    secrets = secrets_of(account)
    if account.kind == "email":
        return _try_mail(msgspec.convert(account.settings, EmailSettings), secrets.get("password", ""))
    return _try_webhook(msgspec.convert(account.settings, WebhookSettings), secrets)


def _try_mail(settings: EmailSettings, password: str) -> Trial:
    from kehu.engage.channels.email.session import Lost, NoEncryption, Session

    try:
        session = Session(settings, password)
    except NoEncryption:
        return Trial(is_good=False, code="no_encryption")
    except smtplib.SMTPAuthenticationError as error:
        return Trial(is_good=False, code="sign_in_refused", detail=str(error.smtp_code))
    except smtplib.SMTPResponseException as error:
        return Trial(is_good=False, code="connection_refused", detail=str(error.smtp_code))
    except (OSError, Lost, smtplib.SMTPException) as error:
        return Trial(is_good=False, code="no_connection", detail=type(error).__name__)
    greeting = session.greeting()
    session.close()
    said = [greeting.protocol or "–", *(one.upper() for one in greeting.offers)]
    return Trial(is_good=True, code="works", detail=" · ".join(said))


def _try_webhook(settings: WebhookSettings, secrets: Mapping[str, str]) -> Trial:
    from kehu.engage.channels.webhook.guard import TargetRefused, resolve_target
    from kehu.engage.channels.webhook.posting import Unanswered, post
    from kehu.engage.channels.webhook.signing import sign

    both = tuple(secrets[name] for name in ("secret", "previous_secret") if secrets.get(name))
    body = b'{"type":"ping"}'
    headers = {
        "Content-Type": "application/json", "User-Agent": "Kehu",
        **sign(both, event_id=str(new_id()), at=int(time.time()), body=body),
    }  # fmt: skip
    try:
        target = resolve_target(settings.url)
        answer = post(target, body, headers, seconds=settings.timeout, handing=_nothing)
    except TargetRefused:
        return Trial(is_good=False, code=TargetRefused.code)
    except (OSError, Unanswered):
        return Trial(is_good=False, code="no_answer")
    is_good = 200 <= answer.status < 300  # noqa: PLR2004 (statuses of HTTP)
    return Trial(is_good=is_good, code="works" if is_good else "status", detail=str(answer.status))


def send_to_self(account: ChannelAccount, *, actor: Actor) -> Trial:
    """Send a message to the actor's own address, as a service message. Raises AccountIsOff."""
    subject, words = SUBJECT.within(actor.language), WORDS.within(actor.language)
    return send_content_to_self(
        account, Content(subject, f"<!doctype html><p>{words}</p>", words), actor=actor
    )


def send_content_to_self(account: ChannelAccount, content: Content, *, actor: Actor) -> Trial:
    """Send this content to the actor's own address; it stands in no ledger. Raises AccountIsOff."""
    message = Outgoing(new_id(), actor.email, content, purpose="", is_service=True)
    channel = channel_of(account)
    try:
        (outcome,) = channel.send([message], handing=_journal_nothing)
    finally:
        channel.close()
    is_good = outcome.state == "accepted"
    return Trial(is_good=is_good, code="sent" if is_good else outcome.state, detail=outcome.reason)


def _nothing() -> None:
    """A ping can always be taken back."""


def _journal_nothing(_: UUID) -> None:
    """A mail to oneself is in no ledger."""
