"""Inviting customers: a personal link each, for those whom the purpose allows and who were not asked a short while ago.

Sending the links is another matter: by a campaign, or by the manager himself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.answers.collecting import require_open
from kehu.engage.surveys.faults import SurveyStateWrong
from kehu.engage.surveys.inviting import COLUMNS, LINK_DAYS, asked_lately
from kehu.engage.surveys.links import make_token
from kehu.engage.surveys.operations import get_survey
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.purposes.gate import open_gate
from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

_REACHED = """
SELECT DISTINCT c.id, {allowed} FROM resolve_cluster k JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
WHERE k.id = ANY(%s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A customer's link; `path` goes behind the address of this installation."""

    customer_id: UUID
    path: str
    ends_at: datetime


@dataclass(slots=True)
class Invited:
    """The links that were made, and how many customers were left out for which reason."""

    links: list[PersonalLink] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def invite(
    survey_id: UUID,
    customer_ids: Collection[UUID],
    *,
    purpose: str,
    actor: Actor | None,
    now: datetime,
    days: int = LINK_DAYS,
) -> Invited:
    """Make a link for each of these customers whom the open scope sees, the purpose allows and no cool-down holds back.

    With an actor he needs `survey.invite`; without one it is Kehu's own work in the system's scope. Left out are counted
    as not_seen, purpose or cool_down. Raises PurposeMissing, SurveyNotFound, SurveyNotOpen or SurveyStateWrong.
    """
    if actor is not None:
        actor.require("survey.invite")
    survey = get_survey(survey_id)
    require_open(survey, now)
    if survey.mode != "personal":
        raise SurveyStateWrong(
            Text(
                "这份问卷用公开链接，不邀请个人。", "This survey has an open link and invites nobody by name."
            )
        )
    allowed, made = _allowed(customer_ids, purpose)
    made.left_out["not_seen"] = len(set(customer_ids)) - len(allowed)
    made.left_out["purpose"] = sum(not may for may in allowed.values())
    reached = [customer_id for customer_id, may in allowed.items() if may]
    with acting(SYSTEM):
        call = Call(survey, purpose, now + timedelta(days=days), actor.id if actor else None)
        write_invitations(call, dict.fromkeys(reached), made, now=now)
    audit.record(
        action="survey.invite", actor_id=actor.id if actor else None, now=now, object_kind="survey", object_id=survey.pk,
        row_count=len(made.links), details={"purpose": purpose, "left_out": made.left_out},
        request_id=actor.request_id if actor else "",
    )  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Call:
    """What the invitations of one call share."""

    survey: Survey
    purpose: str
    ends_at: datetime
    actor_id: int | None = None


def write_invitations(call: Call, causes: Mapping[UUID, str | None], made: Invited, *, now: datetime) -> None:
    """Write invitations of living customers, with the event that called for each; those in a cool-down are left out."""
    survey = call.survey
    asked = asked_lately(survey, {one: one for one in causes}, now=now)
    rows = [
        (new_id(), survey.pk, customer_id, cause, call.purpose, call.actor_id, now, call.ends_at)
        for customer_id, cause in causes.items()
        if customer_id not in asked
    ]
    made.left_out["cool_down"] = made.left_out.get("cool_down", 0) + len(causes) - len(rows)
    bulk.insert("engage_survey_invitation", COLUMNS, rows, conflict="ON CONFLICT DO NOTHING")
    made.links += [PersonalLink(row[2], f"/survey#{make_token('p', row[0])}", call.ends_at) for row in rows]


def _allowed(customer_ids: Collection[UUID], purpose: str) -> tuple[dict[UUID, bool], Invited]:
    gate = open_gate(purpose)
    with connection.cursor() as cursor:
        cursor.execute(
            _REACHED.format(allowed=gate.condition("c")), [uuid_array(list(dict.fromkeys(customer_ids)))]
        )
        return dict(cursor.fetchall()), Invited()
