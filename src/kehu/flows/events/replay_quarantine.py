"""Quarantined events: tried again once their cause is mended, or dropped for good. Either is audited."""

from datetime import datetime
from typing import ClassVar

from kehu.collect.models import Source
from kehu.collect.tracking import quarantine
from kehu.collect.tracking.faults import fault_text
from kehu.flows.events.apply_events import Raw, apply_events
from kehu.govern import audit
from kehu.platform.errors import Conflict
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text


class StillFaulty(Conflict):
    """The event cannot be applied yet; its cause is not mended."""

    code: ClassVar[str] = "quarantined_still_faulty"

    def __init__(self, reason: str) -> None:
        told = fault_text(reason)
        super().__init__(Text(f"仍然无法写入：{told.zh}", f"It still cannot be applied: {told.en}"))
        self.reason = reason


def replay(number: int, *, actor_id: int | None, now: datetime) -> None:
    """Apply a quarantined event as if it arrived now, with its own times. Raises StillFaulty, and it stays."""
    with acting(SYSTEM):
        held = quarantine.hold(number)
        source = Source.objects.get(pk=held.source_id)
        outcome = apply_events([Raw(held.raw, held.arrival)], source=source, now=now)
        if outcome.bad:
            raise StillFaulty(outcome.bad[0].reason)
        _close(number, "replayed", held.reason, actor_id, now)


def drop(number: int, *, actor_id: int | None, now: datetime) -> None:
    """Give a quarantined event up; its content is wiped."""
    with acting(SYSTEM):
        held = quarantine.hold(number)
        _close(number, "dropped", held.reason, actor_id, now)


def _close(number: int, state: str, reason: str, actor_id: int | None, now: datetime) -> None:
    quarantine.resolve(number, state=state, now=now)
    audit.record(
        action=f"event.{state}", actor_id=actor_id, now=now, object_kind="quarantined_event", object_id=number,
        details={"reason": reason},
    )  # fmt: skip
