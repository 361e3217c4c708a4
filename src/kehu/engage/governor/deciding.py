"""May this customer be sent this now? One answer each for a batch: yes, not at all (with the reason), or not before a moment.

Asked within the transaction that claims the rows, of PostgreSQL alone: what somebody has just withdrawn holds.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from kehu.collect.records import Values
from kehu.engage.governor.hours import may_begin_at
from kehu.engage.governor.rules import EVERY, Cap, Rules
from kehu.govern.purposes.gate import Gate
from kehu.platform.db.rows import uuid_array
from kehu.profile import queries as profiles
from kehu.profile.lists.paging import COLUMNS
from kehu.resolve.forwarding import list_retired

_LIVING = "SELECT k.id, coalesce(k.living_id, k.id) FROM resolve_cluster k WHERE k.id = ANY(%s::uuid[])"
_SENT = """
SELECT s.customer_id, c.channel, s.ended_at FROM engage_send s JOIN engage_campaign c ON c.id = s.campaign_id
WHERE s.customer_id = ANY(%(ids)s::uuid[]) AND s.state IN ('accepted', 'unknown') AND NOT c.is_service
  AND s.ended_at > %(since)s
"""
_REFUSED = """
SELECT DISTINCT w.customer_id FROM govern_consent w WHERE w.customer_id = ANY(%(ids)s::uuid[])
  AND w.state IN ('refused', 'withdrawn') AND w.recorded_at > %(since)s AND w.channel IN ('', %(channel)s)
  AND NOT EXISTS (SELECT 1 FROM govern_consent g WHERE g.customer_id = w.customer_id AND g.state = 'given'
    AND g.purpose_version_id = w.purpose_version_id AND g.recorded_at > w.recorded_at)
"""
ADULT_OF_DATA = 14
"""PIPL 31: below this age data is sensitive and nothing is marketed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that is to go to a customer."""

    send_id: UUID
    customer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Message:
    """What is common to a batch: purpose and channel, the field of the address, and whether it is service or marketing."""

    gate: Gate
    channel: str
    address_field: str
    is_service: bool
    only_working_days: bool
    zone: str


@dataclass(frozen=True, slots=True)
class Yes:
    """It may go: to whom, where, and what is known of him."""

    customer_id: UUID
    address: str
    name: str
    values: Values


@dataclass(frozen=True, slots=True)
class No:
    """It may not go, for a reason that is kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may not go before a moment, and where it would go then."""

    at: datetime
    reason: str
    address: str


Answer = Yes | No | Later


class Governor:
    """Decides for one batch of one campaign."""

    def __init__(self, message: Message, rules: Rules, now: datetime) -> None:
        self.message, self.rules, self.now = message, rules, now

    def decide(self, asked: Sequence[Asked]) -> dict[UUID, Answer]:
        """Return an answer for each."""
        living = _living([one.customer_id for one in asked if one.customer_id is not None])
        known = self._known(set(living.values()))
        counts, refused = self._counts(set(known)), self._refused(set(known))
        answers: dict[UUID, Answer] = {}
        opens = may_begin_at(
            self.now, None if self.message.is_service else self.rules.quiet_of(self.message.channel),
            self.message.zone, only_working_days=self.message.only_working_days,
        )  # fmt: skip
        for one in asked:
            customer_id = living.get(one.customer_id) if one.customer_id else None
            row = known.get(customer_id) if customer_id else None
            answer = self._one(row, counts, refused)
            if isinstance(answer, Yes) and opens > self.now:
                answer = Later(opens, "quiet_hours", answer.address)
            if isinstance(answer, Yes):
                counts[answer.customer_id, self.message.channel] += 1
                counts[answer.customer_id, EVERY] += 1
            answers[one.send_id] = answer
        return answers

    def _one(self, row: "_Known | None", counts: Counter[tuple[UUID, str]], refused: set[UUID]) -> Answer:
        if row is None:
            return No("gone")
        address = row.row.values.get(self.message.address_field)
        if not row.is_allowed or not address:
            return No("no_address" if row.is_allowed else "consent")
        reason = "" if self.message.is_service else self._marketed(row, counts, refused)
        return No(reason) if reason else Yes(row.row.id, str(address), row.row.name, row.row.values)

    def _marketed(self, row: "_Known", counts: Counter[tuple[UUID, str]], refused: set[UUID]) -> str:
        """Return why nothing is marketed to a customer now, or nothing."""
        customer_id = row.row.id
        is_full = any(counts[customer_id, cap.channel] >= cap.most for cap in self._caps())
        found = {
            "minor": row.is_minor(self.now.date()),
            "cooldown": customer_id in refused,
            "cap": is_full,
            "global_holdout": row.chance < self.rules.holdout_share,
        }
        return next((reason for reason, holds in found.items() if holds), "")

    def _caps(self) -> tuple[Cap, ...]:
        return self.rules.caps_of(self.message.channel)

    def _known(self, ids: set[UUID]) -> dict[UUID, "_Known"]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS}, {self.message.gate.condition('c')}, sec.chance('global', c.id) "
                "FROM profile_customer c WHERE c.is_identified AND c.id = ANY(%s::uuid[])",
                [uuid_array(ids)],
            )
            raw = cursor.fetchall()
        beside = {row[0]: (bool(row[-2]), float(row[-1])) for row in raw}
        return {row.id: _Known(row, *beside[row.id]) for row in profiles.open_rows(raw)}

    def _counts(self, ids: set[UUID]) -> Counter[tuple[UUID, str]]:
        """Return how much each had, by the channel of every cap, within the days of the cap."""
        counts: Counter[tuple[UUID, str]] = Counter()
        caps = () if self.message.is_service else self._caps()
        if not caps or not ids:
            return counts
        owner = _every_id(ids)
        since = self.now - timedelta(days=max(cap.days for cap in caps))
        with connection.cursor() as cursor:
            cursor.execute(_SENT, {"ids": uuid_array(owner), "since": since})
            for customer_id, channel, at in cursor.fetchall():
                for cap in caps:
                    if cap.channel in (channel, EVERY) and at > self.now - timedelta(days=cap.days):
                        counts[owner[customer_id], cap.channel] += 1
        return counts

    def _refused(self, ids: set[UUID]) -> set[UUID]:
        days = self.rules.cooldown_of(self.message.channel)
        if self.message.is_service or not days or not ids:
            return set()
        owner = _every_id(ids)
        values: dict[str, Any] = {
            "ids": uuid_array(owner), "since": self.now - timedelta(days=days), "channel": self.message.channel,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_REFUSED, values)
            return {owner[row[0]] for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class _Known:
    row: profiles.Row
    is_allowed: bool
    chance: float

    def is_minor(self, today: date) -> bool:
        born = self.row.values.get("birth_date")
        if not born:
            return False
        day = date.fromisoformat(str(born))
        had_birthday = (today.month, today.day) >= (day.month, day.day)
        return today.year - day.year - (not had_birthday) < ADULT_OF_DATA


def _living(ids: Sequence[UUID]) -> Mapping[UUID, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_LIVING, [uuid_array(ids)])
        return dict(cursor.fetchall())


def _every_id(living: set[UUID]) -> dict[UUID, UUID]:
    """Return the living customers by every id that leads to them."""
    owner = {one: one for one in living}
    for one, retired in list_retired(living).items():
        owner.update({gone.gone: one for gone in retired})
    return owner
