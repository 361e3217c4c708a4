"""Homes of killed test runs go; those of runs that live, or that cannot be told, stay."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.installation import installed, until
from tests.leftovers import MARK, PREFIXES, YOUNG_SECONDS, is_left, mark, sweep


def later() -> float:
    """An hour and a minute from now: what is marked now is no longer young then."""
    return time.time() + YOUNG_SECONDS + 60


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def left(place: Path, owner: str, name: str = "kehu-installed-one") -> Path:
    folder = place / name
    (folder / "home").mkdir(parents=True)
    (folder / MARK).write_text(owner)
    return folder


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_a_dead_process_left_goes(tmp_path: Path, dead: int, prefix: str) -> None:
    folder = left(tmp_path, f"{dead} 1.0", f"{prefix}one")

    assert sweep(tmp_path, now=later()) == [folder]
    assert not folder.exists()


def test_a_number_that_came_again_is_another_process(tmp_path: Path) -> None:
    folder = left(tmp_path, f"{os.getpid()} 1.0")

    assert sweep(tmp_path, now=later()) == [folder]


def test_what_lives_is_young_or_unknown_stays(tmp_path: Path, dead: int) -> None:
    mark(left(tmp_path, "", "kehu-installed-living"))
    left(tmp_path, "no number", "kehu-tests-unreadable")
    left(tmp_path, f"{dead} 1.0", "of-somebody-else")
    (tmp_path / "kehu-tests-unmarked").mkdir()

    assert sweep(tmp_path, now=later()) == []
    left(tmp_path, f"{dead} 1.0", "kehu-tests-young")
    assert sweep(tmp_path, now=time.time()) == []
    assert len(list(tmp_path.iterdir())) == 5


def test_a_home_that_somebody_works_in_stays_though_its_owner_is_dead(dead: int) -> None:
    with installed() as made:
        folder = made.home.parent
        (folder / MARK).write_text(f"{dead} 1.0")
        assert is_left(folder, later())

        made.start("worker")
        until((made.home / "postgres" / "data" / "postmaster.pid").exists)

        assert not is_left(folder, later())
