"""Files that came with answers: opened by whoever may, of whom he sees, as a file to save; gone with the customer."""

import base64
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.api.staff import appoint, trail
from tests.api.survey_scene import NPS, answer, link_for, make_survey, marketer, questionnaire
from tests.conftest import Caller
from tests.world import World

from kehu.engage.surveys.answers.collecting import forget
from kehu.platform.scope import SYSTEM, acting

PAPER = {"type": "file", "name": "paper", "title": "上传材料"}
BYTES = b"%PDF-1.7 <script>alert(1)</script>"
SENT = [{"name": '"><img src=x>.pdf', "type": "application/pdf",
         "content": "data:application/pdf;base64," + base64.b64encode(BYTES).decode()}]  # fmt: skip


@pytest.fixture
def writer(world: World, call: Callable[..., Caller]) -> Caller:
    return marketer(world, call)


@pytest.fixture
def customer(world: World) -> UUID:
    said = world.say(world.core, "1", unit=world.xihu, owner=world.alice, name="沈静仪")
    return said.profiles.created[0]


@pytest.fixture
def survey(writer: Caller, customer: UUID) -> dict[str, Any]:
    """A survey to which a customer sent a file."""
    made = make_survey(writer, definition=questionnaire(NPS, PAPER))
    assert answer(link_for(writer, made, customer), nps=3, paper=SENT).status_code == 204
    return made


def test_a_file_is_listed_and_opened_as_one_to_save_and_stands_in_the_audit(
    writer: Caller, survey: dict[str, Any], customer: UUID
) -> None:
    (found,) = writer.get(f"/surveys/{survey['id']}/uploads").json()
    assert (found["question"], found["type"], found["size"]) == ("paper", "application/pdf", len(BYTES))
    assert (found["name"], found["customer_id"]) == (SENT[0]["name"], str(customer))

    given = writer.get(f"/surveys/{survey['id']}/uploads/{found['answer_id']}/paper")

    assert given.content == BYTES
    assert given.headers["Content-Disposition"] == f'attachment; filename="{found["answer_id"]}.pdf"'
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Cache-Control"] == "no-store"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    (event,) = trail("survey.upload.open")
    assert event.details == {"survey": survey["id"], "question": "paper"}


def test_only_who_may_take_answers_out_opens_a_file_and_only_of_whom_he_sees(
    world: World, writer: Caller, survey: dict[str, Any], call: Callable[..., Caller]
) -> None:
    (found,) = writer.get(f"/surveys/{survey['id']}/uploads").json()
    address = f"/surveys/{survey['id']}/uploads/{found['answer_id']}/paper"

    assert call(world.alice).get(address).status_code == 403
    rights = {"customer.read": "team", "survey.read": "team", "survey.export": "team"}
    role = {"key": "asker", "label": {"zh": "访问员", "en": "Asker"}, "permissions": rights}
    assert call(appoint(world, "security_admin")).post("/roles", role).status_code == 201
    here = call(appoint(world, "asker", world.xihu, name="here"))
    assert len(here.get(f"/surveys/{survey['id']}/uploads").json()) == 1
    elsewhere = call(appoint(world, "asker", world.ningbo, name="elsewhere"))
    assert elsewhere.get(f"/surveys/{survey['id']}/uploads").json() == []
    assert elsewhere.get(address).json()["code"] == "upload_not_found"
    assert trail("survey.upload.open") == []


@pytest.mark.parametrize("question", ["nps", "nothing", "paper%00", "..%2F..%2Fetc"])
def test_what_is_no_file_is_not_found(writer: Caller, survey: dict[str, Any], question: str) -> None:
    (found,) = writer.get(f"/surveys/{survey['id']}/uploads").json()
    for survey_id, answer_id in ((survey["id"], found["answer_id"]), (UUID(int=7), found["answer_id"])):
        path = f"/surveys/{survey_id}/uploads/{answer_id}/{question}"
        assert writer.get(path).status_code == 404
    assert writer.get(f"/surveys/{survey['id']}/uploads/{UUID(int=7)}/paper").status_code == 404


def test_a_file_goes_with_the_customer(writer: Caller, survey: dict[str, Any], customer: UUID) -> None:
    (found,) = writer.get(f"/surveys/{survey['id']}/uploads").json()

    with acting(SYSTEM):
        forget([customer])

    assert writer.get(f"/surveys/{survey['id']}/uploads").json() == []
    address = f"/surveys/{survey['id']}/uploads/{found['answer_id']}/paper"
    assert writer.get(address).status_code == 404


def test_only_who_sent_a_file_is_counted_for_it(writer: Caller, customer: UUID, world: World) -> None:
    made = make_survey(
        writer, definition=questionnaire(NPS, PAPER, {"type": "comment", "name": "why", "title": "为什么"})
    )
    assert answer(link_for(writer, made, customer), nps=3, why="排队太久", paper=SENT).status_code == 204
    other = world.say(world.core, "2", unit=world.xihu, owner=world.alice, name="许嘉宁").profiles.created[0]
    assert answer(link_for(writer, made, other), nps=9, why="很快").status_code == 204

    questions = writer.get(f"/surveys/{made['id']}/results").json()["questions"]

    told = {one["name"]: (one["count"], one["texts"]) for one in questions}
    assert (told["paper"], told["why"]) == ((1, []), (2, ["很快", "排队太久"]))
