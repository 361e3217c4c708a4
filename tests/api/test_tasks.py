"""Tasks: an unhappy answer opens one for the customer's manager, who takes it, notes what he did, and finishes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.api.staff import appoint, trail
from tests.api.survey_scene import answer, link_for, make_survey, marketer
from tests.conftest import Caller
from tests.world import NOW, World

from kehu.engage.models.surveys import Answer, Invitation
from kehu.flows.erase_customer import erase_customer
from kehu.govern.models.keys import DataKey
from kehu.platform.scope import SYSTEM, acting
from kehu.relate.models.tasks import Task

RULE = {"question": "nps", "at_most": 6, "due_days": 2}


@pytest.fixture
def customer(world: World) -> UUID:
    return world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪").profiles.created[0]


@pytest.fixture
def alice(world: World, call: Callable[..., Caller]) -> Caller:
    return call(world.alice)


def unhappy(world: World, call: Callable[..., Caller], customer: UUID, score: int = 3) -> None:
    writer = marketer(world, call)
    answer(link_for(writer, make_survey(writer, rule=RULE), customer), nps=score, why="等了一个小时")


def test_an_unhappy_answer_becomes_a_task_that_is_worked_to_its_end(
    world: World, customer: UUID, alice: Caller, call: Callable[..., Caller]
) -> None:
    unhappy(world, call, customer)

    (task,) = alice.get("/tasks").json()
    assert (task["customer"], task["owner"], task["state"], task["reason"]) == (
        "沈静仪",
        "alice",
        "open",
        "survey",
    )
    assert "3 分" in task["title"]
    noted = alice.patch(f"/tasks/{task['id']}", {"state": "doing", "note": "已致电道歉"}).json()
    assert [(n["author"], n["text"]) for n in noted["notes"]] == [("alice", "已致电道歉")]
    assert alice.patch(f"/tasks/{task['id']}", {"state": "done"}).status_code == 422
    done = alice.patch(f"/tasks/{task['id']}", {"state": "done", "outcome": "客户接受"})
    assert (done.status_code, done.json()["state"]) == (200, "done")
    assert alice.patch(f"/tasks/{task['id']}", {"note": "再写"}).json()["code"] == "task_is_done"
    assert alice.get("/tasks").json() == []
    assert alice.get("/tasks", state="done").json()[0]["outcome"] == "客户接受"
    assert [len(trail(action)) for action in ("task.open", "task.change", "task.done")] == [1, 1, 1]
    with acting(SYSTEM):
        assert "道歉".encode() not in bytes(Task.objects.get().sealed)


def test_a_happy_answer_opens_none(
    world: World, customer: UUID, alice: Caller, call: Callable[..., Caller]
) -> None:
    unhappy(world, call, customer, score=7)

    assert alice.get("/tasks").json() == []


def test_a_manager_writes_a_task_of_his_own(
    world: World, customer: UUID, alice: Caller, call: Callable[..., Caller]
) -> None:
    body = {"customer_id": str(customer), "title": "约周五面谈", "due_on": "2026-11-27"}

    made = alice.post("/tasks", body)

    assert (made.status_code, made.json()["owner"], made.json()["unit"]) == (201, "alice", "西湖支行")
    assert [t["title"] for t in alice.get("/tasks", customer_id=customer).json()] == ["约周五面谈"]
    assert call(world.head).get("/tasks", whose="all").json()[0]["title"] == "约周五面谈"
    assert alice.post("/tasks", {**body, "title": "  "}).status_code == 422


def test_tasks_are_seen_within_scope_alone(
    world: World, customer: UUID, alice: Caller, call: Callable[..., Caller]
) -> None:
    body = {"customer_id": str(customer), "title": "回访"}
    task = alice.post("/tasks", body).json()
    charlie = call(world.charlie)

    assert charlie.get("/tasks", whose="all").json() == []
    assert charlie.patch(f"/tasks/{task['id']}", {"note": "看看"}).status_code == 404
    assert charlie.post("/tasks", body).status_code == 404
    assert charlie.get("/tasks", customer_id=customer).status_code == 404
    assert call(appoint(world, "marketer")).get("/tasks").status_code == 403


def held() -> list[int]:
    with acting(SYSTEM):
        kinds: list[Any] = [Task, Answer, Invitation]
        return [kind.objects.count() for kind in kinds]


def test_what_a_customer_said_and_what_was_to_be_done_is_exported_and_erased(
    world: World, customer: UUID, call: Callable[..., Caller]
) -> None:
    unhappy(world, call, customer)
    steward = call(world.steward)
    given = steward.client.get(f"/api/v1/customers/{customer}/export", {"reason": "本人要求"}).json()
    with acting(SYSTEM):
        owners = [Answer.objects.get().pk, Task.objects.get().pk]
    assert given["surveys"][1]["answers"] == {"nps": 3, "why": "等了一个小时"}
    assert "回访" in given["tasks"][0]["title"]
    assert held() == [1, 1, 1]

    actor = world.actor(world.steward)
    with acting(actor.scope):
        erase_customer(customer_id=customer, reason="本人要求", actor=actor, now=NOW)

    assert held() == [0, 0, 0]
    assert not DataKey.objects.filter(owner_id__in=owners).exists()
