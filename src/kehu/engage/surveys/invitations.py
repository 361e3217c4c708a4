"""Invitations as staff read them: who was invited to a survey, and where each stands, within the open scope."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from kehu.engage.surveys.links import make_token

PAGE = 500
_LIST = """
SELECT i.id, c.id, c.name, i.created_at, i.ends_at, i.opened_at, i.answered_at
FROM engage_survey_invitation i JOIN resolve_cluster k ON k.id = i.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
WHERE i.survey_id = %(survey)s AND i.id < %(before)s ORDER BY i.id DESC LIMIT %(limit)s
"""
_LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Sent:
    """One invitation; `path` is its link, empty once it is answered."""

    id: UUID
    customer_id: UUID
    name: str
    created_at: datetime
    ends_at: datetime
    opened_at: datetime | None
    answered_at: datetime | None
    path: str


def list_invitations(survey_id: UUID, *, before: UUID | None = None, limit: int = PAGE) -> list[Sent]:
    """Return invitations, the latest first, those before an id where one is given."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, {"survey": survey_id, "before": before or _LAST, "limit": limit})
        rows = cursor.fetchall()
    return [Sent(*(*row, "" if row[6] else f"/survey#{make_token('p', row[0])}")) for row in rows]
