"""Purposes: published by compliance in versions, each with the notice that people were shown."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.world import World

SLOTS = {
    "handler": "衡川银行", "contact": "95000", "purpose": "理财产品营销", "method": "短信与电话",
    "categories": "姓名、手机", "retention": "三年", "rights": "拨打 95000 或在手机银行撤回",
}  # fmt: skip
TERMS: dict[str, Any] = {
    "legal_basis": "consent", "channels": ["sms", "email"], "retention_days": 365, "notice": "为您推荐理财产品。",
}  # fmt: skip


@pytest.fixture
def compliance(world: World, call: Callable[..., Caller]) -> Caller:
    return call(appoint(world, "compliance"))


def test_a_purpose_is_made_with_its_first_version(compliance: Caller) -> None:
    answer = compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})

    assert answer.status_code == 201
    made = answer.json()
    assert (made["key"], made["name"], made["is_active"]) == ("marketing", {"zh": "营销", "en": "营销"}, True)
    assert made["current"]["version"] == 1
    assert (
        made["current"]["notice_hash"] == hashlib.sha256('{"text":"为您推荐理财产品。"}'.encode()).hexdigest()
    )
    assert [event.object_ref for event in trail("purpose.create")] == ["marketing"]


def test_another_version_leaves_the_first_as_it_was_published(compliance: Caller) -> None:
    first = compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS}).json()["current"]

    answer = compliance.post(
        "/purposes/marketing/versions", {**TERMS, "notice": SLOTS, "channels": ["phone"]}
    )

    assert answer.json()["current"]["version"] == 2
    assert answer.json()["current"]["notice"] == SLOTS
    versions = compliance.get("/purposes/marketing").json()["versions"]
    assert [v["version"] for v in versions] == [2, 1]
    assert versions[1] == first


@pytest.mark.parametrize(
    "change",
    [
        {"legal_basis": "because"},
        {"channels": []},
        {"channels": ["pigeon"]},
        {"channels": ["sms", "sms"]},
        {"retention_days": 0},
        {"notice": "  "},
        {"notice": {**SLOTS, "retention": " "}},
        {"notice": {**SLOTS, "extra": "x"}},
        {"data_classes": ["C3"]},
        {"legal_basis": "contract", "is_separate": True},
        {"key": "Not A Key"},
    ],
)
def test_terms_that_are_not_whole_are_refused(compliance: Caller, change: dict[str, Any]) -> None:
    answer = compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS, **change})

    assert answer.status_code == 422, change
    assert compliance.get("/purposes").json() == []


def test_a_notice_that_lacks_a_slot_says_which(compliance: Caller) -> None:
    notice = {key: text for key, text in SLOTS.items() if key not in {"retention", "rights"}}

    answer = compliance.post("/purposes", {"key": "m", "name": "营销", **TERMS, "notice": notice})

    assert answer.json()["detail"] == "告知书还缺：保存期限、行使权利的方式"


def test_a_key_is_taken_once_and_what_is_not_there_is_not_found(compliance: Caller) -> None:
    compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})

    assert compliance.post("/purposes", {"key": "marketing", "name": "又", **TERMS}).status_code == 409
    assert compliance.get("/purposes/care").status_code == 404
    assert compliance.post("/purposes/care/versions", TERMS).status_code == 404
    assert compliance.patch("/purposes/care", {"is_active": False}).status_code == 404


def test_everybody_reads_and_only_who_may_publishes(
    world: World, compliance: Caller, call: Callable[..., Caller]
) -> None:
    compliance.post("/purposes", {"key": "marketing", "name": "营销", **TERMS})
    manager = call(world.alice)

    assert [p["key"] for p in manager.get("/purposes").json()] == ["marketing"]
    assert manager.post("/purposes", {"key": "care", "name": "关怀", **TERMS}).status_code == 403
    assert manager.post("/purposes/marketing/versions", TERMS).status_code == 403
    assert manager.patch("/purposes/marketing", {"is_active": False}).status_code == 403


def test_more_purposes_than_a_mask_has_room_for_are_refused(
    compliance: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kehu.govern.purposes.operations.BITS", 2)
    for key in ("one", "two"):
        assert compliance.post("/purposes", {"key": key, "name": key, **TERMS}).status_code == 201

    assert compliance.post("/purposes", {"key": "three", "name": "三", **TERMS}).status_code == 409
