"""How fast may be sent: so many a second, and so many within a window; and how long to wait after the other side said so.

Counted in one process: an account is sent with by one process at a time.
"""

import random
import threading
import time
from collections import deque

from kehu.engage.channels.terms import Limits

BURST_SECONDS = 1.0
LONGEST_PAUSE = 600.0
SOFT_IN_A_ROW = 5


class Limiter:
    """A token bucket and a sliding window, asked by many threads."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._tokens = max(1.0, limits.per_second * BURST_SECONDS)
        self._filled_at = time.monotonic()
        self._taken: deque[float] = deque()

    def take(self) -> float:
        """Take one place and return 0, or return how many seconds to wait before asking again."""
        with self._lock:
            now = time.monotonic()
            wait = max(self._bucket_wait(now), self._window_wait(now))
            if wait > 0:
                return wait
            self._tokens -= 1
            if self.limits.window_count:
                self._taken.append(now)
            return 0.0

    def _bucket_wait(self, now: float) -> float:
        rate = self.limits.per_second
        if not rate:
            return 0.0
        most = max(1.0, rate * BURST_SECONDS)
        self._tokens = min(most, self._tokens + (now - self._filled_at) * rate)
        self._filled_at = now
        return max(0.0, (1 - self._tokens) / rate)

    def _window_wait(self, now: float) -> float:
        count, seconds = self.limits.window_count, self.limits.window_seconds
        if not count or not seconds:
            return 0.0
        while self._taken and self._taken[0] <= now - seconds:
            self._taken.popleft()
        return 0.0 if len(self._taken) < count else self._taken[0] + seconds - now


class Pause:
    """Growing, jittered waits of a whole account after the other side said: not now. One success ends them."""

    def __init__(self, *, first: float = 2.0) -> None:
        self._first = first
        self._lock = threading.Lock()
        self._refusals = 0
        self._soft = 0
        self._until = 0.0

    @property
    def left(self) -> float:
        """Seconds until the account may be tried again; 0 when it may now."""
        return max(0.0, self._until - time.monotonic())

    def refused(self) -> float:
        """Note that the account as a whole was put off. Returns the seconds to wait."""
        with self._lock:
            if not self.left:
                self._refusals += 1
            seconds = min(LONGEST_PAUSE, self._first * 2 ** (self._refusals - 1))
            self._until = max(self._until, time.monotonic() + jittered(seconds))
            return self.left

    def put_off(self) -> None:
        """Note that one message was put off; several in a row mean the account."""
        with self._lock:
            self._soft += 1
            if self._soft < SOFT_IN_A_ROW:
                return
            self._soft = 0
        self.refused()

    def passed(self) -> None:
        """Note that a message was taken."""
        with self._lock:
            self._refusals = self._soft = 0


def jittered(seconds: float) -> float:
    """Return a time around `seconds`, so that what was put off together does not come back together."""
    return seconds * random.uniform(0.7, 1.3)  # noqa: S311 (spreads load, guards nothing)
