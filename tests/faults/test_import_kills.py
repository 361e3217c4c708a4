"""F-02, F-05, F-07 for imports: kill whoever works, at any moment; every row is there once, and it goes on by itself."""

import os
import signal
from pathlib import Path

import pytest
from tests.installation import Installation, free_port, until

ROWS = 20_000
STATE = (
    "SELECT state, rows_read, rows_accepted, position FROM collect_import ORDER BY created_at DESC LIMIT 1"
)
INVARIANT = """
SELECT (SELECT count(*) FROM collect_record), (SELECT count(*) FROM collect_record_version),
  (SELECT count(*) FROM profile_customer), (SELECT count(*) FROM resolve_link WHERE ended_at IS NULL),
  (SELECT count(*) FROM profile_change WHERE kind = 'created')
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    lines = [f"{number},客户{number},139{number:08d}" for number in range(ROWS)]
    path.write_text("客户号,姓名,手机\n" + "\n".join(lines) + "\n", encoding="gb18030")
    return path


def has_begun(installation: Installation) -> bool:
    rows = installation.ask(STATE)
    return bool(rows) and rows[0][3] > 0


def assert_whole(installation: Installation) -> None:
    until(lambda: installation.ask(STATE)[0][0] == "succeeded", 90)
    assert installation.ask(STATE)[0][1:3] == [ROWS, ROWS]
    assert installation.ask(INVARIANT) == [[ROWS] * 5]


def test_a_killed_import_goes_on_behind_its_last_row(installation: Installation, file: Path) -> None:
    importing = installation.start("import", str(file), "--source", "core")
    until(lambda: has_begun(installation))
    os.killpg(importing.pid, signal.SIGKILL)
    importing.wait(10)
    assert installation.ask(STATE)[0][0] == "running"

    installation.start("worker")

    assert_whole(installation)


def test_a_killed_server_interrupts_and_nothing_is_lost_or_doubled(
    installation: Installation, file: Path
) -> None:
    importing = installation.start("import", str(file), "--source", "core")
    until(lambda: has_begun(installation))
    postmaster = int((installation.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    importing.wait(60)

    serving = installation.start("serve", "--port", str(free_port()))

    assert_whole(installation)
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(30) == 0
