"""The real Segment clients for Python, unmodified, against a real web server: the current release and the last of the strict ones."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.tracking.installation import WRITE_KEY, Installation

CACHE = Path(sys.prefix) / "clients"
SEND = """
import sys, threading
if len(sys.argv) > 4:
    sys.path.insert(0, sys.argv[4])
import segment.analytics as analytics
from segment.analytics.version import VERSION
faults = []
analytics.write_key, analytics.host, analytics.gzip = sys.argv[1], sys.argv[2], sys.argv[3] == "gzip"
analytics.max_retries = 3
analytics.on_error = lambda error, items: faults.append(repr(error))
analytics.identify("u1", {"name": "沈静仪", "phone": "13857101234"}, anonymous_id="d1")
analytics.track("u1", "登录", {"channel": "app"})
analytics.page("u1", "理财", "首页")
analytics.screen("u1", "账户", "总览")
analytics.group("u1", "g1", {"n": 1})
analytics.alias("d0", "u1")
analytics.flush()
analytics.shutdown()
assert not faults, faults
print(VERSION)
"""


def client_folder(version: str) -> Path:
    """Fetch a release into a folder of the environment, once. Fails with the installer's words when it cannot be had."""
    folder = CACHE / f"segment-analytics-python-{version}"
    if not (folder / "segment").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
        done = subprocess.run(
            [*command, f"segment-analytics-python=={version}", "backoff==2.2.1"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"the client {version} could not be installed: {done.stderr[-500:]}"
    return folder


@pytest.mark.parametrize("version", ["2.4.0", "2.3.4"])
@pytest.mark.parametrize("encoding", ["plain", "gzip"])
def test_an_unmodified_client_is_served_without_a_retry(
    installation: Installation, version: str, encoding: str
) -> None:
    folder = [str(client_folder(version))] if version != "2.4.0" else []
    installation.start_web()

    done = subprocess.run(
        [sys.executable, "-c", SEND, WRITE_KEY, installation.url, encoding, *folder],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, version), done.stderr
    inbox = installation.query("SELECT sum(count) FROM collect_inbox")
    installation.apply()

    assert inbox == [(6,)]
    assert installation.query("SELECT count(*) FROM collect_event") == [(6,)]
    assert installation.query("SELECT count(*) FROM collect_quarantined") == [(0,)]
    assert installation.query("SELECT name FROM profile_customer") == [("沈静仪",)]
