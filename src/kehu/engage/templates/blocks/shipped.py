"""Messages to begin with, in both languages: a newsletter, an offer, an invitation to a survey. All texts are meant to be changed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kehu.platform.text import Text

_FOLDER = Path(__file__).parent / "starters"
_NAMES = {
    "newsletter": Text("银行月度通讯", "Monthly newsletter"),
    "offer": Text("产品推荐", "Product offer"),
    "survey": Text("满意度调查邀请", "Survey invitation"),
}


@dataclass(frozen=True, slots=True)
class Starter:
    """A message to begin with, as blocks."""

    key: str
    name: str
    language: str
    subject: str
    missing: dict[str, dict[str, str]]
    blocks: dict[str, Any]


@cache
def starters(language: str) -> tuple[Starter, ...]:
    """Return the messages of a language, `zh` or `en`."""
    return tuple(_read(key, language) for key in _NAMES)


def _read(key: str, language: str) -> Starter:
    found = msgspec.json.decode((_FOLDER / f"{key}.{language}.json").read_bytes(), type=dict[str, Any])
    return Starter(
        key, _NAMES[key].within(language), language, found["subject"], found["missing"], found["blocks"]
    )
