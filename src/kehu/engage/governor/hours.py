"""When something may be sent: outside quiet hours of the customer's zone, and on working days where that is asked.

The calendar knows 调休: a Saturday that is worked is a working day, a Monday of a long holiday is none. Beyond the years
that are published it is the plain week.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kehu.engage.governor.rules import Quiet

_WEEK_END = 5
_MOST_DAYS = 30


def may_begin_at(
    now: datetime, quiet: Quiet | None, zone: str, *, only_working_days: bool = False
) -> datetime:
    """Return the first moment from `now` on at which something may be sent; `now` itself where it may."""
    here = now.astimezone(ZoneInfo(zone))
    at = _after_quiet(here, quiet)
    if not only_working_days:
        return at.astimezone(now.tzinfo)
    for _ in range(_MOST_DAYS):
        if is_working_day(at.date()):
            break
        opens = quiet.ends if quiet else at.time().replace(hour=0, minute=0, second=0, microsecond=0)
        at = datetime.combine(at.date() + timedelta(days=1), opens, at.tzinfo)
    return at.astimezone(now.tzinfo)


def is_working_day(day: date) -> bool:
    """Whether a day is worked in mainland China."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _WEEK_END


def _after_quiet(here: datetime, quiet: Quiet | None) -> datetime:
    if quiet is None or quiet.begins == quiet.ends:
        return here
    now = here.time()
    if quiet.begins < quiet.ends:
        is_quiet, next_day = quiet.begins <= now < quiet.ends, 0
    else:
        is_quiet, next_day = now >= quiet.begins or now < quiet.ends, 1 if now >= quiet.begins else 0
    if not is_quiet:
        return here
    return datetime.combine(here.date() + timedelta(days=next_day), quiet.ends, here.tzinfo)
