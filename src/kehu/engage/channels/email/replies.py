"""What a mail server's answer means: not now, never, or never to this address. The address itself is kept out of reasons."""

import re
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["message", "account", "refused"]
"""Put off: this message, or everything; or refused for good."""

NO_SUCH_ADDRESS = "no_such_address"
HARD = frozenset({NO_SUCH_ADDRESS})
"""Reasons that are about the address: it goes on the suppression list."""

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_LIMITED = re.compile(
    r"frequency limited|too many (?:connections|messages|mails|recipients)|rate.?limit|throttl|exceeded.{0,30}(?:rate|limit)|"
    r"MI:CCL|DT:SUM|RP:CEL|RP:DRC|sending rate|频率|超过.{0,10}限制",
    re.IGNORECASE,
)
"""How servers, the Chinese ones among them, say in a 4xx or 5xx that the sender is too fast."""
_NOBODY = re.compile(
    r"(?:user|mailbox|recipient|address|account).{0,40}(?:unknown|not found|not exist|does ?n.t exist|invalid|unavailable|disabled|"
    r"suspended|not local|rejected)|no such (?:user|recipient|mailbox)|unknown (?:user|recipient|mailbox)|"
    r"(?:invalid|non-?existent) (?:recipient|user|mailbox)|(?:用户|收件人|邮箱|账号|帐号|地址).{0,60}不存在|不存在.{0,6}(?:用户|收件人|邮箱|地址)",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"spam|content rejected|DT:SPM|virus|message rejected.{0,20}content|垃圾", re.IGNORECASE
)
_NO_PERSON = {("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1")}
CLOSING, NO_TLS = 421, 454
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a reply is taken, and why, in a word of ours and the codes of the server."""

    verdict: Verdict
    reason: str


def read_reply(code: int, text: bytes | str, *, is_recipient: bool) -> Meaning:
    """Return what a reply of 400 or more means; `is_recipient` says that it answered RCPT TO or told of a delivery."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    status = _STATUS.search(said)
    if _LIMITED.search(said):
        return Meaning("account", f"rate_limited_{code}")
    if code < PERMANENT:
        whole = code in {CLOSING, NO_TLS} or (
            status is not None and status[2] in {"3", "7"} and not is_recipient
        )
        return Meaning("account" if whole else "message", f"put_off_{code}")
    if is_recipient and is_nobody(status.groups() if status else None, said):
        return Meaning("refused", NO_SUCH_ADDRESS)
    if _CONTENT.search(said):
        return Meaning("refused", f"content_refused_{code}")
    return Meaning("refused", f"refused_{code}")


def is_nobody(status: tuple[str, ...] | None, said: str) -> bool:
    """Whether a permanent failure is about the address, by its enhanced status (RFC 3463) or by its words."""
    if status is not None and status[0] == "5" and status[1:] in _NO_PERSON:
        return True
    return _NOBODY.search(said) is not None and (status is None or status[1] not in {"7", "3", "4"})
