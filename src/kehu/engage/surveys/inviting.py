"""Invitations as rows: who was asked lately is left alone, and a message of a campaign carries a link of its own.

The invitation of a message has the id of its row in the ledger of sends: however often it is tried, the link is the same,
and the results know which campaign asked. A message that never reached him has not asked him.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.links import make_token
from kehu.platform.db import bulk
from kehu.platform.db.rows import uuid_array
from kehu.platform.installation.environment import environment

LINK_DAYS = 30
LOCK = 0x6B73757276
COLUMNS = ("id", "survey_id", "customer_id", "cause", "purpose", "author_id", "created_at", "ends_at")
_ASKED = """
SELECT DISTINCT w.id FROM unnest(%(ids)s::uuid[], %(customers)s::uuid[]) AS w(id, customer)
JOIN resolve_cluster k ON coalesce(k.living_id, k.id) = w.customer
JOIN engage_survey_invitation i ON i.customer_id = k.id AND i.id <> w.id
WHERE (i.created_at > %(any)s OR i.survey_id = %(survey)s AND i.created_at > %(same)s)
AND (i.opened_at IS NOT NULL OR i.answered_at IS NOT NULL OR NOT (
  EXISTS (SELECT 1 FROM engage_send s WHERE s.id = i.id AND s.state IN ('refused', 'skipped', 'stopped'))
  OR EXISTS (SELECT 1 FROM engage_receipt r WHERE r.send_id = i.id AND r.kind = 'bounced')))
"""


def asked_lately(survey: Survey, people: Mapping[UUID, UUID], *, now: datetime) -> set[UUID]:
    """Return which of the invitations to be are of customers who were asked a short while ago.

    `people` are living customers by the id of their invitation: one that is there already is not in its own way.
    Whoever invites holds the lock until its transaction ends, so that nobody is asked by two at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            _ASKED,
            {
                "ids": uuid_array(people), "customers": uuid_array(list(people.values())), "survey": survey.pk,
                "any": now - timedelta(days=environment().survey_cool_down_days),
                "same": now - timedelta(days=survey.cool_down_days),
            },
        )  # fmt: skip
        return {row[0] for row in cursor.fetchall()}


def invite_by_message(
    survey: Survey, sends: Mapping[UUID, UUID], *, purpose: str, author_id: int | None, now: datetime
) -> None:
    """Write the invitations of messages: customers by the id of their row. One that is there stays. In the system's scope."""
    ends_at = now + timedelta(days=LINK_DAYS)
    rows = [
        (send_id, survey.pk, customer_id, None, purpose, author_id, now, ends_at)
        for send_id, customer_id in sends.items()
    ]
    bulk.insert("engage_survey_invitation", COLUMNS, rows, conflict="ON CONFLICT DO NOTHING")


def url_of(send_id: UUID) -> str:
    """Return the address in a message; the link stands behind `#`, which no server and no log sees."""
    return f"{environment().public_url}/survey#{make_token('p', send_id)}"
