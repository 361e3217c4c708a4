"""Logs: one JSON object a line, of known keys only. A message is a constant sentence; values that could be personal have no key.

Third-party loggers keep only their event's name and exception type: a driver's message may quote a row.
"""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from kehu.platform.installation import home as homes

SAFE = (
    "import_id",
    "segment",
    "campaign",
    "offer",
    "fault",
    "job",
    "source",
    "rows",
    "seconds",
    "state",
    "status",
    "path",
    "method",
    "request_id",
    "count",
)
OURS = "kehu"
LOG_BYTES = 10_000_000
LOG_FILES = 5
COMMAND = "KEHU_IS_COMMAND"


class JsonLines(logging.Formatter):
    """Format a record as one JSON line: time, level, logger, message (ours only), safe extras, exception type and place."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        is_ours = record.name.startswith(OURS)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if is_ours else "third-party event",
        }
        line.update({key: getattr(record, key) for key in SAFE if hasattr(record, key)})
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def places(trace: Any) -> list[str]:
    """Return file and line of each frame of ours, without any value."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if "kehu" in code.co_filename:
            places.append(f"{code.co_filename.rsplit('kehu/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places


def configure(_settings: dict[str, object]) -> None:
    """Send everything from warning on (ours from info on) to standard error, as JSON lines.

    A command that somebody typed keeps its terminal for sentences: all goes to `log/commands.log`, warnings here too.
    """
    terminal = logging.StreamHandler(sys.stderr)
    handlers: list[logging.Handler] = [terminal]
    if os.environ.get(COMMAND):
        terminal.setLevel(logging.WARNING)
        handlers += _commands_log()
    for handler in handlers:
        handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = handlers
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)


def file_handler(path: Path) -> logging.Handler:
    """Return a handler that writes a file of 10 MB for its owner alone, of which five old ones are kept."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    return RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")


def _commands_log() -> list[logging.Handler]:
    """Return the handler of the commands' log; none where the home cannot be written to, which is no command's concern."""
    try:
        return [file_handler(homes.log_dir() / "commands.log")]
    except (OSError, homes.HomeNotUsable):
        return []
