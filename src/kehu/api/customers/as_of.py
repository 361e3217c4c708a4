"""`as_of`: a day, taken to its end in the declared zone, or an instant with its zone. Every route of a customer reads it so."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from ninja import Query

from kehu.platform.errors import Invalid
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text

AsOf = Annotated[
    str | None,
    Query(max_length=40, description="`2026-03-31`, or an instant such as `2026-03-31T18:00:00+08:00`"),
]
FIRST_YEAR = 1900
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AsOfNotValid(Invalid):
    """The time is no day and no instant with a zone, or it lies in the future."""

    code = "as_of_not_valid"


def read_as_of(text: str | None, now: datetime) -> datetime | None:
    """Return the instant that is asked about, today's end being now; None without one. Raises AsOfNotValid."""
    if text is None:
        return None
    zone = ZoneInfo(environment().time_zone)
    today = now.astimezone(zone).date()
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            asked = now if day == today else _end_of(day, zone)
        else:
            asked = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        asked = None
    if asked is None or asked.tzinfo is None or asked.year < FIRST_YEAR:
        raise AsOfNotValid(
            Text(
                "as_of 写成日期，如 2026-03-31，或带时区的时间，如 2026-03-31T18:00:00+08:00。",
                "Write `as_of` as a date, such as 2026-03-31, or as a time with its zone, such as 2026-03-31T18:00:00+08:00.",
            )
        )
    if asked > now:
        raise AsOfNotValid(Text("as_of 不能晚于现在。", "`as_of` cannot lie in the future."))
    return asked


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
