"""Homes with a server of their own, under a folder that the server's user may enter: pytest's `tmp_path` is not one."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kehu.platform.postgres import postmaster
from kehu.platform.postgres.server import release


@contextmanager
def enterable() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kehu-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that every user may enter."""
    with enterable() as path:
        yield path


def end_server(home: Path) -> None:
    """End whatever server a failed test left in a home."""
    release(home)
    if left := postmaster.find(home / "postgres" / "data"):
        left.send_signal(signal.SIGQUIT)
        left.wait(10)


@pytest.fixture
def empty_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with nothing in it yet."""
    path = folder / "home"
    path.mkdir(mode=0o711)
    monkeypatch.setenv("KEHU_HOME", str(path))
    monkeypatch.delenv("KEHU_DATABASE_URL", raising=False)
    yield path
    end_server(path)


@pytest.fixture(scope="session")
def used_home() -> Iterator[Path]:
    with enterable() as path:
        yield path


@pytest.fixture
def home(used_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose server does not run; the tests have it one after the other, since initdb takes its time."""
    monkeypatch.setenv("KEHU_HOME", str(used_home))
    monkeypatch.delenv("KEHU_DATABASE_URL", raising=False)
    yield used_home
    end_server(used_home)
    shutil.rmtree(used_home / "secrets", ignore_errors=True)
