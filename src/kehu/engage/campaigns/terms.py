"""What a campaign consists of, read from JSON and refused where it makes no sense; its place is told with each mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

from kehu.platform.errors import Invalid
from kehu.platform.text import Text

Kind = Literal["once", "daily", "weekly", "monthly", "on_entry", "on_event"]
KINDS: tuple[Kind, ...] = ("once", "daily", "weekly", "monthly", "on_entry", "on_event")
MOST_VARIANTS = 5
MOST_WINDOW_DAYS = 365
MOST_CONDITIONS, MOST_KEY = 5, 100
MOST_DELAY_HOURS = 30 * 24
WEEKDAYS, MONTH_DAYS = 7, 28


class CampaignInvalid(Invalid):
    """A campaign that cannot be taken; `path` is the place of the mistake."""

    code = "campaign_invalid"

    def __init__(self, path: str, text: Text) -> None:
        super().__init__(Text(f"{path}：{text.zh}", f"{path}: {text.en}"))
        self.path = path


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the messages that are compared; `share` of those who are not held out get it."""

    key: str
    version_id: UUID
    share: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a campaign goes out. `at` is for `once` (None: when started); `day` of week or month.

    For `on_event`: the name of the event, the values that its details must have, and the hours to wait after it.
    """

    kind: Kind
    at: datetime | None = None
    clock: time = time(10)
    day: int = 1
    event: str = ""
    only_working_days: bool = False
    where: Mapping[str, str | float | bool] = field(default_factory=dict)
    delay_hours: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """What counts as success: an event within so many days."""

    event: str
    days: int


def read_variants(raw: Sequence[Mapping[str, Any]]) -> tuple[Variant, ...]:
    """Return the variants; shares are brought to one in all. Raises CampaignInvalid."""
    if not 1 <= len(raw) <= MOST_VARIANTS:
        _refuse(
            "variants", f"要有 1 到 {MOST_VARIANTS} 个版本。", f"There are 1 to {MOST_VARIANTS} variants."
        )
    found = []
    for place, one in enumerate(raw):
        path = f"variants[{place}]"
        share = one.get("share", 1)
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 100:  # noqa: PLR2004
            _refuse(f"{path}.share", "要是大于 0 的数字。", "This is a number above 0.")
        try:
            version_id = UUID(str(one.get("version")))
        except ValueError:
            _refuse(f"{path}.version", "要是模板版本的编号。", "This is the id of a version of a template.")
        found.append(Variant(str(one.get("key") or "ABCDE"[place])[:16], version_id, float(share)))
    if len({one.key for one in found}) != len(found):
        _refuse("variants", "版本的代号不能重复。", "Variants have different keys.")
    total = sum(one.share for one in found)
    return tuple(Variant(one.key, one.version_id, one.share / total) for one in found)


def read_schedule(raw: Mapping[str, Any], zone: str) -> Schedule:
    """Return the schedule. Raises CampaignInvalid."""
    kind = raw.get("kind", "once")
    if kind not in KINDS:
        _refuse("schedule.kind", f"可用：{'、'.join(KINDS)}。", f"There are: {', '.join(KINDS)}.")
    at = _moment(raw.get("at"), zone)
    event = str(raw.get("event", "")).strip()
    if kind == "on_event" and not event:
        _refuse("schedule.event", "写明由哪个事件触发。", "Name the event that sets it off.")
    day = raw.get("day", 1)
    most = WEEKDAYS if kind == "weekly" else MONTH_DAYS
    if isinstance(day, bool) or not isinstance(day, int) or not 1 <= day <= most:
        _refuse("schedule.day", f"要是 1 到 {most}。", f"This is 1 to {most}.")
    return Schedule(
        kind,
        at,
        _clock(raw.get("time", "10:00")),
        day,
        event[:200],
        bool(raw.get("only_working_days", False)),
        *_after(raw, kind),
    )


def _after(raw: Mapping[str, Any], kind: Kind) -> tuple[Mapping[str, str | float | bool], int]:
    """Return which events of a name count, and how many hours later it goes out."""
    where, hours = raw.get("where", {}), raw.get("delay_hours", 0)
    if kind != "on_event":
        return {}, 0
    if not isinstance(where, Mapping) or len(where) > MOST_CONDITIONS:
        _refuse(
            "schedule.where", f"最多 {MOST_CONDITIONS} 个条件。", f"At most {MOST_CONDITIONS} conditions."
        )
    for key, value in where.items():
        if (
            not isinstance(value, str | int | float | bool)
            or not 0 < len(str(key)) <= MOST_KEY
            or value == ""
        ):
            _refuse("schedule.where", "写明属性和它的值。", "Name a property and its value.")
    if isinstance(hours, bool) or not isinstance(hours, int) or not 0 <= hours <= MOST_DELAY_HOURS:
        _refuse(
            "schedule.delay_hours", f"要是 0 到 {MOST_DELAY_HOURS}。", f"This is 0 to {MOST_DELAY_HOURS}."
        )
    return dict(where), hours


def read_goal(raw: Mapping[str, Any] | None) -> Goal | None:
    """Return the goal; None where there is none. Raises CampaignInvalid."""
    if raw is None:
        return None
    event, days = str(raw.get("event", "")).strip(), raw.get("days", 7)
    if not event:
        _refuse("goal.event", "写明什么事件算达成。", "Name the event that counts as success.")
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_WINDOW_DAYS:
        _refuse("goal.days", f"要是 1 到 {MOST_WINDOW_DAYS}。", f"This is 1 to {MOST_WINDOW_DAYS}.")
    return Goal(event[:200], days)


def next_time(schedule: Schedule, after: datetime, zone: str) -> datetime | None:
    """Return when a schedule goes out next, later than `after`; None for what is not set off by the clock again."""
    if schedule.kind not in ("daily", "weekly", "monthly"):
        return None
    here = after.astimezone(ZoneInfo(zone))
    day = here.date()
    while True:
        if _is_due_on(schedule, day):
            at = datetime.combine(day, schedule.clock, ZoneInfo(zone))
            if at > here:
                return at.astimezone(after.tzinfo)
        day += timedelta(days=1)


def _is_due_on(schedule: Schedule, day: date) -> bool:
    if schedule.kind == "weekly":
        return day.isoweekday() == schedule.day
    return schedule.kind == "daily" or day.day == schedule.day


def _moment(raw: Any, zone: str) -> datetime | None:
    if raw is None or raw == "":
        return None
    try:
        at = datetime.fromisoformat(str(raw))
    except ValueError:
        _refuse("schedule.at", "时间写成 2026-11-23T10:00。", "A time is written 2026-11-23T10:00.")
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _clock(raw: Any) -> time:
    try:
        return time.fromisoformat(str(raw))
    except ValueError:
        _refuse("schedule.time", "时间写成 10:00。", "A time is written 10:00.")


def _refuse(path: str, zh: str, en: str) -> NoReturn:
    raise CampaignInvalid(path, Text(zh, en))
