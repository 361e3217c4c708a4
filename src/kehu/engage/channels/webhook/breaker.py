"""A circuit breaker: after failures in a row an endpoint is left alone for a while, then one request tries it."""

import threading
import time

from kehu.engage.channels.limits import jittered

FAILURES = 5
FIRST_SECONDS = 15.0
MOST_SECONDS = 600.0


class Breaker:
    """The breaker of one endpoint, asked by many threads."""

    def __init__(self, *, first: float = FIRST_SECONDS) -> None:
        self._lock = threading.Lock()
        self._first = first
        self._failures = 0
        self._opened = 0
        self._until = 0.0
        self._is_trying = False

    def wait(self) -> float:
        """Return 0 when a request may go, else the seconds to leave the endpoint alone."""
        with self._lock:
            left = self._until - time.monotonic()
            if left > 0:
                return left
            if not self._opened:
                return 0.0
            if self._is_trying:
                return self._first
            self._is_trying = True
            return 0.0

    def passed(self) -> None:
        """Note that the endpoint answered sensibly: it is whole again."""
        with self._lock:
            self._failures = self._opened = 0
            self._is_trying = False

    def failed(self) -> None:
        """Note that it did not."""
        with self._lock:
            self._failures += 1
            if self._failures < FAILURES and not self._is_trying:
                return
            self._opened += 1
            self._is_trying = False
            self._until = time.monotonic() + jittered(
                min(MOST_SECONDS, self._first * 2 ** (self._opened - 1))
            )
