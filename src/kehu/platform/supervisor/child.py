"""One process that is kept running: tied to the supervisor's life, in a group of its own, started again with back-off."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 60.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A command to keep running; `environment` is added to that of the supervisor, `answers_at` is told once it does."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    answers_at: tuple[str, int] | None = None


def delay_before(failures: int) -> float:
    """Return how many seconds to wait before a start, after so many ends in a row that came too soon."""
    return 0.0 if failures <= 1 else min(FIRST_DELAY * 2.0 ** min(failures - 2, 10), LONGEST_DELAY)


class Child:
    """A running `Process`. `tend()` is called again and again; it starts what is not running and clears away what ended."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._running: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._failures = 0
        self._is_told = False

    @property
    def pid(self) -> int | None:
        """The number of the process, while it runs."""
        return self._running.pid if self._running else None

    def tend(self, now: float) -> None:
        """Start the process when it is due; note its end, whatever its status: none was asked for."""
        status = self.ended()
        if status is not None:
            self._failures = 1 if now - self._started_at > STEADY_SECONDS else self._failures + 1
            wait = delay_before(self._failures)
            self._start_at = now + wait
            log.warning(
                "a process ended by itself and will be started again",
                extra={"state": self.process.name, "status": status, "seconds": wait},
            )
        if self._running is None and now >= self._start_at:
            self.start(now)
        self._tell_when_it_answers()

    def start(self, now: float) -> None:
        """Start the process in a session of its own."""
        self._running = subprocess.Popen(
            self.process.command,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self.process.environment},
            start_new_session=True,
            preexec_fn=_tied_to(os.getpid()),  # noqa: PLW1509 - safe here: the supervisor has one thread
        )
        self._started_at = now
        self._is_told = False

    def ended(self) -> int | None:
        """Return the status of a process that has ended since, after ending the rest of its group; else None.

        The group goes first: until the leader is waited for, its number cannot be given to anybody else.
        """
        if self._running is None:
            return None
        found = os.waitid(os.P_PID, self._running.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if found is None:
            return None
        self._signal_group(signal.SIGKILL)
        status = self._running.wait()
        self._running = None
        return status

    def ask_to_end(self) -> None:
        """Send SIGTERM to the process, which ends its own children."""
        if self._running is not None:
            self._running.send_signal(signal.SIGTERM)

    def end_by_force(self) -> None:
        """Kill the whole group and wait for the process."""
        if self._running is not None:
            self._signal_group(signal.SIGKILL)
            self._running.wait()
            self._running = None

    def _signal_group(self, number: signal.Signals) -> None:
        if self._running is not None:
            try:
                os.killpg(self._running.pid, number)
            except ProcessLookupError:
                log.debug("the group has ended")

    def _tell_when_it_answers(self) -> None:
        place = self.process.answers_at
        if self._is_told or place is None or self._running is None:
            return
        try:
            socket.create_connection(place, timeout=0.1).close()
        except OSError:
            return
        self._is_told = True
        log.info("ready", extra={"state": self.process.name, "path": f"{place[0]}:{place[1]}"})


def end_all(children: list[Child], *, patience: float, is_urgent: Callable[[], bool]) -> None:
    """Ask all to end, and kill who has not after `patience` seconds, or as soon as it is urgent."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + patience
    left = [child for child in children if child.pid is not None]
    while left and time.monotonic() < deadline and not is_urgent():
        time.sleep(0.02)
        left = [child for child in left if child.ended() is None]
    for child in left:
        child.end_by_force()


def _tied_to(parent: int) -> Callable[[], None] | None:
    """Return what a child does before its command: ask the kernel for a SIGTERM when the supervisor dies."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return tie
