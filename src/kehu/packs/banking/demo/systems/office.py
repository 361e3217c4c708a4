"""What all systems share: the day of the export, the claimed numbers, the truth file, the clock."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TextIO

from kehu.packs.banking.demo.draw.dice import Dice, stream
from kehu.packs.banking.demo.draw.numbers import Claims, customer_key

_DAY = 86_400
_BEIJING = 8 * 3_600
_OPENS, _CLOSES = 7 * 3_600, 23 * 3_600
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60))
_SECONDS = tuple(f":{second:02d}" for second in range(60))
BUSY = 100_000


@dataclass(frozen=True, slots=True)
class Office:
    """The back office of one demo bank; `customers` scales how much happens for each of them."""

    seed: int
    customers: int
    today: date
    claims: Claims
    truth: TextIO

    def dice(self, name: str) -> Dice:
        """Return the random stream of a system."""
        return stream(self.seed, name)

    def note(self, source: str, key: str, person: str) -> None:
        """Write down whose record a source's key is."""
        self.truth.write(f"{source},{key},{person}\n")


def core_number(person: int) -> str:
    """Return a person's core customer number."""
    return f"61{customer_key(person)}"


@lru_cache(maxsize=4_096)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def moment(dice: Dice, last: int, within: int) -> int:
    """Draw a Beijing second of daytime on one of the `within` days before the day `last` (ordinal)."""
    day = last - dice.between(1, max(1, within))
    return day * _DAY + dice.between(_OPENS, _CLOSES)


def local_stamp(second: int) -> str:
    """Return `YYYY-MM-DD HH:MM:SS`, Beijing time, as the bank's files write it."""
    day, rest = divmod(second, _DAY)
    minute, second = divmod(rest, 60)
    return f"{_iso(day)} {_MINUTES[minute]}{_SECONDS[second]}"


def utc_stamp(second: int) -> str:
    """Return the same moment as an ISO instant in UTC, as events carry it."""
    day, rest = divmod(second - _BEIJING, _DAY)
    minute, second = divmod(rest, 60)
    return f"{_iso(day)}T{_MINUTES[minute]}{_SECONDS[second]}.000Z"
