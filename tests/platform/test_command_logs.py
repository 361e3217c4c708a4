"""A command that somebody typed tells him sentences; what the logs say of it lies in a file that he alone reads."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.installation import installed, new_home

FILE = "客户号,姓名\n1,沈静仪\n"
SPEAK = """
import logging
from kehu.platform import logs
logs.configure({})
log = logging.getLogger("kehu.test")
log.info("all is well")
log.warning("something is wrong")
"""


def test_the_terminal_of_a_command_is_kept_for_its_sentences(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(FILE, encoding="utf-8")
    with installed() as made:
        made.run("source", "create", "core", "--name", "核心系统", "--trust", "90")

        told = made.run("import", str(file), "--source", "core")

        log = made.home / "log" / "commands.log"
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert told.startswith("customers.csv: succeeded")
        assert len(told.splitlines()) == 1
        assert made.output.read_text() == ""
        assert "import ended" in [line["message"] for line in lines]
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_what_goes_wrong_is_seen_at_the_terminal_too() -> None:
    with new_home() as made:
        done = subprocess.run(
            [sys.executable, "-c", SPEAK], env=made.environment | {"KEHU_IS_COMMAND": "1"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        kept = (made.home / "log" / "commands.log").read_text().splitlines()

        assert [json.loads(line)["message"] for line in done.stderr.splitlines()] == ["something is wrong"]
        assert [json.loads(line)["message"] for line in kept] == ["all is well", "something is wrong"]


def test_a_home_that_takes_no_log_stops_no_command(tmp_path: Path) -> None:
    home = tmp_path / "a-file"
    home.touch()
    environment = {**os.environ, "KEHU_IS_COMMAND": "1", "KEHU_HOME": str(home)}

    done = subprocess.run(
        [sys.executable, "-c", SPEAK], env=environment, capture_output=True, text=True, check=True
    )

    assert [json.loads(line)["message"] for line in done.stderr.splitlines()] == ["something is wrong"]
