"""When an event happened: the client's clock, corrected by what it showed at sending against what ours showed at receipt."""

from datetime import UTC, datetime, timedelta

from kehu.standardize.invalid import InvalidValue, refused
from kehu.standardize.values.timestamps import parse_timestamp

PLAUSIBLE_SKEW = timedelta(hours=24)
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)


def read_moment(value: object) -> datetime | None:
    """Read a client's time: ISO 8601, or seconds or milliseconds since 1970. Nothing is None; raises InvalidValue."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is not None and moment.tzinfo is not None:
            return _within(moment)
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        return _within(None)
    text = value if isinstance(value, str) else str(int(value))
    return _within(datetime.fromisoformat(parse_timestamp(text)))


def _within(moment: datetime | None) -> datetime:
    try:
        if moment is not None and moment.astimezone(UTC) >= _EARLIEST:
            return moment.astimezone(UTC)
    except OverflowError:
        pass
    raise refused("看不懂这个时间。", "The time cannot be read.")


def read_sent_at(value: object) -> datetime | None:
    """Read when the client says it sent; what cannot be read corrects nothing."""
    try:
        return read_moment(value)
    except InvalidValue:
        return None


def effective(stated: datetime | None, *, sent_at: datetime | None, received_at: datetime) -> datetime:
    """Return when an event happened: never after its receipt, and at receipt where nothing is stated.

    A skew of more than a day is no clock error but an old file or a queue that waited: the stated time stands.
    """
    if stated is None:
        return received_at
    if sent_at is not None:
        skew = sent_at - received_at
        if abs(skew) <= PLAUSIBLE_SKEW:
            stated -= skew
    return min(stated, received_at)
