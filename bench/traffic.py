"""Live events sent as an SDK sends them: bodies of a hundred over kept connections."""

import json
import threading
import time
import uuid
from http.client import HTTPConnection

import psycopg

BATCH = 100
OK = 200


def bodies(count: int, subjects: int, key: str) -> list[bytes]:
    """Return bodies of 100 track events each, of so many subjects."""
    made = []
    for number in range(count):
        events = [
            {
                "type": "track", "event": "查看产品", "messageId": str(uuid.uuid4()), "userId": f"u{(number * BATCH + n) % subjects}",
                "anonymousId": None, "timestamp": "2026-11-22T03:04:05.592+00:00", "integrations": {},
                "context": {"library": {"name": "analytics-python", "version": "2.4.0"}},
                "properties": {"product": "衡盈稳健90天", "amount": 5000 * (n % 40), "channel": "app"},
            }
            for n in range(BATCH)
        ]  # fmt: skip
        made.append(json.dumps({"batch": events, "writeKey": key, "sentAt": "2026-11-22T03:04:06Z"}).encode())
    return made


def send(port: int, given: list[bytes], clients: int) -> float:
    """Send all bodies over kept connections; returns the seconds it took. Every one must be acknowledged."""
    waiting = list(given)
    lock = threading.Lock()
    wrong: list[int] = []

    def work() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                if not waiting:
                    break
                body = waiting.pop()
            connection.request("POST", "/v1/batch", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != OK:
                wrong.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[:5])
    return time.perf_counter() - begin


def copy_events(connection: psycopg.Connection, given: list[bytes]) -> float:
    """COPY the same events, a row each, into a plain table with a key; returns the seconds it took, commit included."""
    rows = [(event["messageId"], json.dumps(event)) for body in given for event in json.loads(body)["batch"]]
    connection.execute("CREATE TABLE bench_copy (message text PRIMARY KEY, body jsonb)")
    begin = time.perf_counter()
    with (
        connection.transaction(),
        connection.cursor() as cursor,
        cursor.copy("COPY bench_copy FROM STDIN") as out,
    ):
        for row in rows:
            out.write_row(row)
    taken = time.perf_counter() - begin
    connection.execute("DROP TABLE bench_copy")
    return taken
