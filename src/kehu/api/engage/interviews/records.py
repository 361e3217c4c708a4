"""Records: begun with a customer, kept while they are written, finished or thrown away."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.engage.interviews.view import TalkOut, talk_out
from kehu.api.govern.me import current
from kehu.engage.interviews import records
from kehu.engage.interviews.records import Written
from kehu.flows.engage.interviews.hold_interview import Agreed, begin_interview, finish_interview

router = Router(tags=["interviews"])


class TalkIn(Schema):
    """With whom, along which guide."""

    guide_id: UUID
    customer_id: UUID


class WrittenIn(Schema):
    """What is written so far, all of it. `revision` is that of the draft that was opened."""

    revision: int
    answers: dict[str, Any] = Field(default={})
    notes: str = Field(default="", max_length=20_000)
    codes: list[str] = Field(default=[], max_length=50)
    way: Literal["visit", "branch", "phone", "video"] = "visit"
    held_at: datetime
    minutes: int | None = Field(default=None, ge=1, le=1440)

    def written(self) -> Written:
        """Return it as records take it."""
        return Written(
            self.revision, self.answers, self.notes, self.codes, self.way, self.held_at, self.minutes
        )


class FinishIn(WrittenIn):
    """The last of it, and what was agreed: with a title a task of the interviewer is opened."""

    task: str = Field(default="", max_length=200)
    due_on: date | None = None


@router.post("", response={201: TalkOut}, operation_id="begin_interview")
def begin(request: HttpRequest, body: TalkIn) -> Status[dict[str, Any]]:
    """Begin a record; it is its author's alone until it is finished."""
    actor = current(request)
    made = begin_interview(
        guide_id=body.guide_id, customer_id=body.customer_id, actor=actor, now=timezone.now()
    )
    return Status(201, talk_out(made, actor))


@router.get("/{record_id}", response=TalkOut, operation_id="get_interview")
def get_record(request: HttpRequest, record_id: UUID) -> dict[str, Any]:
    """Return a talk; of drafts one's own alone."""
    actor = current(request)
    actor.require("survey.read")
    return talk_out(records.get_talk(record_id, actor=actor), actor)


@router.put("/{record_id}", response=TalkOut, operation_id="keep_interview")
def keep(request: HttpRequest, record_id: UUID, body: WrittenIn) -> dict[str, Any]:
    """Keep what is written so far."""
    actor = current(request)
    records.keep(record_id=record_id, written=body.written(), actor=actor, now=timezone.now())
    return talk_out(records.get_talk(record_id, actor=actor), actor)


@router.post("/{record_id}/finish", response=TalkOut, operation_id="finish_interview")
def finish(request: HttpRequest, record_id: UUID, body: FinishIn) -> dict[str, Any]:
    """Finish the record; it stands on the customer's timeline then, and nothing in it changes any more."""
    actor = current(request)
    agreed = Agreed(body.task, body.due_on) if body.task.strip() else None
    done = finish_interview(
        record_id=record_id, written=body.written(), agreed=agreed, actor=actor, now=timezone.now()
    )
    return talk_out(done, actor)


@router.delete("/{record_id}", response={204: None}, operation_id="discard_interview")
def discard(request: HttpRequest, record_id: UUID) -> Status[None]:
    """Throw a draft of one's own away."""
    records.discard(record_id=record_id, actor=current(request))
    return Status(204, None)
