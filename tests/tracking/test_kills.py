"""Killing what takes and applies events, again and again: every acknowledged event is stored, and stored once."""

import json
import os
import random
import signal
import threading
import time
from http.client import HTTPException
from pathlib import Path

from tests.tracking.installation import WRITE_KEY, Installation, kill_family

EVENTS, BATCH, PAUSE = 5_000, 50, 0.04
CANARY = "canary-of-the-inbox-13857101234"


def body(number: int, size: int = BATCH) -> bytes:
    """Batch `number`, always the same: what a client sends again after an answer that never came."""
    events = [
        {"type": "track", "event": "登录", "userId": f"u{(number * size + n) % 200}", "messageId": f"m{number * size + n}"}
        for n in range(size)
    ]  # fmt: skip
    return json.dumps({"batch": events, "writeKey": WRITE_KEY}).encode()


def send_until_acknowledged(installation: Installation, number: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if installation.post("/v1/batch", body(number)) == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.02)
    raise TimeoutError


def send_all(installation: Installation) -> list[threading.Thread]:
    """Send every batch from four clients that send again until they are answered."""

    def work(first: int) -> None:
        for number in range(first, EVENTS // BATCH, 4):
            send_until_acknowledged(installation, number)
            time.sleep(PAUSE)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    return threads


def assert_stored_once(installation: Installation) -> None:
    installation.apply()
    count = "SELECT count(*), count(DISTINCT message_index) FROM collect_event"
    assert installation.query(count) == [(EVENTS, EVENTS)]
    assert installation.query("SELECT count(*) FROM collect_inbox") == [(0,)]
    assert installation.query("SELECT count(*) FROM collect_quarantined") == [(0,)]
    assert installation.query("SELECT count(*) FROM profile_customer") == [(200,)]
    assert installation.query("SELECT count(*) FROM resolve_link WHERE ended_at IS NULL") == [(200,)]


def test_killing_web_processes_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    dice = random.Random(20261122)  # noqa: S311 (a test's dice)
    web = installation.start_web()
    clients = send_all(installation)
    kills = 0

    while any(client.is_alive() for client in clients) and kills < 20:
        time.sleep(dice.uniform(0.02, 0.15))
        kill_family(web)
        kills += 1
        web = installation.start_web()
    for client in clients:
        client.join(timeout=90)

    assert kills > 5
    assert_stored_once(installation)


def test_killing_the_applier_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    dice = random.Random(7)  # noqa: S311 (a test's dice)
    installation.start_web()
    for client in send_all(installation):
        client.join(timeout=60)

    for _ in range(5):
        applier = installation.apply("always")
        time.sleep(dice.uniform(0.8, 1.6))
        os.kill(applier.pid, signal.SIGKILL)
        applier.wait()

    assert_stored_once(installation)


def test_ending_database_backends_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    installation.start_web()
    installation.apply("always")
    clients = send_all(installation)

    for _ in range(6):
        time.sleep(0.3)
        installation.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            installation.name,
        )
    for client in clients:
        client.join(timeout=90)
    end = time.monotonic() + 30
    while installation.query("SELECT count(*) FROM collect_inbox") != [(0,)] and time.monotonic() < end:
        time.sleep(0.2)

    assert_stored_once(installation)


def test_what_waits_is_applied_within_a_second_by_a_running_worker(installation: Installation) -> None:
    installation.start_web()
    installation.apply("always")
    installation.post("/v1/batch", body(0, 1))
    while installation.query("SELECT count(*) FROM collect_event") == [(0,)]:
        time.sleep(0.02)
    begin = time.monotonic()

    installation.post("/v1/batch", body(1, 1))
    while (
        installation.query("SELECT count(*) FROM collect_event") == [(1,)] and time.monotonic() < begin + 10
    ):
        time.sleep(0.02)

    assert installation.query("SELECT count(*) FROM collect_event") == [(2,)]


def test_nothing_clear_waits_on_the_disk(installation: Installation) -> None:
    event = {
        "type": "track",
        "event": CANARY,
        "userId": CANARY,
        "messageId": "1",
        "properties": {"phone": CANARY},
    }
    installation.start_web()
    assert (
        installation.post("/v1/batch", json.dumps({"batch": [event], "writeKey": WRITE_KEY}).encode()) == 200
    )
    rows = installation.query("SELECT sealed FROM collect_inbox")
    with installation.connect() as connection:
        connection.execute("CHECKPOINT")
    folder = Path(str(installation.query("SHOW data_directory")[0][0]))
    files = [path for path in folder.rglob("*") if path.is_file()]

    assert len(rows) == 1
    assert CANARY.encode() not in bytes(rows[0][0])
    assert len(files) > 100
    assert not [path.name for path in files if CANARY.encode() in path.read_bytes()]
