"""Personal links: made for customers, listed, and given out as a file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from kehu.api.edge.schemas import CSV
from kehu.api.govern.me import current
from kehu.engage.surveys import operations
from kehu.engage.surveys.invitations import Sent, list_invitations
from kehu.engage.surveys.inviting import LINK_DAYS
from kehu.flows.engage.surveys.invite import invite
from kehu.govern import audit
from kehu.govern.fields.presentation import shown_name
from kehu.standardize.values.cells import write_table

router = Router(tags=["surveys"])
MOST_ROWS = 10_000


class InviteIn(Schema):
    """Whom to invite, for what purpose, and for how many days the links last."""

    customer_ids: list[UUID] = Field(min_length=1, max_length=10_000)
    purpose: str = Field(min_length=1, max_length=64)
    days: int = Field(default=LINK_DAYS, ge=1, le=365)


class PersonalLinkOut(Schema):
    """A customer's link; `path` goes behind the address of this installation."""

    customer_id: UUID
    path: str
    ends_at: datetime


class InvitedOut(Schema):
    """The links, and how many customers were left out: not_seen, purpose, cool_down."""

    links: list[PersonalLinkOut]
    left_out: dict[str, int]


class InvitationOut(Schema):
    """One invitation; `path` is empty once it is answered, and for whoever may not invite."""

    id: UUID
    customer_id: UUID
    name: str
    created_at: datetime
    ends_at: datetime
    opened_at: datetime | None
    answered_at: datetime | None
    path: str


@router.post("/{survey_id}/invitations", response={201: InvitedOut}, operation_id="invite_to_survey")
def post_invitations(request: HttpRequest, survey_id: UUID, body: InviteIn) -> Status[dict[str, Any]]:
    """Make a personal link for each customer whom the purpose allows and no cool-down holds back."""
    made = invite(
        survey_id, body.customer_ids, purpose=body.purpose, actor=current(request), now=timezone.now(), days=body.days
    )  # fmt: skip
    links = [{"customer_id": o.customer_id, "path": o.path, "ends_at": o.ends_at} for o in made.links]
    return Status(201, {"links": links, "left_out": made.left_out})


@router.get("/{survey_id}/invitations", response=list[InvitationOut], operation_id="list_survey_invitations")
def get_invitations(
    request: HttpRequest, survey_id: UUID, before: UUID | None = None
) -> list[dict[str, Any]]:
    """Return the latest invitations within the reader's scope, 500 at most; `before` is the last id of the page before."""
    actor = current(request)
    actor.require("survey.read")
    survey = operations.get_survey(survey_id)
    may = actor.may("survey.invite")
    return [
        {
            "id": o.id, "customer_id": o.customer_id, "name": shown_name(o.name, actor), "created_at": o.created_at,
            "ends_at": o.ends_at, "opened_at": o.opened_at, "answered_at": o.answered_at, "path": o.path if may else "",
        }
        for o in list_invitations(survey.pk, before=before)
    ]  # fmt: skip


@router.get(
    "/{survey_id}/invitations.csv",
    response=None,
    openapi_extra={"responses": CSV},
    operation_id="export_survey_invitations",
)
def get_file(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Return the links that wait for an answer as a file, for whoever hands them out; audited."""
    actor = current(request)
    actor.require("survey.invite")
    survey = operations.get_survey(survey_id)
    waiting = [one for one in list_invitations(survey.pk, limit=MOST_ROWS) if one.path]
    audit.record(
        action="survey.links", actor_id=actor.id, now=timezone.now(), object_kind="survey", object_id=survey.pk,
        row_count=len(waiting), request_id=actor.request_id,
    )  # fmt: skip
    base = request.build_absolute_uri("/").rstrip("/")
    answer = HttpResponse(_rows(waiting, base), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="survey-links.csv"'
    return answer


def _rows(waiting: list[Sent], base: str) -> bytes:
    """Return the file: ids and links, no names, with the mark by which Excel knows UTF-8."""
    rows = ((one.customer_id, base + one.path, one.ends_at.isoformat()) for one in waiting)
    return write_table([("customer_id", "survey_url", "ends_at"), *rows])
