"""Opens, clicks and leaving: the addresses that messages carry, and what is written when one is asked for.

An address holds a signed send id. Asking for one writes a receipt and changes nothing else; a redirect goes to the links
that the template's version was saved with, and nowhere else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kehu.engage.channels import tokens
from kehu.engage.channels.machines import QUICK_SECONDS, Visit, machine_reason
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting

MOST_RECEIPTS = 200
"""Receipts kept of one send: somebody who asks for a pixel a million times fills no disk."""
BURST = timedelta(seconds=1)
_ADD = """
INSERT INTO engage_receipt (send_id, kind, at, is_machine, reason, link)
SELECT %(send)s, %(kind)s, %(at)s, %(machine)s, %(reason)s, %(link)s
WHERE (SELECT count(*) FROM engage_receipt WHERE send_id = %(send)s) < %(most)s
"""
_OTHERS = """
SELECT count(DISTINCT link) FROM engage_receipt
WHERE send_id = %s AND kind = 'clicked' AND at BETWEEN %s AND %s AND link IS DISTINCT FROM %s
"""
_BLAME = """
UPDATE engage_receipt SET is_machine = true, reason = %s
WHERE send_id = %s AND kind IN ('opened', 'clicked') AND NOT is_machine AND at BETWEEN %s AND %s
"""
_KEEP = "INSERT INTO engage_tracked_link (version_id, place, url) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the ledger knows of a send that was handed over."""

    version_id: str
    customer_id: UUID | None
    purpose: str
    channel: str
    sent_at: datetime | None


Find = Callable[[UUID], Sent | None]
_finders: list[Find] = []


def tell_sends(find: Find) -> None:
    """Let the ledger of whoever sends be asked for a send; called once, where the ledger is loaded."""
    if find not in _finders:
        _finders.append(find)


def find_send(send_id: UUID) -> Sent | None:
    """Return what the ledgers know of a send, in the open transaction."""
    with acting(SYSTEM):
        return next((found for find in _finders if (found := find(send_id)) is not None), None)


@dataclass(frozen=True, slots=True)
class Tracker:
    """The addresses of one send."""

    send_id: UUID

    @property
    def pixel_url(self) -> str:
        """The picture whose loading means: opened."""
        return f"{environment().public_url}/t/o/{tokens.sign('open', self.send_id)}.gif"

    def link_url(self, place: int) -> str:
        """The address that stands for the link at this place."""
        return f"{environment().public_url}/t/c/{tokens.sign('click', self.send_id)}/{place}"

    @property
    def trap_url(self) -> str:
        """An address that no person sees: who follows it is a machine."""
        return f"{environment().public_url}/t/h/{tokens.sign('trap', self.send_id)}"

    def with_trap(self, html: str) -> str:
        """Return a mail with the hidden link before its end."""
        trap = f'<a href="{self.trap_url}" style="display:none" aria-hidden="true" tabindex="-1"></a>'
        head, end, tail = html.rpartition("</body>")
        return f"{head}{trap}{end}{tail}" if end else html + trap


def unsubscribe_url(send_id: UUID) -> str:
    """Return the address by which the recipient of a send withdraws. It acts by POST, never by GET."""
    return f"{environment().public_url}/u/{tokens.sign('leave', send_id)}"


def keep_links(version_id: str, links: Sequence[str]) -> None:
    """Keep the links of a template's version, in order of place; what is kept never changes."""
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        for place, url in enumerate(links):
            cursor.execute(_KEEP, [version_id, place, url])


def record_receipt(
    *, send_id: UUID, kind: str, now: datetime, reason: str = "", is_machine: bool = False, link: int | None = None
) -> None:  # fmt: skip
    """Write what was heard of a send."""
    values: dict[str, Any] = {
        "send": send_id, "kind": kind, "at": now, "machine": is_machine, "reason": reason[:64], "link": link,
        "most": MOST_RECEIPTS,
    }  # fmt: skip
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD, values)


def record_open(token: str, *, visit: Visit, now: datetime) -> None:
    """Write that a message was opened; a token that is not ours writes nothing."""
    send_id = tokens.read("open", token)
    if send_id is None:
        return
    with transaction.atomic():
        sent = find_send(send_id)
        if sent is None:
            return
        reason = machine_reason(visit, _since(sent, now))
        record_receipt(send_id=send_id, kind="opened", now=now, reason=reason, is_machine=bool(reason))


def record_click(token: str, place: int, *, visit: Visit, now: datetime) -> str | None:
    """Write that a link was followed. Returns where it leads, or None for a token or a place that is not ours.

    Two links of one message within a second are a machine's: both receipts are marked.
    """
    send_id = tokens.read("click", token)
    if send_id is None:
        return None
    with transaction.atomic():
        sent = find_send(send_id)
        url = _url_of(sent.version_id, place) if sent else None
        if sent is None or url is None:
            return None
        reason = machine_reason(visit, _since(sent, now)) or _burst(send_id, place, now)
        record_receipt(
            send_id=send_id, kind="clicked", now=now, reason=reason, is_machine=bool(reason), link=place
        )
    return url


def record_trap(token: str, *, now: datetime) -> None:
    """Write that somebody followed the hidden link: what he opened and followed shortly before was a machine's too."""
    send_id = tokens.read("trap", token)
    if send_id is None:
        return
    with transaction.atomic():
        if find_send(send_id) is None:
            return
        _blame(send_id, "hidden_link", now - timedelta(seconds=10), now)
        record_receipt(send_id=send_id, kind="clicked", now=now, reason="hidden_link", is_machine=True)


def _since(sent: Sent, now: datetime) -> float:
    return (now - sent.sent_at).total_seconds() if sent.sent_at else QUICK_SECONDS + 1


def _url_of(version_id: str, place: int) -> str | None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT url FROM engage_tracked_link WHERE version_id = %s AND place = %s", [version_id, place]
        )
        row = cursor.fetchone()
    return str(row[0]) if row else None


def _burst(send_id: UUID, place: int, now: datetime) -> str:
    """Return `burst` when another link of this send, or the hidden one, was followed within the second before."""
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_OTHERS, [send_id, now - BURST, now, place])
        (others,) = cursor.fetchone()
    if not others:
        return ""
    _blame(send_id, "burst", now - BURST, now)
    return "burst"


def _blame(send_id: UUID, reason: str, since: datetime, until: datetime) -> None:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_BLAME, [reason, send_id, since, until])
