import os
import stat
from pathlib import Path

import pytest

from kehu.platform.installation import home as homes
from kehu.platform.installation.home import HomeNotUsable, is_root


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEHU_HOME", str(folder / "home"))
    return folder / "home"


def test_a_home_is_made_with_its_modes(place: Path) -> None:
    assert homes.home() == place
    assert mode(place) == (0o711 if is_root() else 0o700)
    assert [mode(path()) for path in (homes.secrets_dir, homes.uploads_dir, homes.run_dir)] == [0o700] * 3


def test_a_relative_home_is_made_absolute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KEHU_HOME", "here")
    assert homes.home() == folder / "here"


def test_modes_that_were_opened_are_closed_again(place: Path) -> None:
    homes.secrets_dir().chmod(0o755)
    place.chmod(0o777)
    assert mode(homes.secrets_dir()) == 0o700
    assert mode(place) == (0o711 if is_root() else 0o700)


def test_a_folder_with_other_files_keeps_its_mode_and_is_refused(place: Path) -> None:
    place.mkdir(mode=0o755)
    (place / "letters").touch()
    with pytest.raises(HomeNotUsable, match="holds other files"):
        homes.home()
    assert mode(place) == 0o755


def test_a_home_under_a_closed_parent_is_refused_for_root_with_the_remedy(place: Path) -> None:
    place.parent.chmod(0o700)
    if is_root():
        with pytest.raises(HomeNotUsable, match=f"chmod o\\+x {place.parent}") as refused:
            homes.home()
        assert str(place.parent) in refused.value.text.zh
    else:
        assert homes.home() == place


def test_somebody_elses_folder_is_refused(place: Path) -> None:
    owner = Path("/proc/1") if not is_root() else place
    if is_root():
        place.mkdir()
        os.chown(place, 4999, 4999)
    os.environ["KEHU_HOME"] = str(owner)
    with pytest.raises(HomeNotUsable, match="belongs to another system user"):
        homes.home()


def test_a_file_in_the_way_is_told(place: Path) -> None:
    place.touch()
    with pytest.raises(HomeNotUsable, match="Set KEHU_HOME"):
        homes.home()
