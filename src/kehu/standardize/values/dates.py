"""Calendar dates as Chinese files write them, returned as `YYYY-MM-DD`. A date is never shifted by a zone.

Nothing here knows today: whether a date may lie in the future is asked by `check_not_after`.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.persons.characters import plain, scientific

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = r"(?:[T ]?\s*(?:上午|下午|[AP]M)?\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?\s*(?:[AaPp][Mm])?)?"
_YEAR_FIRST = re.compile(
    r"([0-9]{4})\s*([-/.年 ])\s*([0-9]{1,2})\s*([-/.月 ])\s*([0-9]{1,2})\s*[日号]?" + _TIME
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})" + _TIME)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0|[0-9]{6}|" + _TIME + ")")
_MONTH_NAME = re.compile(
    r"([0-9]{1,2})[-\s]([A-Za-z]{3,9})[-\s,]+([0-9]{4})|([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})"
)
_MIDNIGHT_ZONED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_ZONED = re.compile(r".*[0-9]{2}:[0-9]{2}.*(?:Z|[+-][0-9]{2}:?[0-9]{2})")
_SERIAL = re.compile(r"([2-5][0-9]{4}|60000)(?:\.[0-9]+)?")
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_NO_DAY = re.compile(r"[0-9]{4}(?:年|[-/.][0-9]{1,2}|年[0-9]{1,2}月?)?")
_TWO_DIGIT_YEAR = re.compile(
    r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{6}"
)
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_FOREVER = (9999, 12, 31)
_LAST_MONTH = 12
_MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@lru_cache(maxsize=65_536)
def is_calendar_date(compact: str) -> bool:
    """Tell whether eight digits `YYYYMMDD` are a day that exists."""
    try:
        date(int(compact[:4]), int(compact[4:6]), int(compact[6:8]))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=65_536)
def parse_date(raw: str) -> str:
    """Return the date as `YYYY-MM-DD`; `长期` is `9999-12-31`. What can be read in two ways is refused.

    A time of day is dropped. Five digits from 20000 to 60000 are Excel's count of days.
    """
    text = plain(raw)
    year, month, day = _read(text)
    if year < _FIRST_YEAR or (year > _LAST_YEAR and (year, month, day) != _FOREVER):
        raise refused(
            f"年份 {year} 超出范围（1800 至 2199）。", f"The year {year} is out of range (1800 to 2199)."
        )
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise refused(
            "这一天不存在。核对月份和日期。", "This day does not exist. Check month and day."
        ) from None


def check_not_after(value: str, today: str) -> None:
    """Refuse a standard date that lies after `today`; both are `YYYY-MM-DD`."""
    if value > today:
        raise refused("日期在今天之后。核对年份。", "The date lies after today. Check the year.")


def _read(text: str) -> tuple[int, int, int]:
    if _ISO.fullmatch(text):
        return int(text[:4]), int(text[5:7]), int(text[8:])
    found = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        groups = [group for group in found.groups() if group.isdecimal()]
        return int(groups[0]), int(groups[1]), int(groups[2])
    serial = _SERIAL.fullmatch(text)
    if serial:
        day = _SERIAL_ZERO + timedelta(days=int(serial[1]))
        return day.year, day.month, day.day
    return _read_rare(text)


def _read_rare(text: str) -> tuple[int, int, int]:
    year_last = _YEAR_LAST.fullmatch(text)
    if year_last:
        return _day_and_month(int(year_last[1]), int(year_last[3]), int(year_last[4]))
    if text in ("长期", "长期有效", "永久", "永久有效", "長期"):
        return _FOREVER
    midnight = _MIDNIGHT_ZONED.fullmatch(text)
    if midnight:
        return _read(midnight[1])
    named = _MONTH_NAME.fullmatch(text)
    if named:
        day, month, year = (named[1], named[2], named[3]) if named[1] else (named[5], named[4], named[6])
        number = _MONTHS.get(month[:3].lower())
        if number:
            return int(year), number, int(day)
    han = _HAN_DATE.fullmatch(text)
    if han:
        return int(han[1].translate(_HAN_DIGITS)), _han_number(han[2]), _han_number(han[3])
    raise _unreadable(text)


def _day_and_month(first: int, second: int, year: int) -> tuple[int, int, int]:
    if first > _LAST_MONTH or first == second:
        return year, second, first
    if second > _LAST_MONTH:
        return year, first, second
    raise refused(
        "分不清哪个是月、哪个是日。写成“2026-01-02”。",
        "Day and month can be read either way. Write it as 2026-01-02.",
    )


def _han_number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(words.translate(_HAN_DIGITS))
    return int(tens.translate(_HAN_DIGITS) or "1") * 10 + int(ones.translate(_HAN_DIGITS) or "0")


def _unreadable(text: str) -> InvalidValue:
    wrong = scientific(text, "日期", "date")
    if wrong:
        return wrong
    if text.startswith(("民国", "民國", "ROC")):
        return refused("民国纪年请换成公元年份。", "Turn the ROC year into the common era.")
    if _ZONED.fullmatch(text):
        return refused(
            "这里是带时区的时刻，会差一天。只留日期，写成“2026-01-02”。",
            "This is a moment with a time zone and may be off by a day. Keep the date alone, as 2026-01-02.",
        )
    if _NO_DAY.fullmatch(text):
        return refused(
            "日期不完整。写到日，如“2026-01-02”。",
            "The date is incomplete. Write it down to the day, as 2026-01-02.",
        )
    if _TWO_DIGIT_YEAR.fullmatch(text):
        return refused("年份要写四位，如“1985-08-14”。", "Write the year with four digits, as 1985-08-14.")
    return refused("看不懂这个日期。写成“2026-01-02”。", "The date cannot be read. Write it as 2026-01-02.")
