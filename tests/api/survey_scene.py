"""A questionnaire for tests: each kind of question, logic, piping, three languages; and people who answer it."""

from typing import Any
from uuid import UUID

from django.test import Client
from tests.api.staff import appoint
from tests.conftest import Caller
from tests.world import World

NPS = {"type": "rating", "kehuKind": "nps", "name": "nps", "title": "您会推荐我们吗？", "isRequired": True,
       "rateMin": 0, "rateMax": 10}  # fmt: skip
WHY = {"type": "comment", "name": "why", "title": "为什么打 {nps} 分？", "visibleIf": "{nps} <= 6"}
PLACE = {
    "type": "radiogroup", "name": "place", "title": "您在哪里办理？",
    "choices": [{"value": "branch", "text": "网点"}, {"value": "app", "text": "手机银行"}], "showRefuseItem": True,
}  # fmt: skip


def questionnaire(*questions: dict[str, Any]) -> dict[str, Any]:
    """Return a questionnaire of one page."""
    return {"title": "服务回访", "pages": [{"elements": list(questions or (NPS, WHY, PLACE))}]}


def make_survey(caller: Caller, mode: str = "personal", **more: Any) -> dict[str, Any]:
    """Write and publish a survey; returns it."""
    body = {"name": "服务回访", "mode": mode, "definition": questionnaire(), **more}
    made = caller.post("/surveys", body)
    assert made.status_code == 201, made.content
    published = caller.post(f"/surveys/{made.json()['id']}/publish")
    assert published.status_code == 200, published.content
    found: dict[str, Any] = published.json()
    return found


def marketer(world: World, call: Any) -> Caller:
    """Return somebody who writes surveys, in a bank that has a purpose for asking."""
    compliance: Caller = call(appoint(world, "compliance"))
    terms = {"legal_basis": "contract", "channels": ["sms"], "retention_days": 365, "notice": "服务回访"}
    compliance.post("/purposes", {"key": "care", "name": "服务关怀", **terms})
    found: Caller = call(appoint(world, "marketer"))
    return found


def send(path: str, token: str, **body: Any) -> Any:
    """Speak as whoever holds a link."""
    return Client().post(
        f"/api/v1/survey-page{path}", {"token": token, **body}, content_type="application/json"
    )


def link_for(caller: Caller, survey: dict[str, Any], customer: UUID) -> str:
    """Invite a customer; returns the token of his link."""
    made = caller.post(
        f"/surveys/{survey['id']}/invitations", {"customer_ids": [str(customer)], "purpose": "care"}
    )
    assert made.status_code == 201, made.content
    (link,) = made.json()["links"]
    token: str = link["path"].split("#")[1]
    return token


def answer(token: str, **data: Any) -> Any:
    """Open the form of a link and hand it in at once."""
    form = send("", token).json()
    return send("/answer", token, data=data, version=form["version"], ticket=form["ticket"])
