"""What `as_of` means: a day to its end, an instant as it is, nothing of the future, nothing without a zone."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.api.customers.as_of import AsOfNotValid, read_as_of

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@given(st.dates(date(1900, 1, 2), date(2026, 11, 21)))
def test_a_day_is_taken_to_its_end(day: date) -> None:
    asked = read_as_of(day.isoformat(), NOW)

    assert asked is not None
    assert asked.astimezone(SHANGHAI).date() == day
    assert (asked + timedelta(microseconds=1)).astimezone(SHANGHAI).date() == day + timedelta(days=1)


@given(st.integers(1, 45_000 * 86_400), st.integers(-14, 14))
def test_an_instant_is_taken_as_it_is(seconds: int, hours: int) -> None:
    instant = (NOW - timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=hours)))

    assert read_as_of(instant.isoformat(), NOW) == instant


@given(st.text(max_size=40) | st.datetimes().map(datetime.isoformat))
def test_anything_else_is_refused_and_never_a_fault(text: str) -> None:
    try:
        asked = read_as_of(text, NOW)
    except AsOfNotValid:
        return
    assert asked is not None
    assert asked <= NOW


def test_today_is_now_and_tomorrow_is_refused() -> None:
    assert read_as_of("2026-11-22", NOW) == NOW
    assert read_as_of(None, NOW) is None
    with pytest.raises(AsOfNotValid):
        read_as_of("2026-11-23", NOW)
