import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from kehu.platform.postgres import postmaster
from kehu.platform.postgres.server import EmbeddedServer
from kehu.platform.supervisor.child import LONGEST_DELAY, delay_before

MAIN = """
import sys
from pathlib import Path
from kehu.platform.postgres.server import EmbeddedServer
from kehu.platform.supervisor.child import Process
from kehu.platform.supervisor.tree import Supervisor
folder, home, first, *scripts = sys.argv[1:]
def process(name, script):
    return Process(name=name, command=(sys.executable, "-S", "-c", script, f"{folder}/{name}"))
server = EmbeddedServer(Path(home)) if home else None
sys.exit(Supervisor(
    server=server, first=[process("first", first)], patience=1.0,
    processes=[process(f"child{number}", script) for number, script in enumerate(scripts)],
).run())
"""
STAY = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STAY
FORKING = "import os; os.fork(); " + STAY
BRIEF = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')"


def until(is_so: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def is_over(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@contextmanager
def supervised(
    folder: Path, *scripts: str, first: str = "", home: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor over stand-ins, each of which notes its number in a file, with all of them up."""
    command = [sys.executable, "-c", MAIN, str(folder), str(home or ""), first, *scripts]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            for number in range(len(scripts)):
                until(partial(pids, folder / f"child{number}"))
            yield process
        finally:
            process.kill()


def test_a_killed_child_is_started_again(folder: Path) -> None:
    with supervised(folder, STAY, STAY):
        (killed,), (other,) = pids(folder / "child0"), pids(folder / "child1")
        os.kill(killed, signal.SIGKILL)
        until(lambda: len(pids(folder / "child0")) == 2)
        assert pids(folder / "child1") == [other]


def test_a_child_that_ends_without_an_error_is_started_again(folder: Path) -> None:
    with supervised(folder, BRIEF):
        until(lambda: len(pids(folder / "child0")) >= 3)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_cleanly(folder: Path, number: signal.Signals) -> None:
    with supervised(folder, STAY, STAY) as supervisor:
        supervisor.send_signal(number)
        assert supervisor.wait(5) == 0
    assert all(is_over(pid) for name in ("child0", "child1") for pid in pids(folder / name))


def test_a_child_that_does_not_listen_is_killed_when_patience_ends(folder: Path) -> None:
    with supervised(folder, DEAF) as supervisor:
        supervisor.terminate()
        assert supervisor.wait(5) == 0
    assert is_over(pids(folder / "child0")[0])


def test_a_second_signal_ends_the_patience(folder: Path) -> None:
    with supervised(folder, DEAF) as supervisor:
        supervisor.terminate()
        time.sleep(0.1)
        supervisor.terminate()
        assert supervisor.wait(0.8) == 0


def test_what_a_killed_child_leaves_behind_is_ended_before_the_next_start(folder: Path) -> None:
    with supervised(folder, FORKING):
        until(lambda: len(pids(folder / "child0")) == 2)
        leader, left = sorted(pids(folder / "child0"), key=lambda pid: os.getpgid(pid) != pid)
        os.kill(leader, signal.SIGKILL)
        until(lambda: len(pids(folder / "child0")) == 4)
        until(lambda: not psutil.pid_exists(left))


def test_the_children_end_with_a_killed_supervisor(folder: Path) -> None:
    with supervised(folder, STAY) as supervisor:
        supervisor.kill()
        until(lambda: is_over(pids(folder / "child0")[0]))


def test_nothing_is_started_when_the_first_step_fails(folder: Path) -> None:
    with supervised(folder, first="raise SystemExit(3)") as supervisor:
        assert supervisor.wait(5) == 3
    assert not (folder / "child0").exists()


def test_a_signal_during_the_first_step_ends_it(folder: Path) -> None:
    with supervised(folder, first=STAY) as supervisor:
        until(lambda: pids(folder / "first"))
        supervisor.terminate()
        assert supervisor.wait(5) == 0
    assert is_over(pids(folder / "first")[0])


def test_a_killed_server_is_brought_back_before_anything_else(folder: Path, home: Path) -> None:
    data = home / "postgres" / "data"
    with supervised(folder, STAY, home=home) as supervisor:
        killed = postmaster.find(data)
        assert killed is not None
        killed.kill()
        until(lambda: EmbeddedServer(home).alive() and postmaster.find(data) != killed)
        supervisor.terminate()
        assert supervisor.wait(5) == 0
    assert postmaster.find(data) is None


def test_the_server_outlives_a_killed_supervisor_and_the_next_takes_it_over(folder: Path, home: Path) -> None:
    data = home / "postgres" / "data"
    with supervised(folder, STAY, home=home) as supervisor:
        process = postmaster.find(data)
        supervisor.kill()
    assert postmaster.find(data) == process
    (folder / "child0").unlink()
    with supervised(folder, STAY, home=home) as supervisor:
        assert postmaster.find(data) == process
        supervisor.terminate()
        assert supervisor.wait(5) == 0
    assert postmaster.find(data) is None


def test_delays_grow_to_a_limit() -> None:
    delays = [delay_before(failures) for failures in range(100)]
    assert delays == sorted(delays)
    assert delays[:4] == [0.0, 0.0, 0.5, 1.0]
    assert delays[-1] == LONGEST_DELAY


INTERRUPTED = """
import random, signal
from kehu.platform.supervisor.tree import Supervisor
dice = random.Random(1)
for _ in range(3000):
    supervisor = Supervisor(server=None, first=[], processes=[])
    signal.signal(signal.SIGALRM, supervisor._told_to_end)
    signal.setitimer(signal.ITIMER_REAL, dice.uniform(1e-6, 4e-4))
    while not supervisor._is_told():
        supervisor._rest(1e-4)
    supervisor._asleep.close()
    supervisor._waker.close()
"""


def test_a_signal_at_any_moment_of_its_rest_does_not_lock_it() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], timeout=60, check=False)

    assert done.returncode == 0
