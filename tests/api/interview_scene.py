"""An interview guide for tests, and talks along it."""

from typing import Any
from uuid import UUID

from tests.conftest import Caller

NEEDS = {
    "type": "comment",
    "name": "needs",
    "title": "最近有什么打算？",
    "description": "追问：家里人怎么看？",
    "isRequired": True,
}
BANKS = {
    "type": "radiogroup", "name": "banks", "title": "主要用哪家银行？",
    "choices": [{"value": "we", "text": "我行"}, {"value": "other", "text": "他行"}],
}  # fmt: skip
NPS = {
    "type": "rating",
    "kehuKind": "nps",
    "name": "nps",
    "title": "会推荐我们吗？",
    "rateMin": 0,
    "rateMax": 10,
}
THEMES = [
    {"key": "fees", "zh": "费用", "en": "Fees"},
    {"key": "school", "zh": "子女教育", "en": "Schooling"},
]
HELD = "2026-01-05T09:00:00Z"


def guide_of(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"title": "需求访谈", "pages": [{"elements": list(questions or (NEEDS, BANKS, NPS))}]}


def make_guide(writer: Caller, **more: Any) -> dict[str, Any]:
    """Write and publish a guide; returns it."""
    body = {
        "name": "需求访谈",
        "goal": "了解未来一年的资金安排",
        "definition": guide_of(),
        "themes": THEMES,
        **more,
    }
    made = writer.post("/interview-guides", body)
    assert made.status_code == 201, made.content
    found: dict[str, Any] = writer.post(f"/interview-guides/{made.json()['id']}/publish").json()
    return found


def begin(manager: Caller, guide: dict[str, Any], customer: UUID) -> dict[str, Any]:
    made = manager.post("/interviews", {"guide_id": guide["id"], "customer_id": str(customer)})
    assert made.status_code == 201, made.content
    found: dict[str, Any] = made.json()
    return found


def hold(manager: Caller, guide: dict[str, Any], customer: UUID, **more: Any) -> dict[str, Any]:
    """Record a whole talk; returns it."""
    begun = begin(manager, guide, customer)
    body = {"revision": begun["revision"], "held_at": HELD, "answers": {"needs": "换房"}, **more}
    done = manager.post(f"/interviews/{begun['id']}/finish", body)
    assert done.status_code == 200, done.content
    found: dict[str, Any] = done.json()
    return found
