"""Reading campaigns: the list, who was sent what or why not, and what one customer was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.engage.models.campaigns import Campaign
from kehu.platform.text import Text

_RECIPIENTS = """
SELECT s.id, coalesce(k.living_id, k.id), s.occurrence, s.variant, s.state, s.reason, s.attempts, s.planned_at, s.not_before,
  s.ended_at, array(SELECT DISTINCT r.kind FROM engage_receipt r WHERE r.send_id = s.id AND NOT r.is_machine ORDER BY 1)
FROM engage_send s JOIN resolve_cluster k ON k.id = s.customer_id
WHERE s.campaign_id = %(campaign)s AND s.id > %(after)s {narrowed} ORDER BY s.id LIMIT %(limit)s
"""
_OF_STATE, _OF_REASON = "s.state = %(state)s", "s.reason = %(reason)s"
_HEARD = "EXISTS (SELECT 1 FROM engage_receipt h WHERE h.send_id = s.id AND h.kind = %(heard)s AND NOT h.is_machine)"
_OF_CUSTOMER = """
SELECT c.id, c.name, c.channel, s.state, s.reason, s.planned_at, s.ended_at,
  array(SELECT DISTINCT r.kind FROM engage_receipt r WHERE r.send_id = s.id AND NOT r.is_machine ORDER BY 1)
FROM engage_send s JOIN engage_campaign c ON c.id = s.campaign_id JOIN resolve_cluster k ON k.id = s.customer_id
WHERE coalesce(k.living_id, k.id) = %s ORDER BY s.planned_at DESC LIMIT 200
"""
NIL = UUID(int=0)

REASONS: Mapping[str, Text] = {
    "consent": Text("没有同意，或已撤回、已反对", "no consent, withdrawn or objected"),
    "gone": Text("客户已不在", "the customer is gone"),
    "no_address": Text("没有地址", "no address"),
    "suppressed": Text("地址在拒收名单上", "the address is suppressed"),
    "cap": Text("达到联系次数上限", "the cap of contacts is reached"),
    "cooldown": Text("最近拒绝过，在冷静期内", "refused lately, left alone for a while"),
    "survey_cool_down": Text("最近已被邀请答过问卷", "asked to a survey a short while ago"),
    "survey_not_open": Text("问卷没有在收集，开放后再发", "the survey takes no answers; sent once it does"),
    "minor": Text("未满 14 岁", "below 14 years"),
    "holdout": Text("对照组", "held out to compare with"),
    "global_holdout": Text("全局对照组", "in the hold-out of all campaigns"),
    "quiet_hours": Text("静默时段，稍后再发", "quiet hours; sent later"),
    "asked_again": Text("发送前重新核对", "checked again before sending"),
    "stopped": Text("活动已停止", "the campaign was stopped"),
    "sender_died": Text("发送中断，可能已发出", "the sender was killed; it may have gone"),
    "no_answer": Text("服务器没有答复，可能已发出", "the server gave no answer; it may have gone"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of the ledger as it stands; `receipts` are of people, not of machines."""

    send_id: UUID
    customer_id: UUID
    occurrence: str
    variant: str
    state: str
    reason: str
    attempts: int
    planned_at: datetime
    not_before: datetime
    ended_at: datetime | None
    receipts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Contact:
    """What one customer was sent by a campaign, or why not."""

    campaign_id: UUID
    name: str
    channel: str
    state: str
    reason: str
    planned_at: datetime
    ended_at: datetime | None
    receipts: Sequence[str]


def list_campaigns() -> list[Campaign]:
    """Return the campaigns, the latest first."""
    return list(Campaign.objects.select_related("segment").order_by("-created_at", "-pk"))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which rows of the ledger: in a state, for a reason, of whom a person's receipt of a kind was heard; empty is any."""

    state: str = ""
    reason: str = ""
    heard: str = ""

    def sql(self) -> str:
        """Return the conditions, with the fields of this as named values."""
        wanted = {"state": _OF_STATE, "reason": _OF_REASON, "heard": _HEARD}
        return " ".join(f"AND {query}" for name, query in wanted.items() if getattr(self, name))


def list_recipients(
    campaign_id: UUID, *, after: UUID | None, limit: int, narrowed: Narrowed
) -> tuple[list[Recipient], UUID | None]:
    """Return a page of the ledger within the open scope, with where the next one begins."""
    asked: dict[str, Any] = {
        "campaign": campaign_id, "after": after or NIL, "limit": limit + 1, "state": narrowed.state,
        "reason": narrowed.reason, "heard": narrowed.heard,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RECIPIENTS.format(narrowed=narrowed.sql()), asked)
        rows = [Recipient(*row) for row in cursor.fetchall()]
    return rows[:limit], rows[limit - 1].send_id if len(rows) > limit else None


def list_contacts(customer_id: UUID) -> list[Contact]:
    """Return what a living customer of the scope was sent, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CUSTOMER, [customer_id])
        return [Contact(*row) for row in cursor.fetchall()]


def told(reason: str) -> Text:
    """Return a reason in words; what a server or a template said stands as it is."""
    if reason.startswith("missing:"):
        key = reason.removeprefix("missing:")
        return Text(f"缺少“{key}”", f"“{key}” is missing")
    return REASONS.get(reason, Text(reason, reason))
