"""Interviews: guides in versions, a draft its author's alone, what is done on the timeline, counted within scope, erased."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.api.interview_scene import HELD, NEEDS, THEMES, begin, guide_of, hold, make_guide
from tests.api.staff import appoint, trail
from tests.api.survey_scene import marketer
from tests.conftest import Caller
from tests.world import World

from kehu.collect.models import Event
from kehu.engage.models.interviews import InterviewRecord
from kehu.flows.erase_customer import erase_customer
from kehu.govern.models.keys import DataKey
from kehu.platform.scope import SYSTEM, acting
from kehu.relate.models.tasks import Task


@pytest.fixture
def writer(world: World, call: Callable[..., Caller]) -> Caller:
    return marketer(world, call)


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪").profiles.created[0]


@pytest.fixture
def alice(world: World, call: Callable[..., Caller]) -> Caller:
    return call(world.alice)


def test_a_guide_is_written_published_changed_and_closed(writer: Caller) -> None:
    guide = make_guide(writer)
    path = f"/interview-guides/{guide['id']}"

    assert (guide["state"], guide["version"], guide["is_changed"], guide["questions"]) == (
        "open",
        1,
        False,
        3,
    )
    assert writer.post(f"{path}/publish").json()["code"] == "interview_guide_state"
    assert writer.patch(path, {"definition": guide_of(NEEDS)}).json()["is_changed"]
    assert writer.post(f"{path}/publish").json()["version"] == 2
    assert writer.post(f"{path}/close").json()["state"] == "closed"
    assert writer.post(f"{path}/close").status_code == 409
    assert [row["id"] for row in writer.get("/interview-guides").json()] == [guide["id"]]
    assert [event.details["step"] for event in trail("interview.guide")] == [
        "create", "publish", "change", "publish", "close",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "invalid"),
        ({"definition": {"title": "问", "pages": []}}, "survey_definition"),
        ({"definition": guide_of({"type": "file", "name": "f", "title": "文件"})}, "survey_definition"),
        ({"definition": guide_of({"type": "boolean", "name": "c", "title": "同意"})}, "survey_definition"),
        ({"themes": [THEMES[0], THEMES[0]]}, "invalid"),
        ({"themes": [{"key": "Fees", "zh": "费用"}]}, "invalid"),
    ],
)
def test_what_is_wrong_with_a_guide_is_told(writer: Caller, wrong: dict[str, Any], code: str) -> None:
    body = {"name": "需求访谈", "definition": guide_of(), **wrong}
    refused = writer.post("/interview-guides", body)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert writer.get("/interview-guides").json() == []


def test_a_talk_is_kept_while_it_is_written_and_stands_on_the_timeline_once_done(
    world: World, writer: Caller, alice: Caller, customer: UUID
) -> None:
    guide = make_guide(writer)
    begun = begin(alice, guide, customer)
    path = f"/interviews/{begun['id']}"
    assert (begun["state"], begun["is_own"], begun["customer"], begun["themes"]) == (
        "draft",
        True,
        "沈静仪",
        THEMES,
    )

    words = {
        "answers": {"needs": "想换学区房", "nps": 9},
        "notes": "爱人也在场",
        "codes": ["school"],
        "held_at": HELD,
    }
    kept = alice.put(path, {"revision": 1, **words}).json()
    assert (kept["answers"], kept["notes"], kept["revision"]) == (words["answers"], "爱人也在场", 2)
    assert alice.put(path, {"revision": 1, **words}).json()["code"] == "interview_changed"
    agreed = {"task": "下周给出房贷方案", "due_on": "2026-12-01", "minutes": 40, "way": "branch"}
    done = alice.post(f"{path}/finish", {"revision": 2, **words, **agreed}).json()

    assert (done["state"], done["minutes"], done["way"], done["codes"]) == ("done", 40, "branch", ["school"])
    assert alice.put(path, {"revision": 3, **words}).json()["code"] == "interview_is_done"
    assert alice.delete(path).json()["code"] == "interview_is_done"
    with acting(SYSTEM):
        event, task, held = (
            Event.objects.get(name="interview_held"),
            Task.objects.get(),
            InterviewRecord.objects.get(),
        )
    told = {"guide": "需求访谈", "way": "branch", "author": world.alice.name, "nps": 9}
    assert {**event.plain, "record": ""} == {
        **told,
        "record": "",
    }  # an id may look like a number and lie sealed
    assert (task.owner_id, task.customer_id) == (world.alice.pk, customer)
    assert held.plain == {"nps": 9}
    for word in ("学区房", "在场"):
        assert word.encode() not in bytes(held.sealed)
    timeline = alice.get(f"/customers/{customer}/timeline").json()["items"]
    assert [m["details"] for m in timeline if m["name"] == "interview_held"] == [
        {**told, "record": begun["id"]}
    ]
    assert [event.details["record_id"] for event in trail("interview.record")] == [begun["id"]]


def test_what_is_required_is_needed_to_finish_and_what_does_not_fit_is_refused(
    writer: Caller, alice: Caller, customer: UUID
) -> None:
    path = f"/interviews/{begin(alice, make_guide(writer), customer)['id']}"
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"answers": {"banks": "moon"}}, "survey_answer"), ({"codes": ["else"]}, "invalid"),
        ({"held_at": "2999-01-01T00:00:00Z"}, "invalid"), ({"way": "letter"}, "invalid_request"),
    ]  # fmt: skip
    for wrong, code in wrongs:
        assert alice.put(path, {"revision": 1, "held_at": HELD, **wrong}).json()["code"] == code, wrong
    assert alice.put(path, {"revision": 1, "held_at": HELD}).status_code == 200
    refused = alice.post(f"{path}/finish", {"revision": 2, "held_at": HELD}).json()
    assert (refused["code"], refused["detail"]) == ("survey_answer", "“最近有什么打算？”：这道题需要回答。")
    assert alice.get(path).json()["state"] == "draft"


def test_a_draft_is_its_authors_alone_and_can_be_thrown_away(
    world: World, writer: Caller, alice: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    guide = make_guide(writer)
    draft = begin(alice, guide, customer)
    steward = call(world.steward)

    for other in (writer, steward):
        assert other.get(f"/interviews/{draft['id']}").status_code == 404
        assert other.get(f"/interview-guides/{guide['id']}/records").json() == []
    assert steward.put(f"/interviews/{draft['id']}", {"revision": 1, "held_at": HELD}).status_code == 404
    assert steward.delete(f"/interviews/{draft['id']}").status_code == 404
    assert alice.delete(f"/interviews/{draft['id']}").status_code == 204
    with acting(SYSTEM):
        assert not DataKey.objects.filter(owner_id=draft["id"]).exists()
    assert alice.get(f"/interviews/{draft['id']}").status_code == 404


def test_a_closed_guide_or_a_customer_out_of_sight_takes_no_talk(
    world: World, writer: Caller, alice: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    guide = make_guide(writer)
    body = {"guide_id": guide["id"], "customer_id": str(customer)}

    assert call(world.charlie).post("/interviews", body).status_code == 404
    assert writer.post("/interviews", body).status_code == 403
    writer.post(f"/interview-guides/{guide['id']}/close")
    assert alice.post("/interviews", body).json()["code"] == "interview_guide_state"


def test_results_are_counted_within_scope_and_open_their_talks(
    world: World, writer: Caller, alice: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    other = world.say(
        world.core, "2", unit=world.ningbo, owner=world.charlie, name="何嘉禾"
    ).profiles.created[0]
    guide = make_guide(writer)
    first = hold(alice, guide, customer, codes=["fees"], minutes=30)
    hold(
        call(world.charlie),
        guide,
        other,
        answers={"needs": "理财到期", "banks": "other", "nps": 3},
        codes=["fees", "school"],
    )
    path = f"/interview-guides/{guide['id']}"

    whole, mine = writer.get(f"{path}/results").json(), alice.get(f"{path}/results").json()

    assert (whole["talks"], whole["customers"], whole["minutes"]) == (2, 2, 30.0)
    assert [(t["key"], t["share"]["value"], t["share"]["count"]) for t in whole["themes"]] == [
        ("fees", 1.0, 2), ("school", 0.5, 2),
    ]  # fmt: skip
    asked = {question["name"]: question for question in whole["questions"]}
    assert {quote["text"] for quote in asked["needs"]["quotes"]} == {"换房", "理财到期"}
    assert [(share["value"], share["count"]) for share in asked["banks"]["shares"]] == [
        ("we", 0),
        ("other", 1),
    ]
    assert asked["nps"]["estimate"]["value"] == -100
    assert (mine["talks"], [t["share"]["value"] for t in mine["themes"]]) == (1, [1.0, 0.0])
    assert "理财到期" not in str(mine)
    assert [quote["record_id"] for quote in mine["questions"][0]["quotes"]] == [first["id"]]
    assert [row["customer"] for row in writer.get(f"{path}/records", theme="school").json()] == ["何嘉禾"]
    assert [row["id"] for row in alice.get(f"/customers/{customer}/interviews").json()] == [first["id"]]


def test_talks_go_out_for_a_purpose_and_leave_who_refused(
    world: World, writer: Caller, alice: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    guide = make_guide(writer)
    hold(alice, guide, customer, codes=["fees"], notes="整体满意")
    path = f"/interview-guides/{guide['id']}/export"

    assert writer.get(path).json()["code"] == "purpose_missing"
    assert alice.get(path, purpose="care").status_code == 403
    given = writer.get(path, purpose="care")
    assert (given["X-Kehu-Rows"], len(trail("interview.export"))) == ("1", 1)
    for word in ("换房", "费用", "整体满意", "上门", "西湖支行"):
        assert word in given.content.decode()
    officer = call(appoint(world, "compliance", name="another"))
    officer.post(
        f"/customers/{customer}/consents", {"purpose": "care", "state": "refused", "evidence": "来电"}
    )
    assert writer.get(path, purpose="care")["X-Kehu-Rows"] == "0"


def test_talks_go_with_the_person_and_into_his_export(
    world: World, writer: Caller, alice: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    guide = make_guide(writer)
    hold(alice, guide, customer, notes="整体满意")
    steward = call(world.steward)
    told = steward.get(f"/customers/{customer}/export").json()
    assert told["interviews"][0]["notes"] == "整体满意"
    assert told["interviews"][0]["answers"] == {"needs": "换房"}
    page = steward.get(f"/customers/{customer}/export", format="html").content.decode()
    for word in ("访谈 Interviews", "提纲 Guide：需求访谈", "needs：换房", "整体满意"):
        assert word in page

    actor = world.actor(world.steward)
    with acting(actor.scope):
        erase_customer(customer_id=customer, reason="本人要求", actor=actor, now=timezone.now())
    with acting(SYSTEM):
        assert not InterviewRecord.objects.exists()
    assert writer.get(f"/interview-guides/{guide['id']}/results").json()["talks"] == 0
