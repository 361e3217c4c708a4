"""E-mail as a channel: a few connections, kept open and used by a thread each, within the account's limits."""

import queue
import smtplib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from kehu.engage.channels.contract import Capabilities, Handing, HeaderNotSafe, Outcome, Outgoing
from kehu.engage.channels.email.compose import AddressNotValid, Composer, ascii_address
from kehu.engage.channels.email.dkim import Signer
from kehu.engage.channels.email.replies import CLOSING, read_reply
from kehu.engage.channels.email.session import Lost, NoEncryption, NotTaken, Session
from kehu.engage.channels.limits import Limiter, Pause, jittered
from kehu.engage.channels.terms import EmailSettings, Limits
from kehu.engage.models.channels import ChannelAccount

CAPABILITIES = Capabilities(needs_staff=False, longest=None, tells_receipts=True, address_field="email")
LONGEST_WAIT = 3.0
"""Seconds that a thread waits for its turn; a longer wait is given back to whoever sends."""
PUT_OFF_SECONDS = 120.0
NAP = 0.05


class _Stopped(Exception):
    """`handing` said no."""


@dataclass
class _Run:
    """One call of `send`: what is left to do, what came out, and whether to stop."""

    todo: "queue.SimpleQueue[Outgoing]"
    handing: Handing
    done: "queue.SimpleQueue[Outcome | BaseException]" = field(default_factory=queue.SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)


class EmailChannel:
    """Sends by one mail server. Connections stay open between batches until `close`."""

    capabilities = CAPABILITIES

    def __init__(
        self, key: str, settings: EmailSettings, *, limits: Limits, password: str = "", signer: Signer | None = None
    ) -> None:  # fmt: skip
        self.key, self.settings, self.limits = key, settings, limits
        self._password = password
        self._composer = Composer(settings, signer)
        self._envelope = ascii_address(settings.envelope_from or settings.from_address)
        self._limiter, self._pause = Limiter(limits), Pause()
        self._free: list[Session] = []
        self._lock = threading.Lock()

    @classmethod
    def of(cls, account: ChannelAccount, secrets: Mapping[str, str]) -> "EmailChannel":
        """Return the channel of an account."""
        settings = msgspec.convert(account.settings, EmailSettings)
        key = secrets.get("dkim_key", "")
        signer = (
            Signer(key, domain=settings.dkim_domain, selector=settings.dkim_selector)
            if key and settings.dkim_domain
            else None
        )
        return cls(
            account.key, settings, limits=msgspec.convert(account.limits, Limits),
            password=secrets.get("password", ""), signer=signer,
        )  # fmt: skip

    def send(self, batch: Sequence[Outgoing], *, handing: Handing) -> Iterator[Outcome]:
        """Send a batch by several connections at once; outcomes come as they are known.

        Whoever stops reading stops the sending: what a thread has begun is ended, the rest is not touched.
        """
        run = _Run(queue.SimpleQueue(), handing)
        for message in batch:
            run.todo.put(message)
        threads = [
            threading.Thread(target=self._work, args=(run,), daemon=True, name=f"smtp-{self.key}-{number}")
            for number in range(min(self.limits.connections, len(batch)))
        ]
        for thread in threads:
            thread.start()
        try:
            for _ in batch:
                outcome = run.done.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome
        finally:
            run.stop.set()
            for thread in threads:
                thread.join()

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            free, self._free = self._free, []
        for session in free:
            session.close()

    def _work(self, run: _Run) -> None:
        session: Session | None = None
        try:
            while not run.stop.is_set():
                message = run.todo.get_nowait()
                outcome, session = self._one(message, run, session)
                run.done.put(outcome)
        except queue.Empty:
            pass
        except BaseException as error:  # noqa: BLE001 (a fault of ours must reach whoever reads, or he waits for ever)
            run.done.put(error)
        finally:
            if session is not None:
                self._keep(session)

    def _one(self, message: Outgoing, run: _Run, session: Session | None) -> tuple[Outcome, Session | None]:
        try:
            to = ascii_address(message.address)
            if not message.is_service and not message.unsubscribe_url:
                return Outcome(message.id, "refused", reason="no_unsubscribe"), session
            mail = self._composer.compose(message, to=to, at=int(time.time()))
        except (AddressNotValid, HeaderNotSafe) as error:
            return Outcome(message.id, "refused", reason=error.code), session
        wait = self._wait(run)
        if wait:
            reason = "paused" if self._pause.left else "limit"
            return Outcome(message.id, "deferred", reason=reason, retry_after=jittered(wait)), session
        try:
            session = self._renewed(session)
        except (NotTaken, Lost, NoEncryption, OSError, smtplib.SMTPException) as error:
            return self._not_open(message, error), None
        outcome = self._deliver(message, to, mail, run=run, session=session)
        if session.is_broken:
            session.close()
            return outcome, None
        return outcome, session

    def _wait(self, run: _Run) -> float:
        """Wait for a place within the limits. Returns 0, or the seconds that are too long to wait for here."""
        deadline = time.monotonic() + LONGEST_WAIT
        while not run.stop.is_set():
            left = self._pause.left
            wait = left or self._limiter.take()
            if not wait:
                return 0.0
            if time.monotonic() + wait > deadline:
                return wait
            run.stop.wait(left or min(wait, NAP))
        return NAP

    def _renewed(self, session: Session | None) -> Session:
        """Return a connection that may carry one more mail."""
        if session is None:
            with self._lock:
                session = self._free.pop() if self._free else None
        if session is not None and not (
            session.used < self.limits.messages_per_connection and session.is_alive()
        ):
            session.close()
            session = None
        return session or Session(self.settings, self._password)

    def _keep(self, session: Session) -> None:
        with self._lock:
            self._free.append(session)

    def _not_open(self, message: Outgoing, error: Exception) -> Outcome:
        if isinstance(error, NoEncryption):
            reason = "no_encryption"
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            reason = "sign_in_refused"
        elif isinstance(error, smtplib.SMTPResponseException):
            reason = f"connection_refused_{error.smtp_code}"
        else:
            reason = "no_connection"
        return Outcome(message.id, "deferred", reason=reason, retry_after=self._pause.refused())

    def _deliver(self, message: Outgoing, to: str, mail: bytes, *, run: _Run, session: Session) -> Outcome:
        def handing() -> None:
            try:
                run.handing(message.id)
            except Exception as error:
                raise _Stopped from error

        was_used = session.used > 0
        try:
            provider_id = session.deliver(self._envelope, to, mail, handing)
        except _Stopped:
            return Outcome(message.id, "refused", reason="stopped")
        except NotTaken as error:
            return self._not_taken(message, error, session)
        except Lost as error:
            if error.is_doubtful:
                return Outcome(message.id, "unknown", reason="connection_lost")
            wait = jittered(1.0) if was_used else self._pause.refused()
            return Outcome(message.id, "deferred", reason="connection_lost", retry_after=wait)
        self._pause.passed()
        return Outcome(message.id, "accepted", provider_id=provider_id)

    def _not_taken(self, message: Outgoing, error: NotTaken, session: Session) -> Outcome:
        meaning = read_reply(error.code, error.text, is_recipient=error.is_recipient)
        if error.code == CLOSING:
            session.is_broken = True
        if meaning.verdict == "refused":
            self._pause.passed()
            return Outcome(message.id, "refused", reason=meaning.reason)
        if meaning.verdict == "account":
            return Outcome(message.id, "deferred", reason=meaning.reason, retry_after=self._pause.refused())
        self._pause.put_off()
        return Outcome(message.id, "deferred", reason=meaning.reason, retry_after=jittered(PUT_OFF_SECONDS))
