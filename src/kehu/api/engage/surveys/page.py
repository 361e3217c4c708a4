"""Answering a survey by a link, without sign-in. The link comes in the body; opening a form answers nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.flows.engage.surveys.answer_survey import Handed, hand_in, read_form, save_part

router = Router(tags=["survey page"])

Token = Field(min_length=1, max_length=200)


class FormLink(Schema):
    """The link's own part, as it stands behind `#`."""

    token: str = Token


class FormOut(Schema):
    """The form. `saved` is what was written before; `ticket` goes back with the answer of an open form.

    `notices` are the SHA-256 of the notices that it shows, by question, and go back with the answer.
    """

    mode: str
    version: int
    definition: dict[str, Any]
    languages: list[str]
    saved: dict[str, Any]
    ticket: str
    notices: dict[str, str]


class PartIn(FormLink):
    """What was written so far."""

    data: dict[str, Any]


class AnswerIn(PartIn):
    """A whole answer to the version that was shown."""

    version: int
    language: str = Field(default="zh-CN", max_length=8)
    ticket: str = Field(default="", max_length=200)
    notices: dict[str, str] = Field(default_factory=dict, max_length=100)


@router.post("", response=FormOut, auth=None, operation_id="read_survey_form")
def post_form(request: HttpRequest, body: FormLink) -> dict[str, Any]:
    """Return the form that a link opens."""
    del request
    form = read_form(token=body.token, now=timezone.now())
    return {
        "mode": form.mode, "version": form.version, "definition": form.definition,
        "languages": list(form.languages), "saved": form.saved, "ticket": form.ticket,
        "notices": form.notices,
    }  # fmt: skip


@router.post("/save", response={204: None}, auth=None, operation_id="save_survey_part")
def post_part(request: HttpRequest, body: PartIn) -> Status[None]:
    """Keep what was written so far, so that the holder of a personal link can go on later."""
    del request
    save_part(token=body.token, data=body.data, now=timezone.now())
    return Status(204, None)


@router.post("/answer", response={204: None}, auth=None, operation_id="answer_survey")
def post_answer(request: HttpRequest, body: AnswerIn) -> Status[None]:
    """Hand in a whole answer, once."""
    del request
    handed = Handed(body.data, body.version, body.language, body.ticket, body.notices)
    hand_in(token=body.token, handed=handed, now=timezone.now())
    return Status(204, None)
