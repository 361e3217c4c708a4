"""Moments, returned in UTC as `2026-01-01T19:04:05Z`. Without a zone they are taken as Asia/Shanghai."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.persons.characters import plain, scientific
from kehu.standardize.values.dates import parse_date

_SHANGHAI = ZoneInfo("Asia/Shanghai")
# China knew summer time until 1991; from then on the offset is fixed and cheap.
_CHINA = timezone(timedelta(hours=8))
_FIXED_SINCE = "1992"
_WRITTEN = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?[T ]?\s*([0-9]{1,2})[:时点]([0-9]{1,2})(?:[:分]([0-9]{1,2})(?:[.,]([0-9]{1,9}))?)?[秒分]?"
    r"\s*(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})[T ]?([0-9]{2})([0-9]{2})([0-9]{2})()(Z)?")
_EPOCH = re.compile(r"[1-9][0-9]{9}|[1-9][0-9]{11,12}")
_SECONDS_DIGITS = 10
_SERIAL = re.compile(r"[2-5][0-9]{4}(\.[0-9]+)")
_DAY = 86_400
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=65_536)
def parse_timestamp(raw: str) -> str:
    """Return the moment in UTC with `Z`, with a fraction only where it has one.

    Takes ISO 8601, `2026-01-02 03:04:05`, fourteen digits, seconds or milliseconds since 1970, and Excel's day
    count with a fraction. A date alone is its midnight in Shanghai.
    """
    text = plain(raw)
    try:
        moment = _moment(text)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise refused(
            "这个时刻不存在。核对日期和时间。", "This moment does not exist. Check date and time."
        ) from None


def _moment(text: str) -> datetime:
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        clock = (int(hour), int(minute), int(second or 0), int((fraction or "").ljust(6, "0")[:6]))
        return datetime(int(year), int(month), int(day), *clock, tzinfo=_zone(year, zone))
    if _EPOCH.fullmatch(text):
        is_seconds = len(text) == _SECONDS_DIGITS
        return _ZERO + (timedelta(seconds=int(text)) if is_seconds else timedelta(milliseconds=int(text)))
    wrong = scientific(text, "时间", "time")
    if wrong:
        raise wrong
    try:
        day_alone = parse_date(text)
    except InvalidValue:
        raise refused(
            "看不懂这个时间。写成“2026-01-02 03:04:05”。",
            "The time cannot be read. Write it as 2026-01-02 03:04:05.",
        ) from None
    midnight = datetime.fromisoformat(day_alone).replace(tzinfo=_zone(day_alone, None))
    serial = _SERIAL.fullmatch(text)
    return midnight + timedelta(seconds=round(float(serial[1]) * _DAY)) if serial else midnight


def _zone(year: str, written: str | None) -> tzinfo:
    if written is None:
        return _CHINA if year >= _FIXED_SINCE else _SHANGHAI
    if written in ("Z", "UTC", "GMT"):
        return UTC
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)
