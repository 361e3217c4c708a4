"""F-14: the service that opens the root key hangs, refuses or is away. What is held works on for a while, then nothing does."""

import base64
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import Caller
from tests.faults.conftest import open_bank
from tests.installation import free_port, new_home, until
from tests.key_service import TOKEN, KeyService, served
from tests.world import World

from kehu.cli import doctor
from kehu.govern.models.access import User
from kehu.platform.installation import key_service, secret_keys
from kehu.platform.installation.environment import BadSetting
from kehu.platform.installation.key_service import Held, KeyServiceAway

UNSEALED = "SELECT count(*) FROM govern_audit_event WHERE batch IS NULL"
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Clock:
    """A clock that a test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return its time."""
        return self.now


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyService]:
    """A service that this process's settings name, and a home without keys."""
    token = tmp_path / "token"
    token.write_text(TOKEN + "\n")
    monkeypatch.delenv("KEHU_ROOT_KEY", raising=False)
    monkeypatch.delenv("KEHU_ROOT_KEY_FILE", raising=False)
    monkeypatch.setenv("KEHU_KEY_SERVICE_TOKEN_FILE", str(token))
    with served() as server:
        monkeypatch.setenv("KEHU_KEY_SERVICE", server.url)
        yield server
    _forget()


def _asked() -> key_service.Service:
    found = key_service.configured()
    assert found is not None
    return found


def _forget() -> None:
    """Let this process read its root key anew, as one that starts."""
    secret_keys._held.cache_clear()  # noqa: SLF001 (as a process that starts)
    secret_keys._given.cache_clear()  # noqa: SLF001


def _at_home(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret_keys, "secrets_dir", lambda: path)
    _forget()


def test_the_home_of_a_new_installation_holds_the_wrapped_key_alone(
    service: KeyService, tmp_path: Path
) -> None:
    key = key_service.open_or_wrap(_asked(), tmp_path, lambda: None)

    [kept] = tmp_path.glob("root.*")
    assert kept.name == "root.wrapped"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert base64.b64encode(key).decode() not in kept.read_text()
    assert key_service.open_or_wrap(_asked(), tmp_path, lambda: None) == key


def test_the_key_that_a_home_has_is_wrapped_and_the_doctor_asks_to_take_it_away(
    service: KeyService, tmp_path: Path
) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    own = os.urandom(32)
    (folder / "root.key").write_text(base64.b64encode(own).decode())
    (folder / "root.key").chmod(0o600)

    assert key_service.open_or_wrap(_asked(), folder, lambda: own) == own
    assert any("root.key" in one.text.en for one in doctor.files(tmp_path) if one.is_well is False)
    (folder / "root.key").unlink()
    assert not any("root.key" in one.text.en for one in doctor.files(tmp_path))


def test_a_wrapped_key_without_its_service_is_refused_and_no_other_is_made(
    service: KeyService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_home(tmp_path, monkeypatch)
    secret_keys.root()
    monkeypatch.delenv("KEHU_KEY_SERVICE")
    _forget()

    with pytest.raises(BadSetting, match="KEHU_KEY_SERVICE"):
        secret_keys.root()

    assert [path.name for path in tmp_path.glob("root.*")] == ["root.wrapped"]


@pytest.mark.parametrize("is_wrapped", [True, False])
def test_a_named_file_that_is_not_there_is_told_and_no_key_is_made(
    service: KeyService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_wrapped: bool
) -> None:
    _at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("KEHU_ROOT_KEY_FILE", str(tmp_path / "nowhere.key"))
    if not is_wrapped:
        monkeypatch.delenv("KEHU_KEY_SERVICE")

    with pytest.raises(BadSetting, match="KEHU_ROOT_KEY_FILE"):
        secret_keys.root()

    assert list(tmp_path.rglob("root.*")) == []


def test_processes_that_start_at_once_end_with_one_key(service: KeyService, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = {*pool.map(lambda _: key_service.open_or_wrap(_asked(), tmp_path, lambda: None), range(8))}

    assert len(found) == 1
    assert [path.name for path in tmp_path.glob("root*")] == ["root.wrapped"]


@pytest.mark.parametrize("mood", ["hangs", "refuses", "breaks"])
def test_a_silent_service_holds_nobody_up_until_the_key_is_too_old(
    service: KeyService, tmp_path: Path, mood: str
) -> None:
    clock = Clock()
    held = Held(lambda: key_service.open_or_wrap(_asked(), tmp_path, lambda: None), 100.0, clock)
    key = held.get()
    service.mood = mood

    clock.now += 99
    began = time.monotonic()
    assert [held.get() for _ in range(50)] == [key] * 50
    assert time.monotonic() - began < 1.0

    clock.now += 2
    began = time.monotonic()
    with pytest.raises(KeyServiceAway):
        held.get()
    assert time.monotonic() - began < 2 * key_service.TIMEOUT_SECONDS + 1
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(KeyServiceAway):
            held.get()
    assert time.monotonic() - began < 0.5, "who asks again waits for nothing"

    service.mood = "well"
    clock.now += key_service.RETRY_SECONDS + 1
    assert held.get() == key


def test_the_key_is_opened_again_aside_before_it_is_too_old(service: KeyService, tmp_path: Path) -> None:
    clock = Clock()
    held = Held(lambda: key_service.open_or_wrap(_asked(), tmp_path, lambda: None), 100.0, clock)
    held.get()
    before = service.asked

    clock.now += 40
    held.get()
    assert service.asked == before
    clock.now += 20
    held.get()
    until = time.monotonic() + 5
    while service.asked == before and time.monotonic() < until:
        time.sleep(0.01)
    assert service.asked == before + 1


def test_what_is_sealed_stays_closed_and_the_answer_says_so(
    service: KeyService,
    tmp_path: Path,
    world: World,
    call: Callable[[User], Caller],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, asker, own = Clock(), call(world.alice), secret_keys.root()
    held = Held(lambda: key_service.open_or_wrap(_asked(), tmp_path, lambda: own), 100.0, clock)
    monkeypatch.setattr(secret_keys, "root", held.get)
    assert asker.get("/customers").status_code == 200

    service.mood = "refuses"
    clock.now += 200
    refused = asker.get("/customers")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.json()["code"] == "key_service_away"

    service.mood = "well"
    clock.now += 10
    assert asker.get("/customers").status_code == 200


def test_an_installation_lives_with_a_service_that_comes_and_goes(service: KeyService) -> None:
    with new_home() as made:
        made.environment.update(
            KEHU_KEY_SERVICE=service.url, KEHU_KEY_SERVICE_CACHE_MINUTES="1",
            KEHU_KEY_SERVICE_TOKEN_FILE=os.environ["KEHU_KEY_SERVICE_TOKEN_FILE"],
        )  # fmt: skip
        made.run("migrate")
        assert (made.home / "secrets" / "root.wrapped").exists()
        assert not (made.home / "secrets" / "root.key").exists()
        bank = open_bank(made)
        api = bank.api("alice")
        customer = {"values": {"name": "周小满", "mobile": "13800138000"}}
        assert api.post("/customers", customer).status == 201

        service.mood = "refuses"
        assert api.get("/customers").status == 200
        until(lambda: api.get("/customers").status == 503, 90)
        service.mood = "well"
        until(lambda: api.get("/customers").status == 200, 30)
        assert api.post("/customers", {"values": {"name": "钱多多"}}).status == 201
        until(lambda: bank.count(UNSEALED) == 0, 60)  # the worker lives on, too
        assert "13800138000" not in made.output.read_text()

        made.running[-1].terminate()
        assert made.running[-1].wait(60) == 0
        service.mood = "refuses"
        again = made.start("serve", "--port", str(free_port()))
        assert again.wait(60) != 0
        assert "KEHU_KEY_SERVICE" in made.output.read_text()


@pytest.mark.parametrize(
    "address",
    [
        "http://vault.example:8200/transit/kehu",
        "https://vault.example:8200",
        "https://vault.example/kehu",
        "vault",
    ],
)
def test_an_address_that_would_send_the_key_in_the_clear_or_nowhere_is_refused(
    service: KeyService, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("KEHU_KEY_SERVICE", address)

    with pytest.raises(BadSetting):
        key_service.configured()


def test_a_restored_key_is_kept_wrapped(
    service: KeyService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_keys, "secrets_dir", lambda: tmp_path)
    old, new = os.urandom(32), os.urandom(32)

    for key in (old, new, new):
        secret_keys.keep(key, now=NOW)

    assert _asked().unwrap((tmp_path / "root.wrapped").read_text().strip()) == new
    assert len([*tmp_path.glob("root*")]) == 2, "the one before is kept aside, and no clear one"
