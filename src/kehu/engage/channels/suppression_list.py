"""The suppression list as people work with it: shown masked, added to with a reason, taken from with a reason, exchanged as digests."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kehu.engage.channels.suppression import (
    CHANNELS,
    PLACE,
    address_index,
    digest_of,
    suppress_address,
    suppress_digests,
)
from kehu.engage.channels.terms import ADDRESS
from kehu.engage.models.channels import Suppression
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.sealing.keyring import keyring
from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.standardize.masks import HIDDEN, mask_email
from kehu.standardize.values.cells import MARK, write_table

LISTED = 200
MOST_DIGESTS = 100_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class SuppressionNotFound(NotFound):
    """No such entry."""

    code = "suppression_not_found"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is shown; the address is masked, or unknown where only its digest was given."""

    id: UUID
    channel: str
    address: str
    reason: str
    author_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """The latest entries, or those that were asked for, and how many there are in all."""

    items: list[Entry]
    total: int


def list_suppressions(*, actor: Actor, address: str = "") -> Page:
    """Return the latest entries; with an address, its own alone. Who asks for one address must know it already."""
    actor.require("channel.manage")
    with acting(SYSTEM), transaction.atomic():
        found = Suppression.objects.order_by("-created_at")
        total = found.count()
        if address.strip():
            found = found.filter(address_index__in=[address_index(one, address) for one in CHANNELS])
        rows = list(found[:LISTED])
    return Page([_entry(row) for row in rows], total)


def add_suppression(*, channel: str, address: str, reason: str, actor: Actor, now: datetime) -> None:
    """Put an address on the list by hand. Raises Invalid, or Conflict when it stands there already."""
    actor.require("channel.manage")
    _check_reason(reason)
    if channel not in CHANNELS or not ADDRESS.fullmatch(address.strip()):
        raise Invalid(Text("地址写成 name@example.com。", "An address reads like name@example.com."))
    if (
        suppress_address(channel=channel, address=address, reason="manual", author_id=actor.id, now=now)
        is None
    ):
        raise Conflict(Text("这个地址已经在名单上。", "This address is on the list already."))
    _record("suppression.add", actor, now, reason=reason, row_count=1)


def remove_suppression(*, entry_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Take an entry off the list: it may be sent to again, where consent allows. Raises SuppressionNotFound or Invalid."""
    actor.require("channel.manage")
    _check_reason(reason)
    with acting(SYSTEM), transaction.atomic():
        count, _ = Suppression.objects.filter(pk=entry_id).delete()
    if not count:
        raise SuppressionNotFound(Text("名单里没有这一条。", "There is no such entry."))
    _record("suppression.remove", actor, now, reason=reason, row_count=1)


def import_suppressions(*, channel: str, text: str, actor: Actor, now: datetime) -> int:
    """Take a list in: a SHA-256 or an address a line; addresses become digests at once. Returns how many were new."""
    actor.require("channel.manage")
    lines = [line.strip().strip('"') for line in text.splitlines() if line.strip()]
    if channel not in CHANNELS or len(lines) > MOST_DIGESTS:
        raise Invalid(Text(f"一次最多 {MOST_DIGESTS} 行。", f"{MOST_DIGESTS} lines at most."))
    digests = {_read_line(channel, line, number) for number, line in enumerate(lines, 1)} - {""}
    added = suppress_digests(channel=channel, digests=digests, author_id=actor.id, now=now)
    _record("suppression.import", actor, now, row_count=added)
    return added


def export_suppressions(*, channel: str, actor: Actor, now: datetime) -> bytes:
    """Return the list as digests with reasons, a CSV without any address. Those imported as digests are left out."""
    actor.require("channel.manage")
    with acting(SYSTEM), transaction.atomic():
        rows = list(Suppression.objects.filter(channel=channel, sealed__isnull=False).order_by("created_at"))
    ring = keyring()
    lines = [
        (
            digest_of(channel, ring.unstage(bytes(row.sealed or b""), PLACE).decode()),
            row.reason,
            row.created_at.date().isoformat(),
        )
        for row in rows
    ]
    content = write_table([("sha256", "reason", "since"), *lines])
    _record("suppression.export", actor, now, row_count=len(rows), digest=hashlib.sha256(content).hexdigest())
    return content


def _read_line(channel: str, line: str, number: int) -> str:
    first = line.partition(",")[0].strip().strip(MARK).lower()
    if _DIGEST.fullmatch(first):
        return first
    if ADDRESS.fullmatch(first):
        return digest_of(channel, first)
    if number == 1:
        return ""  # a header
    raise Invalid(
        Text(
            f"第 {number} 行既不是 SHA-256，也不是地址。",
            f"Line {number} is neither a SHA-256 nor an address.",
        )
    )


def _entry(row: Suppression) -> Entry:
    address = HIDDEN
    if row.sealed is not None:
        address = mask_email(keyring().unstage(bytes(row.sealed), PLACE).decode())
    return Entry(row.pk, row.channel, address, row.reason, row.author_id, row.created_at)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(Text("写明原因。", "Give a reason."))


def _record(
    action: str, actor: Actor, now: datetime, *, row_count: int, reason: str = "", digest: str = ""
) -> None:
    audit.record(
        action=action, actor_id=actor.id, now=now, object_kind="suppression", reason=reason, row_count=row_count,
        details={"sha256": digest} if digest else {}, request_id=actor.request_id,
    )  # fmt: skip
