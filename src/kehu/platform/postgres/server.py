"""Start, join and stop the embedded server. It belongs to nobody: its users share a lock, the last one out stops it.

The lock dies with its holder, so a kill leaves no entry behind; the server itself outlives whoever started it.
"""

import atexit
import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import psutil

from kehu.platform.errors import Unavailable
from kehu.platform.installation import home as homes
from kehu.platform.postgres import cluster, postmaster
from kehu.platform.postgres.account import Account, server_account
from kehu.platform.postgres.binaries import bin_dir
from kehu.platform.postgres.external import ServerAddress, address_of, database_name
from kehu.platform.text import Text

log = logging.getLogger(__name__)

POLL_SECONDS = 0.01
TELL_SECONDS = 10
STOP_SECONDS = 60


class ServerNotStarted(Unavailable):
    """The embedded server ended while it was starting, or does not run at all."""

    code = "server_not_started"


class StartCancelled(Unavailable):
    """Whoever asked for the server no longer wants it."""

    code = "start_cancelled"


def never() -> bool:
    """Say no: a start that nobody cancels."""
    return False


class EmbeddedServer:
    """The PostgreSQL server of one home, shared by all processes of its user; as a context manager it is joined and left."""

    def __init__(self, home: Path) -> None:
        self.root = home.resolve() / "postgres"
        self.data = self.root / "data"
        self.locks = home.resolve() / "run"
        self.logs = home.resolve() / "log" / "postgres"
        self._users: BinaryIO | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._known: ServerAddress | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *, is_cancelled: Callable[[], bool] = never) -> ServerAddress:
        """Start the server or join the running one, and count as its user until `stop()` or this process's end.

        There is no time limit: recovery after a crash takes as long as it takes. Raises ServerNotStarted, and
        StartCancelled as soon as `is_cancelled()` says so.
        """
        self._make_folders()
        with self._start_lock(is_cancelled):
            if self._users is None:
                self._users = (self.locks / "users.lock").open("ab")
                fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self._bring_up(is_cancelled)
            except BaseException:
                self._leave()
                raise
        return self.address()

    def stop(self) -> None:
        """Cease to use the server; the last user stops it with a fast shutdown."""
        if self._users is not None:
            with self._start_lock(never):
                self._leave()

    def alive(self) -> bool:
        """Whether the server runs and takes connections."""
        if self._process is not None:
            self._process.poll()
        noted = postmaster.read_pid_file(self.data)
        return (
            noted is not None and noted.status == postmaster.READY and postmaster.find(self.data) is not None
        )

    def address(self) -> ServerAddress:
        """Return where the server listens, or last listened. Raises ServerNotStarted when it never ran."""
        noted = postmaster.read_pid_file(self.data)
        if noted is not None and noted.sockets:
            self._known = ServerAddress(
                host=noted.sockets, port=noted.port, dbname=database_name(), is_embedded=True
            )
        if self._known is None:
            raise ServerNotStarted(Text("内置数据库没有运行。", "The embedded database does not run."))
        return self._known

    def _make_folders(self) -> None:
        mode = homes.ENTERABLE if homes.is_root() else homes.PRIVATE
        for folder in (self.root, self.logs.parent):
            folder.mkdir(exist_ok=True, mode=mode)
            folder.chmod(mode)
        self.locks.mkdir(exist_ok=True, mode=homes.PRIVATE)

    @contextmanager
    def _start_lock(self, is_cancelled: Callable[[], bool]) -> Iterator[None]:
        """Hold the lock under which the server is started and stopped; polled, so that a wait can be cancelled."""
        told = time.monotonic()
        with (self.locks / "start.lock").open("ab") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    told = self._pause(told, "another process starts or stops the server", is_cancelled)
            yield

    def _bring_up(self, is_cancelled: Callable[[], bool]) -> None:
        launched: subprocess.Popen[bytes] | None = None
        told = time.monotonic()
        while not self.alive():
            if launched is None and postmaster.find(self.data) is None:
                if self._process is not None:
                    self._process.wait(10)  # it is gone, but may not have been waited for
                launched = self._process = self._launch()
            elif launched is not None and launched.poll() is not None:
                raise ServerNotStarted(self._last_words())
            noted = postmaster.read_pid_file(self.data)
            told = self._pause(told, f"the server is {noted.status if noted else 'starting'}", is_cancelled)

    def _pause(self, told: float, what: str, is_cancelled: Callable[[], bool]) -> float:
        """Wait a moment; return when it was last told what the wait is for."""
        if is_cancelled():
            raise StartCancelled(
                Text("已停止等待数据库启动。", "No longer waiting for the database to start.")
            )
        time.sleep(POLL_SECONDS)
        if time.monotonic() - told < TELL_SECONDS:
            return told
        log.info("waiting for the database server", extra={"state": what, "path": str(self.logs)})
        return time.monotonic()

    def _launch(self) -> subprocess.Popen[bytes]:
        """Run the server; nobody else is alive or starting it."""
        account = server_account()
        programs = bin_dir(self.root, is_copied=account.is_other)
        sockets = self._socket_folder(account)
        postmaster.clear_remains(self.data, sockets)
        cluster.give(self.logs, account)
        cluster.prepare(self.data, programs=programs, account=account, sockets=sockets, logs=self.logs)
        handle = os.open(self._start_log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            return subprocess.Popen(
                [programs / "postgres", "-D", self.data],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                start_new_session=True,
                **account.popen_arguments(),
            )

    def _socket_folder(self, account: Account) -> Path:
        folder = postmaster.socket_folder(self.data)
        if folder != self.data:
            folder.mkdir(exist_ok=True, mode=homes.PRIVATE)
            if not folder.is_symlink():
                cluster.give(folder, account)
            if not postmaster.is_private(folder, account.uid):
                text = Text(
                    f"目录 {folder} 不属于 Kehu，请删除。", f"The folder {folder} is not Kehu's: remove it."
                )
                raise ServerNotStarted(text)
        return folder

    @property
    def _start_log(self) -> Path:
        return self.logs.with_name("postgres-start.log")

    def _last_words(self) -> Text:
        words = self._start_log.read_text(errors="replace").strip().splitlines()[-1:]
        said = words[0] if words else ""
        return Text(
            f"内置数据库没有启动：{said}（日志在 {self.logs.parent}）",
            f"The embedded database did not start: {said} (its log is in {self.logs.parent})",
        )

    def _leave(self) -> None:
        """Give the user's lock back, and shut down when nobody else holds it. Called under the start lock."""
        if self._users is None:
            return
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._shut_down()
        except BlockingIOError:
            log.debug("the server has other users and stays")
        finally:
            self._users.close()
            self._users = None
            if self._process is not None and self._process.poll() is None:
                self._process.returncode = 0  # it outlives us: nobody here will wait for it
            self._process = None

    def _shut_down(self) -> None:
        """Stop the server fast; a shutdown that takes longer goes on by itself, and the next start waits for it."""
        deadline, next_word = time.monotonic() + STOP_SECONDS, 0.0
        while time.monotonic() < deadline:
            running = postmaster.find(self.data)
            is_gone = self._process is None or self._process.poll() is not None
            if is_gone and running is None:
                return
            if time.monotonic() >= next_word:  # again and again: one that has just begun may not listen yet
                self._interrupt(running)
                next_word = time.monotonic() + 1
            time.sleep(POLL_SECONDS)

    def _interrupt(self, running: psutil.Process | None) -> None:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            if running is not None:
                running.send_signal(signal.SIGINT)
            elif self._process is not None and self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)


class _Joined:
    """The servers that this process has joined by `ensure()`, by home, and the process that counts as their user."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.servers: dict[Path, EmbeddedServer] = {}
        self.pid = 0


_joined = _Joined()


def ensure() -> ServerAddress:
    """Return the address of the database server; without KEHU_DATABASE_URL start or join the embedded one first.

    This process then counts as its user until it ends or calls `release()`. Raises ServerNotStarted.
    """
    if url := os.environ.get("KEHU_DATABASE_URL", "").strip():
        return address_of(url)
    home = homes.home()
    with _joined.guard:
        if home not in _joined.servers:
            server = EmbeddedServer(home)
            server.start()
            if not _joined.servers:
                _joined.pid = os.getpid()
                atexit.register(release)
            _joined.servers[home] = server
        return _joined.servers[home].address()


def release(home: Path | None = None) -> None:
    """Cease to use the servers that `ensure()` joined, or that of one home. A forked child does nothing: the lock is its parent's."""
    with _joined.guard:
        if os.getpid() == _joined.pid:
            for joined in [home] if home else list(_joined.servers):
                if server := _joined.servers.pop(joined, None):
                    server.stop()
