"""F-07, F-10, F-12: the database restarts, or cuts a line at COMMIT; requests are answered again, once, and to the right person."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.faults.conftest import Bank
from tests.faults.cutting import CuttingProxy
from tests.installation import WEB, Answer, Api, free_port, until

RECOVERY_SECONDS = 10
NAMED = "SELECT count(*) FROM profile_customer WHERE name = %s"
POSITION = "SELECT position FROM collect_import WHERE id = %s"
ROWS = 6_000
FILE = ("客户号,姓名\n" + "".join(f"{number},客户{number}\n" for number in range(ROWS))).encode()
AUDITED = "SELECT count(*) FROM govern_audit_event WHERE action = 'customer.create'"


def enter(api: Api, name: str, key: str = "") -> Answer:
    """Enter a customer under a key that his name gives, where none is given."""
    return api.post("/customers", {"values": {"name": name}}, Idempotency_Key=key or name.encode().hex())


class Traffic(threading.Thread):
    """One branch head who enters customers and lists his own; a write is sent again under its key until it is answered."""

    def __init__(self, api: Api, prefix: str) -> None:
        super().__init__()
        self.api, self.prefix = api, prefix
        self.stop = threading.Event()
        self.acknowledged: list[str] = []
        self.foreign: list[str] = []
        self.odd: set[int] = set()
        self.last_failure = 0.0

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            name = f"{self.prefix}{number}"
            if self._ask("POST", name):
                self.acknowledged.append(name)
                number += 1
            self._ask("GET", "")

    def _ask(self, method: str, name: str) -> bool:
        try:
            answer = enter(self.api, name) if method == "POST" else self.api.get("/customers?limit=200")
        except OSError:
            self.last_failure = time.monotonic()
            return False
        if answer.status not in {200, 201}:
            self.last_failure = time.monotonic()
            if answer.status not in {409, 503}:
                self.odd.add(answer.status)
            return False
        if method == "GET":
            names = [row["name"] for row in answer.json()["items"]]
            self.foreign += [name for name in names if not name.startswith(self.prefix)]
        return True


def test_a_restart_of_the_database_is_over_in_ten_seconds_and_shows_nobody_foreign_rows(bank: Bank) -> None:
    clients = [Traffic(bank.api("alice"), "杭"), Traffic(bank.api("charlie"), "甬")]
    for client in clients:
        client.start()
    imported = bank.api().upload("customers.csv", FILE, source="core").json()["id"]
    until(lambda: bank.count(POSITION, imported) > 0)

    bank.installation.postmaster().send_signal(signal.SIGQUIT)
    restarted = time.monotonic()
    time.sleep(RECOVERY_SECONDS + 3)
    for client in clients:
        client.stop.set()
        client.join(40)
    until(lambda: bank.api().get(f"/imports/{imported}").json()["state"] == "succeeded", 40)

    assert bank.api().get(f"/imports/{imported}").json()["customers_created"] == ROWS
    for client in clients:
        assert client.foreign == []
        assert client.odd == set()
        assert client.last_failure < restarted + RECOVERY_SECONDS
        stored = "SELECT count(*), count(DISTINCT name) FROM profile_customer WHERE name LIKE %s"
        found = bank.installation.query(stored, f"{client.prefix}%")[0]
        assert found[0] == found[1] >= len(client.acknowledged) > 0
        assert all(bank.count(NAMED, name) == 1 for name in client.acknowledged[-50:])
    assert bank.count(AUDITED) >= sum(len(client.acknowledged) for client in clients)


@pytest.fixture
def cut_off(bank: Bank, tmp_path: Path) -> Iterator[tuple[CuttingProxy, Api]]:
    """A web process beside the served one whose line to the database can be cut at a COMMIT."""
    folder = Path(f"/tmp/kehu-cut-{os.getpid()}")
    port = free_port()
    url = f"postgresql://postgres@/kehu?host={folder}"
    with CuttingProxy(folder, bank.installation.home / "postgres" / "data" / ".s.PGSQL.5432") as proxy:
        web = bank.installation.start_python(*WEB, str(port), KEHU_IS_WEB="1", KEHU_DATABASE_URL=url)
        api = bank.api(port=port)
        until(api.is_there)
        yield proxy, api
        os.killpg(web.pid, signal.SIGKILL)


@pytest.mark.parametrize("is_committed", [True, False], ids=["after it arrived", "before it arrived"])
def test_a_line_cut_at_commit_leaves_one_effect_when_the_request_is_sent_again(
    bank: Bank, cut_off: tuple[CuttingProxy, Api], *, is_committed: bool
) -> None:
    proxy, api = cut_off
    name = f"提交{is_committed}"
    before = bank.count(AUDITED)

    proxy.cut_at_commit(table=b"platform_idempotent_outcome", is_delivered=is_committed)
    first = enter(api, name)
    until(proxy.has_cut.is_set, 10)
    stored = bank.count(NAMED, name)
    again, third = enter(api, name), enter(api, name)

    assert (first.status, first.headers["retry-after"]) == (503, "2")
    assert stored == is_committed
    assert (again.status, third.status) == (201, 201)
    assert ("idempotent-replayed" in again.headers) == is_committed
    assert again.body == third.body
    assert bank.count(NAMED, name) == 1
    assert bank.count(AUDITED) == before + 1


def test_fifty_requests_under_one_key_are_executed_once(bank: Bank) -> None:
    api = bank.api()
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda _: enter(api, "并发客户", "fifty"), range(50)))

    statuses = [answer.status for answer in answers]
    assert set(statuses) <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status == 201}) == 1
    assert sum(a.status == 201 and "idempotent-replayed" not in a.headers for a in answers) == 1
    assert bank.count(NAMED, "并发客户") == 1
    assert enter(api, "另一位", "fifty").status == 422
