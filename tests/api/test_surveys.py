"""Surveys: written with every mistake told by its place, published in versions, answered once, counted within scope."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.api.staff import appoint, trail
from tests.api.survey_scene import NPS, PLACE, answer, link_for, make_survey, marketer, questionnaire, send
from tests.conftest import Caller
from tests.world import World

from kehu.collect.models import Event
from kehu.engage.models.surveys import AnonymousAnswer, Answer, Invitation
from kehu.platform.scope import SYSTEM, acting
from kehu.relate.models.tasks import Task

RULE = {"question": "nps", "at_most": 6, "due_days": 2}


@pytest.fixture
def writer(world: World, call: Callable[..., Caller]) -> Caller:
    return marketer(world, call)


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪").profiles.created[0]


def test_a_survey_is_written_published_and_closed(writer: Caller) -> None:
    survey = make_survey(writer)

    assert (survey["state"], survey["version"], survey["is_changed"], survey["measure"]) == (
        "open",
        1,
        False,
        "nps",
    )
    assert writer.post(f"/surveys/{survey['id']}/publish").status_code == 409
    changed = writer.patch(f"/surveys/{survey['id']}", {"definition": questionnaire(NPS)}).json()
    assert (changed["version"], changed["is_changed"]) == (1, True)
    assert writer.post(f"/surveys/{survey['id']}/publish").json()["version"] == 2
    assert [v["version"] for v in writer.get(f"/surveys/{survey['id']}/versions").json()] == [2, 1]
    assert writer.post(f"/surveys/{survey['id']}/close").json()["state"] == "closed"
    assert [row["id"] for row in writer.get("/surveys").json()] == [survey["id"]]
    assert len(trail("survey.publish")) == 2


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        ({"title": "", "pages": []}, "/title"),
        ({"title": "问", "pages": []}, "/pages"),
        ({"title": "问", "pages": [], "triggers": []}, "/triggers"),
        (questionnaire({**NPS, "rateMax": 5}), "/pages/0/elements/0/rateMin"),
        (questionnaire({**NPS, "type": "html"}), "/pages/0/elements/0/type"),
        (questionnaire({**NPS, "name": "NPS"}), "/pages/0/elements/0/name"),
        (questionnaire(NPS, NPS), "/pages/0/elements/1/name"),
        (questionnaire({**NPS, "onClick": "x"}), "/pages/0/elements/0/onClick"),
        (questionnaire({**PLACE, "choices": [{"value": "a b", "text": "x"}]}), "/pages/0/elements/0/choices/0/value"),
        (questionnaire({**PLACE, "visibleIf": "{nps} > 6"}), "/pages/0/elements/0/visibleIf"),
        (questionnaire(NPS, {**PLACE, "visibleIf": "{nps} = = 1"}), "/pages/0/elements/1/visibleIf"),
        (questionnaire(PLACE, {**NPS, "visibleIf": "{place} = 'post'"}), "/pages/0/elements/1/visibleIf"),
        (questionnaire(NPS, {**PLACE, "title": "为什么 {npx}"}), "/pages/0/elements/1/title"),
        (questionnaire({**NPS, "title": {"default": "好", "fr": "bon"}}), "/pages/0/elements/0/title"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(writer: Caller, definition: dict[str, Any], place: str) -> None:
    refused = writer.post("/surveys", {"name": "问", "definition": definition})

    assert (refused.status_code, refused.json()["code"]) == (422, "survey_definition")
    assert refused.json()["detail"].startswith(f"{place}：")
    assert writer.get("/surveys").json() == []


def test_a_personal_answer_is_an_event_and_an_unhappy_one_a_task(
    world: World, writer: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    survey = make_survey(writer, rule=RULE)
    token = link_for(writer, survey, customer)

    form = send("", token)
    assert (form.status_code, form.json()["mode"], form.json()["ticket"]) == (200, "personal", "")
    assert "沈静仪" not in form.content.decode()
    assert answer(token, nps=4, why="等了一个小时", place="branch").status_code == 204
    assert answer_again(token) == (409, "answered_already")

    with acting(SYSTEM):
        event = Event.objects.get(name="survey_answered")
        held = Answer.objects.get()
        task = Task.objects.get()
    assert (event.kind, event.plain) == ("interaction", {"survey": "服务回访", "nps": 4})
    assert held.plain == {"nps": 4, "place": "branch"}
    assert "等了" not in str(event.plain) + str(held.plain)
    assert (task.customer_id, task.owner_id, task.state) == (customer, world.alice.pk, "open")
    timeline = call(world.alice).get(f"/customers/{customer}/timeline").json()["items"]
    assert any(m["name"] == "survey_answered" and m["details"]["nps"] == 4 for m in timeline)


def answer_again(token: str) -> tuple[int, str]:
    again = send("/answer", token, data={"nps": 9}, version=1)
    return again.status_code, again.json()["code"]


def test_what_was_begun_is_gone_on_with(writer: Caller, customer: UUID) -> None:
    token = link_for(writer, make_survey(writer), customer)

    assert send("/save", token, data={"nps": 3, "why": "慢"}).status_code == 204

    assert send("", token).json()["saved"] == {"nps": 3, "why": "慢"}
    with acting(SYSTEM):
        assert "慢".encode() not in bytes(Invitation.objects.get().sealed or b"")
    assert send("/save", token, data={"nps": 33}).json()["code"] == "survey_answer"


@pytest.mark.parametrize(
    "data",
    [{}, {"nps": 11}, {"nps": -1}, {"nps": 3.5}, {"nps": True}, {"nps": 9, "place": "moon"}, {"nps": [9]}],
)
def test_an_answer_that_does_not_fit_is_refused(writer: Caller, customer: UUID, data: dict[str, Any]) -> None:
    token = link_for(writer, make_survey(writer), customer)

    assert answer(token, **data).json()["code"] == "survey_answer"
    with acting(SYSTEM):
        assert not Answer.objects.exists()


def test_what_was_not_shown_is_not_kept(writer: Caller, customer: UUID) -> None:
    token = link_for(writer, make_survey(writer), customer)

    assert answer(token, nps=10, why="不该留下").status_code == 204

    with acting(SYSTEM):
        held = Answer.objects.get()
    assert (held.plain, held.sealed) == ({"nps": 10, "_hidden": ["why"]}, None)


def test_an_anonymous_answer_leads_to_nobody(writer: Caller) -> None:
    survey = make_survey(writer, "anonymous", threshold=5)
    token = survey["path"].split("#")[1]
    form = send("", token).json()
    sent = {"data": {"nps": 2, "why": "排队"}, "version": 1, "ticket": form["ticket"]}

    assert send("/answer", token, **sent).status_code == 204
    assert send("/answer", token, **sent).json()["code"] == "answered_already"

    with acting(SYSTEM):
        held = AnonymousAnswer.objects.get()
        assert not Answer.objects.exists()
        assert not Event.objects.exists()
        assert not Task.objects.exists()
    assert held.id.version == 4
    assert held.week_on.weekday() == 0
    assert {f.name for f in AnonymousAnswer._meta.fields} == {  # noqa: SLF001 (Django's own name for it)
        "id", "version", "week_on", "batch", "language", "plain", "sealed",
    }  # fmt: skip


def test_fewer_anonymous_answers_than_the_threshold_are_not_told(writer: Caller) -> None:
    survey = make_survey(writer, "anonymous", threshold=5)
    token = survey["path"].split("#")[1]
    for score in (9, 9, 3, 10):
        assert answer(token, nps=score).status_code == 204

    few = writer.get(f"/surveys/{survey['id']}/results").json()
    assert (few["is_withheld"], few["answers"], few["headline"], few["questions"]) == (True, 0, None, [])

    answer(token, nps=10)
    told = writer.get(f"/surveys/{survey['id']}/results").json()
    assert (told["is_withheld"], told["answers"], told["headline"]["value"]) == (False, 5, 60.0)
    assert sum(point["estimate"]["count"] for point in told["trend"]) == 5


def test_anonymous_answers_are_told_by_whole_batches(writer: Caller) -> None:
    survey = make_survey(writer, "anonymous", threshold=5)
    token = survey["path"].split("#")[1]
    for score in (9, 9, 3, 10, 10):
        answer(token, nps=score)
    before = writer.get(f"/surveys/{survey['id']}/results").json()

    for _ in range(4):
        answer(token, nps=0)
        after = writer.get(f"/surveys/{survey['id']}/results").json()
        assert {key: after[key] for key in ("answers", "headline", "trend")} == {
            key: before[key] for key in ("answers", "headline", "trend")
        }
    answer(token, nps=0)

    told = writer.get(f"/surveys/{survey['id']}/results").json()
    assert (told["answers"], told["headline"]["value"]) == (10, 40.0 - 60.0)
    with acting(SYSTEM):
        assert sorted(AnonymousAnswer.objects.values_list("batch", flat=True)) == [1] * 5 + [2] * 5


def test_an_anonymous_survey_is_cut_by_no_date_and_keeps_its_threshold(writer: Caller) -> None:
    survey = make_survey(writer, "anonymous", threshold=5)

    cut = writer.get(f"/surveys/{survey['id']}/results?since=2026-01-01T00:00:00Z")
    lowered = writer.patch(f"/surveys/{survey['id']}", {"threshold": 6})
    narrow = writer.patch(f"/surveys/{survey['id']}", {"quotas": [{"most": 1}]})

    assert [one.status_code for one in (cut, lowered, narrow)] == [422, 422, 422]
    assert writer.patch(f"/surveys/{survey['id']}", {"threshold": 5}).status_code == 200


def test_results_are_counted_within_scope(
    world: World, writer: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    other = world.say(
        world.core, "2", unit=world.ningbo, owner=world.charlie, name="何嘉禾"
    ).profiles.created[0]
    survey = make_survey(writer)
    answer(link_for(writer, survey, customer), nps=10, place="app")
    answer(link_for(writer, survey, other), nps=0, place="refused", why="远")

    whole = writer.get(f"/surveys/{survey['id']}/results").json()
    mine = call(world.alice).get(f"/surveys/{survey['id']}/results").json()

    assert (whole["answers"], whole["headline"]["value"], whole["invited"]) == (2, 0.0, 2)
    assert sorted(point["key"] for point in whole["units"]) == ["宁波分行", "西湖支行"]
    assert (mine["answers"], mine["headline"]["value"], [p["key"] for p in mine["units"]]) == (
        1,
        100.0,
        ["西湖支行"],
    )
    by_name = {question["name"]: question for question in whole["questions"]}
    assert (by_name["place"]["count"], by_name["place"]["refused"], by_name["why"]["texts"]) == (1, 1, ["远"])
    assert "远" not in str(mine)


def test_a_quota_lets_no_more_in(writer: Caller, world: World) -> None:
    quota = [{"question": "place", "value": "app", "most": 1}]
    survey = make_survey(writer, "open", quotas=quota)
    token = survey["path"].split("#")[1]

    assert answer(token, nps=9, place="app").status_code == 204
    assert answer(token, nps=9, place="app").json()["code"] == "survey_quota_full"
    assert answer(token, nps=9, place="branch").status_code == 204
    assert writer.get(f"/surveys/{survey['id']}").json()["quotas"][0]["taken"] == 1
    assert writer.get(f"/surveys/{survey['id']}/qr").content.startswith(b"<svg")


def test_who_was_asked_lately_or_may_not_be_is_left_out(
    world: World, writer: Caller, customer: UUID, call: Callable[..., Caller]
) -> None:
    survey = make_survey(writer)
    body = {"customer_ids": [str(customer), str(UUID(int=7))], "purpose": "care"}

    first = writer.post(f"/surveys/{survey['id']}/invitations", body).json()
    again = writer.post(f"/surveys/{survey['id']}/invitations", body).json()
    far = call(world.charlie).post(f"/surveys/{survey['id']}/invitations", body).json()

    assert (len(first["links"]), first["left_out"]) == (1, {"not_seen": 1, "purpose": 0, "cool_down": 0})
    assert (again["links"], again["left_out"]["cool_down"]) == ([], 1)
    assert far["left_out"]["not_seen"] == 2
    assert call(world.alice).get(f"/surveys/{survey['id']}/invitations").json()[0]["name"] == "沈静仪"
    assert call(world.charlie).get(f"/surveys/{survey['id']}/invitations").json() == []
    assert writer.get(f"/surveys/{survey['id']}/invitations.csv").content.count(b"/survey#") == 1


def test_a_link_that_was_not_made_here_or_a_closed_survey_takes_nothing(
    writer: Caller, customer: UUID
) -> None:
    survey = make_survey(writer)
    token = link_for(writer, survey, customer)

    for wrong in ("x", token[:-2], "A" + token[1:], token + "A"):
        assert send("", wrong).json()["code"] == "survey_link_not_valid"
    writer.post(f"/surveys/{survey['id']}/close")
    assert send("", token).json()["code"] == "survey_not_open"
    assert send("/answer", token, data={"nps": 9}, version=1).json()["code"] == "survey_not_open"


def test_only_who_may_writes_and_what_is_not_there_is_not_found(
    world: World, writer: Caller, call: Callable[..., Caller]
) -> None:
    survey = make_survey(writer)
    manager = call(appoint(world, "relationship_manager"))

    assert manager.post("/surveys", {"name": "问", "definition": questionnaire()}).status_code == 403
    assert manager.patch(f"/surveys/{survey['id']}", {"name": "新"}).status_code == 403
    assert writer.get(f"/surveys/{UUID(int=7)}").status_code == 404
