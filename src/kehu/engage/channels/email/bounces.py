"""What a returned mail says: delivery status reports (RFC 3464), complaints (RFC 5965), and the letters of QQ, 163 and others.

A report is believed only when it holds the Message-ID of a mail of ours and names the address that it went to.
"""

import email
import email.header
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any, Literal, TypeAlias
from uuid import UUID

from kehu.engage.channels import tokens
from kehu.engage.channels.email.replies import NO_SUCH_ADDRESS, is_nobody
from kehu.engage.channels.suppression import standard_address

Mail: TypeAlias = "Message[Any, Any]"
Kind = Literal["delivered", "bounced", "soft_bounced", "complained"]
MOST_TEXT = 200_000
_ID = re.compile(r"<?([A-Za-z0-9_-]{38})\.([0-9a-f]{16})@")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([45]\d\d)\b[ -]")
_RETURNED = re.compile(
    r"退信|无法送达|投递失败|undeliver|delivery (?:status|failure|has failed)|returned mail|failure notice|"
    r"mail delivery failed|could not be delivered|delivery to the following",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"mailbox (?:is )?full|over ?quota|quota exceeded|邮箱.{0,10}(?:已满|空间不足)|容量.{0,6}(?:已满|不足)",
    re.IGNORECASE,
)
_FAILED = {"failed"}
_PASSED = {"delivered", "relayed", "expanded"}


@dataclass(frozen=True, slots=True)
class Bounce:
    """What was heard of a send; `address` is the one that it went to, `is_nobody` that it exists no more."""

    send_id: UUID
    address: str
    kind: Kind
    reason: str
    is_nobody: bool = False


@dataclass(frozen=True, slots=True)
class _Report:
    """What a mail says of a delivery, wherever it says it."""

    action: str
    status: tuple[str, ...] | None
    said: str
    addresses: tuple[str, ...]


def read_bounce(raw: bytes) -> Bounce | None:
    """Return what a mail says of one of ours, or None for any other mail: an answer, an advertisement, a forged report."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = list(mail.walk())
    texts = [_text(part) for part in parts]
    everything = "\n".join(texts)[:MOST_TEXT]
    sent = _sent(everything)
    if sent is None:
        return None
    send_id, mark = sent
    complaint = next((p for p in parts if p.get_content_type() == "message/feedback-report"), None)
    report = _Report("", None, everything, ()) if complaint is not None else _report(mail, parts, everything)
    if report is None:
        return None
    candidates = (*report.addresses, *_ADDRESS.findall(everything))
    address = _believed(send_id, mark, candidates)
    if address is None:
        return None
    if complaint is not None:
        return Bounce(send_id, address, "complained", "complaint")
    return _judged(send_id, address, report)


def read_sent(message_id: str, address: str) -> tuple[UUID, str] | None:
    """Return the send of a Message-ID and its address, or None when they are not ours or do not belong together."""
    sent = _sent(message_id)
    believed = _believed(*sent, (address,)) if sent else None
    return (sent[0], believed) if sent and believed else None


def _sent(everything: str) -> tuple[UUID, str] | None:
    for token, mark in _ID.findall(everything):
        send_id = tokens.read("message", token)
        if send_id is not None:
            return send_id, mark
    return None


def _believed(send_id: UUID, mark: str, candidates: tuple[str, ...]) -> str | None:
    for one in dict.fromkeys(candidates):
        standard = standard_address("email", one)
        if tokens.is_address_of(send_id, standard, mark):
            return standard
    return None


def _report(mail: Mail, parts: list[Mail], everything: str) -> _Report | None:
    """Return the report of a mail: its machine-readable part, else what its letter says; None when it is no report."""
    fields = next((_fields(p) for p in parts if p.get_content_type() == "message/delivery-status"), None)
    if fields is not None and fields.get("action"):
        said = " ".join((fields.get("diagnostic-code", ""), fields.get("status", "")))
        found = _STATUS.search(fields.get("status", "")) or _STATUS.search(said)
        named = [
            fields.get(name, "").partition(";")[2].strip()
            for name in ("final-recipient", "original-recipient")
        ]
        return _Report(
            fields["action"].split()[0].lower(), found.groups() if found else None, said,
            tuple(one for one in named if one),
        )  # fmt: skip
    subject = str(email.header.make_header(email.header.decode_header(str(mail.get("Subject", "")))))
    if not _RETURNED.search(subject) and not _RETURNED.search(everything[:5_000]):
        return None
    status, code = _STATUS.search(everything), _CODE.search(everything)
    is_soft = (code is not None and code[1].startswith("4")) or (status is not None and status[1] == "4")
    return _Report(
        "delayed" if is_soft else "failed", status.groups() if status else None, everything[:5_000], ()
    )


def _judged(send_id: UUID, address: str, report: _Report) -> Bounce | None:
    code = ".".join(report.status) if report.status else report.action
    if report.action in _PASSED:
        return Bounce(send_id, address, "delivered", "")
    is_soft = report.status is not None and report.status[0] == "4"
    if (
        report.action not in _FAILED
        or is_soft
        or _FULL.search(report.said)
        or (report.status or ())[1:] == ("2", "2")
    ):
        return Bounce(send_id, address, "soft_bounced", f"put_off_{code}")
    if is_nobody(report.status, report.said):
        return Bounce(send_id, address, "bounced", NO_SUCH_ADDRESS, is_nobody=True)
    return Bounce(send_id, address, "bounced", f"refused_{code}")


def _fields(part: Mail) -> dict[str, str]:
    """Return the fields of a delivery status, of the message and of its first recipient, which wins."""
    blocks = part.get_payload()
    found: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else [email.message_from_string(str(blocks))]:
        if isinstance(block, Message):
            found |= {name.lower(): str(value) for name, value in block.items()}
            if "action" in found:
                break
    return found


def _text(part: Mail) -> str:
    """Return the headers and the text of one part, as far as they can be read."""
    head = "\n".join(f"{name}: {value}" for name, value in part.items())
    if part.is_multipart():
        return head
    return "\n".join((head, *_decoded(part)))


def _decoded(part: Mail) -> Iterator[str]:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return
    for charset in (part.get_content_charset() or "utf-8", "gb18030"):
        try:
            yield payload[:MOST_TEXT].decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
        return
    yield payload[:MOST_TEXT].decode("utf-8", "replace")
