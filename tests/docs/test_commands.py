"""The commands that exist and those that the reference describes are the same, with their options."""

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kehu.cli.main import parser

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "commands.md"
SECTION = re.compile(r"^### `(kehu [a-z ]+)`\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `([a-z-]+)` \|", re.MULTILINE)


def commands(top: argparse.ArgumentParser, path: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield each command with the names of its arguments and options."""
    actions: list[argparse.Action] = vars(top)["_actions"]  # argparse shows them nowhere else
    below = [action.choices for action in actions if isinstance(action.choices, dict)]
    if not below:
        asked = [action for action in actions if action.dest != "help"]
        yield " ".join(path), {a.option_strings[-1] if a.option_strings else a.dest for a in asked}
    for choices in below:
        for name, command in choices.items():
            yield from commands(command, (*path, name))


def described() -> dict[str, set[str]]:
    return {name: set(ROW.findall(text)) for name, text in SECTION.findall(REFERENCE.read_text())}


def test_every_command_is_described_and_every_one_described_exists() -> None:
    assert described().keys() == dict(commands(parser(), ("kehu",))).keys()


def test_every_option_is_described_and_every_one_described_exists() -> None:
    assert described() == dict(commands(parser(), ("kehu",)))
