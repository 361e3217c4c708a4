"""Every action that is recorded has a name and a sentence on the page of the audit, in both languages."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(r'(?:action=|action = |_record\(|record_apart\(\s*action=)"([a-z_]+(?:\.[a-z_]+)+)"')
LISTED = re.compile(r"^  '([a-z_.]+)',$", re.MULTILINE)
KINDS = re.compile(r'(?:object_kind=|^KIND = )"([a-z_]+)"', re.MULTILINE)


def recorded(pattern: re.Pattern[str]) -> set[str]:
    return {found for path in (ROOT / "src").rglob("*.py") for found in pattern.findall(path.read_text())}


def words(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (ROOT / f"web/src/locales/{language}/govern.json").read_text()
    )["audit"]
    return found


def test_every_action_and_object_of_the_trail_has_words() -> None:
    actions = recorded(WRITTEN)
    listed = set(LISTED.findall((ROOT / "web/src/features/govern/audit/actions.ts").read_text()))

    assert len(actions) > 80
    assert actions <= listed
    for language in ("zh-CN", "en"):
        told = words(language)
        assert {action.replace(".", "_") for action in listed} <= told["actions"].keys() & told[
            "sentences"
        ].keys()
        assert recorded(KINDS) <= told["objects"].keys()
