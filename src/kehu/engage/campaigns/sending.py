"""One turn of the sender: take what is due, ask the governor, hand over, write down what became of it.

Between claiming and writing down lies the only time in which a kill leaves something open; the journal tells then what
was handed over. One sender works at a time (`flows/engage/campaigns/send_due.py` holds the lease), so that caps are counted right.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kehu.engage.campaigns import asking, ledger
from kehu.engage.campaigns.journal import Journal
from kehu.engage.campaigns.ledger import End, PutOff, Waiting
from kehu.engage.campaigns.terms import read_schedule, read_variants
from kehu.engage.channels import tracking
from kehu.engage.channels.accounts import channel_of, get_account
from kehu.engage.channels.contract import Channel, HandingStopped, HeaderNotSafe, Outcome, Outgoing
from kehu.engage.channels.hearing import hear_outcome
from kehu.engage.governor.answers import without_suppressed
from kehu.engage.governor.deciding import Asked, Governor, Later, Message, No, Yes
from kehu.engage.governor.rules import rules_on
from kehu.engage.models.campaigns import Campaign
from kehu.engage.models.templates import TemplateVersion
from kehu.engage.surveys.inviting import url_of
from kehu.engage.templates.rendering import Compiled, Missing, Urls, compile_version
from kehu.govern.purposes.gate import open_gate
from kehu.platform.errors import KehuError
from kehu.platform.installation.environment import environment
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

BATCH = 200
HANDING_SECONDS = 3.0
"""A message that was not handed over within this time of being claimed is asked about again: nobody is sent what he has withdrawn."""
MOST_ATTEMPTS = 8
FIRST_WAIT = 30.0
_TOO_LATE = Text("取出太久，发送前要重新核对。", "It was claimed too long ago and is asked about again.")


@dataclass(slots=True)
class Turn:
    """What a turn did."""

    taken: int = 0
    accepted: int = 0
    skipped: int = 0
    put_off: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """One campaign's part of a turn: what it needs to send."""

    campaign: Campaign
    rows: Sequence[Waiting]
    message: Message
    compiled: Mapping[str, Compiled]
    channel: Channel


@dataclass(slots=True)
class Sender:
    """Keeps connections and compiled templates between turns. `clock` tells the time."""

    journal: Journal
    clock: Callable[[], datetime]
    channels: dict[str, Channel] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    """When the account of each open channel was last changed, as it was opened."""

    def turn(self, *, limit: int = BATCH) -> Turn:
        """Send what is due now, one batch. Returns what was done; `taken` 0 where nothing is due."""
        now = self.clock()
        done = Turn()
        outgoing: list[tuple[_Job, list[Outgoing]]] = []
        with acting(SYSTEM), transaction.atomic():
            rows = ledger.next_rows(limit=limit, now=now)
            done.taken = len(rows)
            for campaign_id, own in _by_campaign(rows).items():
                job = self._job(campaign_id, own, now)
                if job is not None:
                    outgoing.append((job, self._claim(job, now, done)))
        claimed_at = time.monotonic()
        for job, batch in outgoing:
            self._hand_over(job, batch, claimed_at, done)
        self.journal.clear()
        return done

    def recover(self) -> int:
        """Settle what an earlier sender left claimed. Returns how many rows there were."""
        with acting(SYSTEM), transaction.atomic():
            claimed = ledger.lock_claimed()
            found, now = self.journal.split(claimed), self.clock()
            ledger.put_off([PutOff(one, now, "") for one in found.fresh])
            ledger.end([End(one, "accepted") for one in found.taken], now=now)
            ledger.end([End(one, "unknown", "sender_died") for one in found.unknown], now=now)
        self.journal.clear()
        self.journal.forget_others()
        return len(claimed)

    def close(self) -> None:
        """End the connections."""
        for channel in self.channels.values():
            channel.close()
        self.journal.close()

    def _job(self, campaign_id: UUID, rows: Sequence[Waiting], now: datetime) -> _Job | None:
        """Return what a campaign's rows need; where it cannot be sent its rows wait, with the reason."""
        campaign = Campaign.objects.select_related("segment", "survey__current").get(pk=campaign_id)
        try:
            gate = open_gate(campaign.segment.purpose, campaign.channel)
            channel = self._channel(campaign.account)
            compiled = _compiled(campaign)
            asking.require_survey(campaign, now)
        except KehuError as error:
            ledger.put_off([PutOff(row.id, now + timedelta(minutes=5), error.code) for row in rows])
            return None
        schedule = read_schedule(campaign.schedule, environment().time_zone)
        message = Message(
            gate, campaign.channel, channel.capabilities.address_field, campaign.is_service,
            schedule.only_working_days, environment().time_zone,
        )  # fmt: skip
        return _Job(campaign, rows, message, compiled, channel)

    def _channel(self, key: str) -> Channel:
        """Return the channel of an account as it is now; one that was changed is opened anew. Raises AccountIsOff."""
        account = get_account(key)
        if key in self.channels and self.opened.setdefault(key, account.changed_at) != account.changed_at:
            self.channels.pop(key).close()
        if key not in self.channels:
            self.channels[key] = channel_of(account)
            self.opened[key] = account.changed_at
        return self.channels[key]

    def _claim(self, job: _Job, now: datetime, done: Turn) -> list[Outgoing]:
        """Decide on rows within the transaction; those that go are claimed and returned, ready to be handed over."""
        governor = Governor(job.message, rules_on(now.date()), now)
        answers = governor.decide([Asked(row.id, row.customer_id) for row in job.rows])
        answers = without_suppressed(answers, job.message.channel)
        ends, later, batch = [], [], []
        people = {one: said.customer_id for one, said in answers.items() if isinstance(said, Yes)}
        asked = asking.asked_lately(job.campaign, people, now)
        for row in job.rows:
            answer = answers[row.id]
            match answer:
                case No(reason):
                    ends.append(End(row.id, "skipped", reason))
                case Later(at, reason, _):
                    later.append(PutOff(row.id, at, reason))
                case Yes() if row.id in asked:
                    ends.append(End(row.id, "skipped", asking.ASKED_LATELY))
                case Yes():
                    made = _outgoing(row, answer, job)
                    if isinstance(made, str):
                        ends.append(End(row.id, "skipped", made))
                    else:
                        batch.append(made)
        ledger.end(ends, now=now)
        ledger.put_off(later)
        ledger.claim([one.id for one in batch], now=now)
        going = {one.id: people[one.id] for one in batch}
        asking.invite(job.campaign, going, purpose=job.message.gate.key, now=now)
        done.skipped += len(ends)
        done.put_off += len(later)
        return batch

    def _hand_over(self, job: _Job, batch: list[Outgoing], claimed_at: float, done: Turn) -> None:
        if not batch:
            return

        def handing(send_id: UUID) -> None:
            if time.monotonic() - claimed_at > HANDING_SECONDS:
                raise HandingStopped(_TOO_LATE)
            self.journal.hand(send_id)

        attempts = {row.id: row.attempts for row in job.rows}
        outcomes = []
        for outcome in job.channel.send(batch, handing=handing):
            if outcome.state == "accepted":
                self.journal.taken(outcome.id)
            outcomes.append(outcome)
        now = self.clock()
        with acting(SYSTEM), transaction.atomic():
            told = {outcome.id for outcome in outcomes}
            messages = {one.id: one for one in batch}
            for outcome in outcomes:
                hear_outcome(messages[outcome.id], outcome, channel=job.campaign.channel, now=now)
            missing = [Outcome(one.id, "unknown", reason="no_answer") for one in batch if one.id not in told]
            ends, later = _sorted([*outcomes, *missing], attempts, now)
            ledger.end(ends, now=now)
            ledger.put_off(later)
        done.accepted += sum(one.state == "accepted" for one in ends)
        done.unknown += sum(one.state == "unknown" for one in ends)
        done.put_off += len(later)


def _sorted(
    outcomes: Sequence[Outcome], attempts: Mapping[UUID, int], now: datetime
) -> tuple[list[End], list[PutOff]]:
    """Return what has ended, and what is tried again: each time later, and not for ever."""
    ends, later = [], []
    for one in outcomes:
        if one.state == "refused" and one.reason == "stopped":
            later.append(PutOff(one.id, now, "asked_again"))
        elif one.state == "deferred" and attempts.get(one.id, 0) + 1 < MOST_ATTEMPTS:
            wait = one.retry_after or FIRST_WAIT * 2 ** attempts.get(one.id, 0)
            later.append(PutOff(one.id, now + timedelta(seconds=wait), one.reason or "deferred"))
        else:
            state = "refused" if one.state == "deferred" else one.state
            ends.append(End(one.id, state, one.reason, one.provider_id))
    return ends, later


def _by_campaign(rows: Sequence[Waiting]) -> dict[UUID, list[Waiting]]:
    found: dict[UUID, list[Waiting]] = {}
    for row in rows:
        found.setdefault(row.campaign_id, []).append(row)
    return found


def _compiled(campaign: Campaign) -> dict[str, Compiled]:
    """Return the messages of a campaign by variant, and keep where their links lead."""
    variants = {variant.key: variant.version_id for variant in read_variants(campaign.variants)}
    versions = TemplateVersion.objects.select_related("template").in_bulk(list(variants.values()))
    made = {key: compile_version(versions[version_id]) for key, version_id in variants.items()}
    for key, compiled in made.items():
        tracking.keep_links(str(variants[key]), compiled.links)
    return made


def _outgoing(row: Waiting, answer: Yes, job: _Job) -> Outgoing | str:
    """Return the message for one customer, or the reason why there is none."""
    tracker, leave = tracking.Tracker(row.id), tracking.unsubscribe_url(row.id)
    survey = url_of(row.id) if job.campaign.survey_id else ""
    urls = Urls(view=leave, unsubscribe=leave, pixel=tracker.pixel_url, link=tracker.link_url, survey=survey)
    values: dict[str, Any] = {
        "customer": {**answer.values, "name": answer.name}, "sender": {"name": environment().organization},
    }  # fmt: skip
    try:
        content = job.compiled[row.variant].render(values, urls=urls)
    except HeaderNotSafe:
        return "header_not_safe"
    if isinstance(content, Missing):
        return f"missing:{content.variable}"
    content = replace(content, html=tracker.with_trap(content.html))
    return Outgoing(row.id, answer.address, content, job.message.gate.key, job.campaign.is_service, leave)
