"""The webhook as a channel: each message a signed POST, known by its event id; what is never taken goes to the dead letters."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from uuid import UUID

import msgspec

from kehu.engage.channels.contract import Capabilities, Handing, Outcome, Outgoing
from kehu.engage.channels.limits import Limiter, jittered
from kehu.engage.channels.terms import Limits, WebhookSettings
from kehu.engage.channels.webhook.breaker import Breaker
from kehu.engage.channels.webhook.guard import TargetRefused, resolve_target
from kehu.engage.channels.webhook.posting import Answer, Unanswered, post
from kehu.engage.channels.webhook.signing import sign
from kehu.engage.models.channels import ChannelAccount

CAPABILITIES = Capabilities(needs_staff=False, longest=None, tells_receipts=False, address_field="email")
RETRIED = frozenset({408, 425, 429})
FIRST_WAIT, MOST_WAIT = 2.0, 900.0
LONGEST_TURN = 3.0
MOST_COUNTED = 100_000
Bury = Callable[[Outgoing, str, int], None]


class _Stopped(Exception):
    """`handing` said no."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to post and with which secrets to sign; the first is the new one."""

    settings: WebhookSettings
    secrets: tuple[str, ...]


def body_of(message: Outgoing) -> bytes:
    """Return a message as the endpoint reads it."""
    content = message.content
    return msgspec.json.encode(
        {
            "id": str(message.id), "type": "message", "purpose": message.purpose, "is_service": message.is_service,
            "to": message.address, "subject": content.subject, "text": content.text, "html": content.html,
            "unsubscribe_url": message.unsubscribe_url,
        }
    )  # fmt: skip


class WebhookChannel:
    """Posts to one endpoint. How often each message was tried is counted here, in memory."""

    capabilities = CAPABILITIES

    def __init__(self, key: str, endpoint: Endpoint, *, limits: Limits, bury: Bury) -> None:
        self.key, self.endpoint, self.limits = key, endpoint, limits
        self._bury = bury
        self._limiter, self._breaker = Limiter(limits), Breaker()
        self._tries: dict[UUID, int] = {}

    @classmethod
    def of(cls, account: ChannelAccount, secrets: Mapping[str, str]) -> "WebhookChannel":
        """Return the channel of an account; dead letters are kept for it."""
        from kehu.engage.channels.webhook.dead_letters import burier

        both = tuple(secrets[name] for name in ("secret", "previous_secret") if secrets.get(name))
        endpoint = Endpoint(msgspec.convert(account.settings, WebhookSettings), both)
        limits = msgspec.convert(account.limits, Limits)
        return cls(account.key, endpoint, limits=limits, bury=burier(account))

    def send(self, batch: Sequence[Outgoing], *, handing: Handing) -> Iterator[Outcome]:
        """Post a batch, several at once. A slow endpoint holds up nobody but its own account, and that for a while only."""
        known = {message.id: message for message in batch}
        with ThreadPoolExecutor(self.limits.connections, thread_name_prefix=f"webhook-{self.key}") as pool:
            waiting = [pool.submit(self._one, message, handing) for message in batch]
            try:
                for ended in as_completed(waiting):
                    yield self._settle(known[ended.result().id], ended.result())
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Nothing stays open between batches."""

    def _settle(self, message: Outgoing, outcome: Outcome) -> Outcome:
        """Give up what was tried too often; in the reader's thread, whose transaction keeps the dead letter."""
        if outcome.state == "accepted":
            self._tries.pop(message.id, None)
            return outcome
        if outcome.reason in {"stopped", "circuit_open", "limit"}:
            return outcome
        tries = self._tries.get(message.id, 0) + 1
        if outcome.state == "deferred" and tries < self.endpoint.settings.attempts:
            if len(self._tries) < MOST_COUNTED:
                self._tries[message.id] = tries
            wait = max(outcome.retry_after or 0.0, min(MOST_WAIT, FIRST_WAIT * 4 ** (tries - 1)))
            return Outcome(message.id, "deferred", reason=outcome.reason, retry_after=jittered(wait))
        self._tries.pop(message.id, None)
        self._bury(message, outcome.reason, tries)
        return Outcome(message.id, "refused", reason=outcome.reason)

    def _one(self, message: Outgoing, handing: Handing) -> Outcome:
        wait = self._breaker.wait()
        if wait:
            return Outcome(message.id, "deferred", reason="circuit_open", retry_after=jittered(wait))
        wait = self._turn()
        if wait:
            return Outcome(message.id, "deferred", reason="limit", retry_after=jittered(wait))
        try:
            answer = self._post(message, handing)
        except _Stopped:
            return Outcome(message.id, "refused", reason="stopped")
        except TargetRefused:
            self._breaker.failed()
            return Outcome(message.id, "refused", reason=TargetRefused.code)
        except (Unanswered, OSError):
            self._breaker.failed()
            return Outcome(message.id, "deferred", reason="no_answer")
        return self._read(message, answer)

    def _turn(self) -> float:
        deadline = time.monotonic() + LONGEST_TURN
        while wait := self._limiter.take():
            if time.monotonic() + wait > deadline:
                return wait
            time.sleep(wait)
        return 0.0

    def _post(self, message: Outgoing, handing: Handing) -> Answer:
        def stop_or_hand() -> None:
            try:
                handing(message.id)
            except Exception as error:
                raise _Stopped from error

        settings = self.endpoint.settings
        body = body_of(message)
        signed = sign(self.endpoint.secrets, event_id=str(message.id), at=int(time.time()), body=body)
        headers = {"Content-Type": "application/json", "User-Agent": "Kehu", **signed}
        return post(
            resolve_target(settings.url), body, headers, seconds=settings.timeout, handing=stop_or_hand
        )

    def _read(self, message: Outgoing, answer: Answer) -> Outcome:
        status = answer.status
        if 200 <= status < 300:  # noqa: PLR2004 (statuses of HTTP)
            self._breaker.passed()
            return Outcome(message.id, "accepted", provider_id=str(message.id))
        if status >= 500 or status in RETRIED:  # noqa: PLR2004 (the same)
            self._breaker.failed()
            return Outcome(message.id, "deferred", reason=f"status_{status}", retry_after=answer.retry_after)
        self._breaker.passed()
        return Outcome(message.id, "refused", reason=f"status_{status}")
