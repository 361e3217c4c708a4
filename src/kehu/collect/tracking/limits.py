"""How much a tracking request may carry, and how much may wait. Sizes are bytes."""

import os
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kehu.platform.errors import KehuError
from kehu.platform.installation.environment import BadSetting
from kehu.platform.text import Text

BODY = 4 * 1024 * 1024
INFLATED = 10 * 1024 * 1024
RATIO = 100
RATIO_FROM = 64 * 1024
EVENT = 32 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`backlog` batches may wait in the inbox; `rate` events a second come in from one source to one process, 0 for any."""

    backlog: int
    rate: int


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isdecimal():
        raise BadSetting(Text(f"{name} 要为非负整数。", f"{name} must be a whole number, 0 or more."))
    return int(text)


@cache
def limits() -> Limits:
    """Read `KEHU_TRACKING_BACKLOG` and `KEHU_TRACKING_RATE`. Raises BadSetting."""
    return Limits(_number("KEHU_TRACKING_BACKLOG", 200_000), _number("KEHU_TRACKING_RATE", 0))


class TooFast(KehuError):
    """The source sends more than it may; `retry_after` is in whole seconds."""

    code: ClassVar[str] = "rate_limited"

    def __init__(self, retry_after: int) -> None:
        super().__init__(Text("发送过快，稍后自动重试。", "This source sends too fast. Wait and send again."))
        self.retry_after = retry_after


class Meter:
    """A bucket a source that fills by `rate` each second and holds two seconds' worth."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._level: dict[int, tuple[float, float]] = {}

    def take(self, source_id: int, count: int, rate: int) -> None:
        """Count events of a source. Raises TooFast when its bucket is empty; a batch larger than the bucket passes a full one."""
        if not rate:
            return
        moment = time.monotonic()
        with self._lock:
            level, since = self._level.get(source_id, (2.0 * rate, moment))
            level = min(2.0 * rate, level + (moment - since) * rate)
            if level <= 0:
                self._level[source_id] = (level, moment)
                raise TooFast(max(1, min(300, int(-level / rate) + 1)))
            self._level[source_id] = (level - count, moment)
