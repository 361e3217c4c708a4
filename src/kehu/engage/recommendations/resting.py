"""When an offer rests with a customer: whoever has seen it, or has answered, is left in peace for a while.

A showing lasts a week, so that an offer does not vanish while it is being talked about; only then its rest begins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

STAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Past:
    """When one offer was last shown to a customer (or held back from him), met interest, and was taken or declined."""

    shown_at: datetime | None = None
    interested_at: datetime | None = None
    answered_at: datetime | None = None


def rests_until(past: Past, *, after_shown: int, after_answer: int, now: datetime) -> datetime | None:
    """Return until when an offer rests; None when it may be shown. Rests are in days.

    Interest that was not answered for good keeps it in sight, however long ago it was shown.
    """
    answered = past.answered_at
    if answered is not None and now < (until := answered + timedelta(days=after_answer)):
        return until
    if past.interested_at is not None and (answered is None or past.interested_at > answered):
        return None
    if past.shown_at is None or now < past.shown_at + STAYS:
        return None
    until = past.shown_at + STAYS + timedelta(days=after_shown)
    return until if now < until else None


def begins_showing(past: Past, now: datetime) -> bool:
    """Whether seeing the offer now begins a showing, rather than going on with the one of this week."""
    return past.shown_at is None or now >= past.shown_at + STAYS
