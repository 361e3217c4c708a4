"""Quiet hours, working days with 调休, schedules: by the clock of the customer's zone, never of the machine's."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.engage.campaigns.terms import CampaignInvalid, Schedule, next_time, read_schedule, read_variants
from kehu.engage.governor.hours import is_working_day, may_begin_at
from kehu.engage.governor.rules import Quiet, _read, rules_on
from kehu.platform.installation.environment import BadSetting

ZONE = "Asia/Shanghai"
NIGHT = Quiet("*", date(2026, 1, 1), time(21), time(8))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 (made aware)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def test_the_night_is_over_in_the_morning() -> None:
    assert may_begin_at(at("2026-11-23T22:30"), NIGHT, ZONE) == at("2026-11-24T08:00")
    assert may_begin_at(at("2026-11-24T07:59"), NIGHT, ZONE) == at("2026-11-24T08:00")
    assert may_begin_at(at("2026-11-24T08:00"), NIGHT, ZONE) == at("2026-11-24T08:00")
    assert may_begin_at(at("2026-11-24T20:59"), NIGHT, ZONE) == at("2026-11-24T20:59")


def test_a_worked_saturday_is_a_working_day_and_a_holiday_monday_is_none() -> None:
    assert is_working_day(date(2026, 10, 10))
    assert not is_working_day(date(2026, 10, 5))
    assert may_begin_at(at("2026-10-02T10:00"), NIGHT, ZONE, only_working_days=True) == at("2026-10-08T08:00")
    assert is_working_day(date(2030, 1, 2))


@given(MOMENTS, st.booleans())
def test_what_may_begin_is_never_earlier_nor_at_night(now: datetime, only_working_days: bool) -> None:  # noqa: FBT001
    begins = may_begin_at(now, NIGHT, ZONE, only_working_days=only_working_days)

    here = begins.astimezone(at("2026-01-01T00:00").tzinfo).time()
    assert begins >= now
    assert time(8) <= here < time(21)


@given(MOMENTS, st.sampled_from(["daily", "weekly", "monthly"]), st.integers(1, 7))
def test_a_schedule_goes_on_for_ever_and_never_twice(now: datetime, kind: str, day: int) -> None:
    schedule = read_schedule({"kind": kind, "day": day, "time": "10:00"}, ZONE)

    first = next_time(schedule, now, ZONE)
    assert first is not None
    second = next_time(schedule, first, ZONE)
    assert second is not None
    assert now < first < second


def test_what_goes_out_once_has_no_next_time() -> None:
    assert next_time(Schedule("once"), at("2026-11-23T10:00"), ZONE) is None


def test_a_mistake_has_its_place() -> None:
    with pytest.raises(CampaignInvalid) as told:
        read_schedule({"kind": "on_event"}, ZONE)
    assert told.value.path == "schedule.event"
    with pytest.raises(CampaignInvalid) as told:
        read_variants([{"version": "x"}])
    assert told.value.path == "variants[0].version"


def test_shares_come_to_one() -> None:
    one = "01930000-0000-7000-8000-000000000001"

    found = read_variants(
        [{"version": one, "share": 2}, {"version": one, "share": 1}, {"version": one, "share": 1}]
    )

    assert [variant.share for variant in found] == [0.5, 0.25, 0.25]
    assert [variant.key for variant in found] == ["A", "B", "C"]


def test_shipped_rules_count_from_their_day() -> None:
    now, before = rules_on(date(2026, 11, 23)), rules_on(date(2025, 1, 1))

    assert {(cap.channel, cap.most) for cap in now.caps_of("email")} == {("*", 4), ("email", 2)}
    quiet = now.quiet_of("email")
    assert quiet is not None
    assert quiet.begins == time(22)
    assert before.caps == ()
    assert before.quiet_of("sms") is None


@pytest.mark.parametrize(
    "text",
    [
        "[[cap]]\nchannel='*'\n",
        "[[cap]]\nfrom=2026-01-01\ndays=0\n",
        "[[quiet]]\nfrom=2026-01-01\nbegins='25:00'\n",
        "[[what]]\n",
    ],
)
def test_a_file_that_says_nothing_sensible_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text)

    with pytest.raises(BadSetting):
        _read(path)
