"""The loop that keeps an installation up: the database server first, then everything that needs it."""

import ctypes
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence
from types import FrameType

from kehu.platform.postgres.server import EmbeddedServer, ServerNotStarted, StartCancelled
from kehu.platform.supervisor.child import Child, Process, delay_before, end_all

log = logging.getLogger(__name__)

PR_SET_CHILD_SUBREAPER = 36
ROUND_SECONDS = 0.5
PATIENCE_SECONDS = 10.0


class Supervisor:
    """Keeps processes running until SIGTERM or SIGINT; `first` are run once before them and must succeed.

    Without `server` the database lives elsewhere and is not looked after. To be used in the main thread.
    """

    def __init__(
        self,
        *,
        server: EmbeddedServer | None,
        first: Sequence[Process],
        processes: Sequence[Process],
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.server = server
        self.first = first
        self.children = [Child(process) for process in processes]
        self.patience = patience
        self._signals = 0
        self._asleep, self._waker = socket.socketpair()
        self._server_failures = 0
        self._server_due = 0.0

    def run(self) -> int:
        """Run until told to end; return the status for the shell: 0, or that of the first step which failed.

        Raises ServerNotStarted when the server does not come up at all.
        """
        self._take_over_signals()
        _adopt_orphans()
        try:
            return self._run()
        except StartCancelled:
            return 0
        finally:
            end_all(self.children, patience=self.patience, is_urgent=lambda: self._signals > 1)
            if self.server is not None:
                self.server.stop()
            log.info("stopped")

    def _run(self) -> int:
        if self.server is not None:
            self.server.start(is_cancelled=self._is_told)
        for step in self.first:
            status = self._run_once(step)
            if status or self._is_told():
                return 0 if self._is_told() else status
        while not self._is_told():
            if self._is_server_up(time.monotonic()):
                for child in self.children:
                    child.tend(time.monotonic())
            _reap({child.pid for child in self.children})
            self._rest(ROUND_SECONDS)
        return 0

    def _is_server_up(self, now: float) -> bool:
        """Bring the server up again when it died; while it cannot be, the others are left as they are."""
        if self.server is None or self.server.alive():
            self._server_failures = 0
            return True
        if now < self._server_due:
            return False
        log.warning("the database server ended and is started again", extra={"state": "server"})
        try:
            self.server.start(is_cancelled=self._is_told)
        except (ServerNotStarted, OSError):  # a full disk refuses the server's settings, too
            self._server_failures += 1
            wait = delay_before(self._server_failures + 1)
            self._server_due = now + wait
            log.exception("the database server does not start", extra={"state": "server", "seconds": wait})
            return False
        return True

    def _run_once(self, step: Process) -> int:
        child = Child(step)
        child.start(time.monotonic())
        while (status := child.ended()) is None:
            self._rest(0.02)
            if self._is_told():
                end_all([child], patience=self.patience, is_urgent=lambda: self._signals > 1)
                return 0
        if status:
            log.error("a first step failed", extra={"state": step.name, "status": status})
        return status if status >= 0 else 128 - status

    def _take_over_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_end)
        self._waker.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        """Count the signal, and nothing else: a handler that takes a lock waits for ever for the thread it interrupted."""
        self._signals += 1

    def _is_told(self) -> bool:
        return self._signals > 0

    def _rest(self, seconds: float) -> None:
        """Wait; a signal, which the interpreter writes to the waker, ends it at once."""
        if not self._is_told():
            select.select([self._asleep], [], [], seconds)


def _adopt_orphans() -> None:
    """Become the parent of processes whose own parent dies, so that no zombie stays where pid 1 does not wait."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap(known: set[int | None]) -> None:
    """Wait for adopted processes that have ended; those of `known` are waited for by their `Child`."""
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid in known:
            return
        os.waitpid(found.si_pid, 0)
