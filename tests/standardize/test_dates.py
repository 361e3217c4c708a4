"""Dates and moments as Chinese files write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.invalid import InvalidValue
from kehu.standardize.values.dates import check_not_after, is_calendar_date, parse_date
from kehu.standardize.values.timestamps import parse_timestamp

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))
FORMS = st.sampled_from(
    [
        "{0:%Y%m%d}",
        "{0.year}-{0.month}-{0.day}",
        "{0.year}/{0.month}/{0.day}",
        "{0.year}年{0.month}月{0.day}日",
        "{0.year}.{0.month:02}.{0.day:02}",
        "{0.year}/{0.month}/{0.day} 0:00:00",
        "{0:%Y-%m-%d}T00:00:00",
        "{0:%Y-%m-%d}T00:00:00.000Z",
        "{0:%Y%m%d}.0",
    ]
)


@given(DAYS, FORMS)
def test_every_usual_form_gives_the_same_day(day: date, form: str) -> None:
    assert parse_date(form.format(day)) == day.isoformat()


@given(st.integers(20_000, 60_000))
def test_excel_counts_days_from_the_end_of_1899(serial: int) -> None:
    expected = (date(1899, 12, 30) + timedelta(days=serial)).isoformat()

    assert parse_date(str(serial)) == expected
    assert parse_date(f"{serial}.0") == expected


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("13.1.2026", "2026-01-13"),
        ("1/13/2026", "2026-01-13"),
        ("2.2.2026", "2026-02-02"),
        ("二〇二六年十二月二十一日", "2026-12-21"),
        ("14-Aug-1985", "1985-08-14"),
        ("２０２６－０１－０２", "2026-01-02"),
        ("长期", "9999-12-31"),
        ("99991231", "9999-12-31"),
        ("1985/8/14 上午 12:00:00", "1985-08-14"),
    ],
)
def test_rarer_forms_are_read_where_only_one_reading_exists(raw: str, day: str) -> None:
    assert parse_date(raw) == day


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("2.1.2026", "分不清"),
        ("1/2/2026", "分不清"),
        ("2026-02-30", "不存在"),
        ("20250229", "不存在"),
        ("0000-00-00", "超出范围"),
        ("民国115年1月2日", "民国"),
        ("85-8-14", "四位"),
        ("850814", "四位"),
        ("2026年1月", "不完整"),
        ("1985-08-13T16:00:00.000Z", "时区"),
        ("4.6E+04", "科学计数法"),
        ("昨天", "看不懂"),
    ],
)
def test_what_is_impossible_or_can_be_read_in_two_ways_is_refused(raw: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_date(raw)

    assert reason in refusal.value.text.zh


@given(DAYS, DAYS)
def test_the_future_is_refused_only_against_a_given_today(day: date, today: date) -> None:
    if day <= today:
        check_not_after(day.isoformat(), today.isoformat())
        return
    with pytest.raises(InvalidValue):
        check_not_after(day.isoformat(), today.isoformat())


@given(DAYS)
def test_eight_digits_of_a_day_are_a_day(day: date) -> None:
    assert is_calendar_date(f"{day:%Y%m%d}")
    assert not is_calendar_date(f"{day:%Y}1340")


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-01-02 03:04:05", "2026-01-01T19:04:05Z"),
        ("2026/1/2 3:04", "2026-01-01T19:04:00Z"),
        ("20260102030405", "2026-01-01T19:04:05Z"),
        ("2026年1月2日 3时4分5秒", "2026-01-01T19:04:05Z"),
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05+08:00", "2026-01-01T19:04:05Z"),
        ("2026-01-02T03:04:05.5-0500", "2026-01-02T08:04:05.500000Z"),
        ("1767294245000", "2026-01-01T19:04:05Z"),
        ("1767294245", "2026-01-01T19:04:05Z"),
        ("46024.5", "2026-01-02T04:00:00Z"),
        ("2026-01-02", "2026-01-01T16:00:00Z"),
        ("1988-07-01 12:00:00", "1988-07-01T03:00:00Z"),
    ],
)
def test_a_moment_is_returned_in_utc_and_without_a_zone_is_of_shanghai(raw: str, moment: str) -> None:
    assert parse_timestamp(raw) == moment


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1970 < moment.year < 2199))
def test_any_moment_survives_its_iso_form(moment: datetime) -> None:
    assert datetime.fromisoformat(parse_timestamp(moment.isoformat())) == moment


@pytest.mark.parametrize("raw", ["2026-01-02 25:00:00", "2026-02-30 01:00:00", "1.7E+12", "noon"])
def test_an_impossible_moment_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue):
        parse_timestamp(raw)
