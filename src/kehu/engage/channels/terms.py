"""What an account's settings, limits and secrets may hold: read strictly, an unknown name is an error."""

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from kehu.engage.channels.contract import check_line
from kehu.platform.errors import Invalid
from kehu.platform.text import Text

ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\\x00-\x1f\x7f]{1,64}@[^\s@<>\"(),:;\[\]\\/\x00-\x1f\x7f]{1,255}")
_HOST = re.compile(r"[A-Za-z0-9_.:-]{1,255}")
MOST_SECRET = 10_000
_Kind = TypeVar("_Kind", bound="msgspec.Struct")


class EmailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mail server to send by, who is named as sender, and the mailbox that bounces come to."""

    host: str
    from_address: str
    port: int = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    is_certificate_checked: bool = True
    username: str = ""
    from_name: str = ""
    reply_to: str = ""
    envelope_from: str = ""
    dkim_domain: str = ""
    dkim_selector: str = ""
    imap_host: str = ""
    imap_port: int = 993
    imap_security: Literal["none", "tls"] = "tls"
    imap_username: str = ""
    imap_folder: str = "INBOX"


class WebhookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An endpoint that is told of each message by a signed POST; `timeout` in seconds, `attempts` in all."""

    url: str
    timeout: float = 10.0
    attempts: int = 5


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How fast an account may send: messages a second, at most `window_count` within `window_seconds`; 0 is any."""

    per_second: float = 0
    window_seconds: float = 0
    window_count: int = 0
    connections: int = 4
    messages_per_connection: int = 200


SECRETS = {
    "email": ("password", "dkim_key", "imap_password", "bounce_secret"),
    "webhook": ("secret", "previous_secret"),
}


def read_settings(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as they are kept. Raises Invalid, which names what cannot work."""
    made = _convert(given, EmailSettings if kind == "email" else WebhookSettings)
    for name, value in msgspec.structs.asdict(made).items():
        if isinstance(value, str):
            check_line(name, value)
    if isinstance(made, EmailSettings):
        _check_email(made)
    elif isinstance(made, WebhookSettings):
        _check_webhook(made)
    return msgspec.structs.asdict(made)


def read_limits(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return limits as they are kept. Raises Invalid."""
    made = _convert(given, Limits)
    values: dict[str, Any] = msgspec.structs.asdict(made)
    if min(values.values()) < 0 or not 1 <= made.connections <= 32 or made.messages_per_connection < 1:  # noqa: PLR2004 (said in the message)
        raise Invalid(
            Text(
                "上限不能为负；并发连接 1 到 32，每个连接至少 1 封。",
                "Limits are not negative; connections are 1 to 32, with at least 1 message each.",
            )
        )
    return values


def read_secrets(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets that were given. Raises Invalid for an unknown name or a key that signs nothing."""
    unknown = given.keys() - set(SECRETS[kind])
    if unknown or any(len(value) > MOST_SECRET for value in given.values()):
        raise Invalid(Text("没有这项密钥，或者太长。", "There is no such secret, or it is too long."))
    if key := given.get("dkim_key"):
        from kehu.engage.channels.email.dkim import check_key

        check_key(key)
    return dict(given)


def _convert(given: Mapping[str, Any], kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.convert(dict(given), kind)
    except msgspec.ValidationError as error:
        raise Invalid(Text(f"设置读不懂：{error}", f"These settings cannot be read: {error}")) from error


def _check_email(made: EmailSettings) -> None:
    if not _HOST.fullmatch(made.host) or (made.imap_host and not _HOST.fullmatch(made.imap_host)):
        raise Invalid(Text("服务器写主机名或 IP。", "A server is a host name or an address."))
    if not 1 <= made.port <= 65_535 or not 1 <= made.imap_port <= 65_535:  # noqa: PLR2004 (ports of TCP)
        raise Invalid(Text("端口为 1 到 65535。", "A port is 1 to 65535."))
    for address in (made.from_address, made.reply_to, made.envelope_from):
        if address and not ADDRESS.fullmatch(address):
            raise Invalid(Text("发件地址写成 name@example.com。", "An address reads like name@example.com."))
    if not made.from_address:
        raise Invalid(Text("写明发件地址。", "Give the sender's address."))
    if bool(made.dkim_domain) != bool(made.dkim_selector):
        raise Invalid(Text("DKIM 的域名和选择器要一起填写。", "DKIM needs both its domain and its selector."))


def _check_webhook(made: WebhookSettings) -> None:
    parts = urlsplit(made.url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.password:
        raise Invalid(
            Text(
                "地址以 https:// 开头，不带用户名和密码。",
                "The address begins with https:// and holds no user name or password.",
            )
        )
    if not 1 <= made.timeout <= 60 or not 1 <= made.attempts <= 10:  # noqa: PLR2004 (said in the message)
        raise Invalid(
            Text("超时 1 到 60 秒，尝试 1 到 10 次。", "A timeout is 1 to 60 seconds, attempts are 1 to 10.")
        )
