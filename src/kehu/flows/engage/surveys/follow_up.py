"""What an answer of a customer sets off: an event on his timeline, and a task where a rule calls the answer unhappy.

The event carries scores and no word that was written; so segments can ask for "NPS of 6 or less in the last 90 days".
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from kehu.collect.events import Happening, write_events
from kehu.collect.models import Source
from kehu.engage.models.surveys import Survey
from kehu.engage.surveys.answers.reading import Given
from kehu.engage.surveys.form.questions import Definition, text_of
from kehu.govern.fields.registry import registry
from kehu.govern.models.access import Unit
from kehu.platform.installation.environment import environment
from kehu.profile.dossier import get_dossier
from kehu.profile.survivorship import rank
from kehu.relate.tasks.opening import NewTask, open_task

SOURCE = "surveys"
EVENT = "survey_answered"
_HOME = "SELECT unit_id, owner_id FROM profile_customer WHERE id = %s"


def follow_up(
    *, survey: Survey, customer_id: UUID, answer_id: UUID, given: Given, definition: Definition, now: datetime
) -> None:
    """Write the event of an answer and open the task that the survey's rule asks for. In the system's scope."""
    details = {"survey": survey.name, **given.scores(definition)}
    write_happening(
        customer_id=customer_id, name=EVENT, mark=f"answer:{answer_id}", details=details, at=now, now=now
    )
    rule = survey.rule
    score = given.plain.get(rule["question"]) if rule else None
    if score is None or score > rule["at_most"]:
        return
    asked = definition.by_name()[rule["question"]]
    with connection.cursor() as cursor:
        cursor.execute(_HOME, [customer_id])
        unit_id, owner_id = cursor.fetchone()
    today = now.astimezone(ZoneInfo(environment().time_zone)).date()
    open_task(
        NewTask(
            customer_id=customer_id, unit_id=unit_id, owner_id=owner_id, reason="survey", cause=f"answer:{answer_id}",
            due_on=today + timedelta(days=rule["due_days"]),
            title=f"回访：问卷“{survey.name}”中“{text_of(asked.title)[:40]}”答了 {score} 分",
        ),
        actor_id=None, now=now,
    )  # fmt: skip


def write_happening(
    *, customer_id: UUID, name: str, mark: str, details: Mapping[str, Any], at: datetime, now: datetime
) -> None:
    """Write an event of the surveys on a customer's leading record; one mark is written once. In the system's scope."""
    dossier = get_dossier(customer_id, fields=registry())
    record = max(dossier.records, key=lambda r: rank(r.member, dossier.trusts)).member.record_id
    event = Happening(
        message_id=mark, record_id=record, kind="interaction", name=name, happened_at=at, received_at=now, details=details
    )  # fmt: skip
    write_events([event], source_id=_source(now).pk)


def _source(now: datetime) -> Source:
    """Return the source of what surveys and interviews learn, made when it is first needed."""
    root = Unit.objects.get(parent__isnull=True)
    found, _ = Source.objects.get_or_create(
        key=SOURCE,
        defaults={
            "name": "问卷与访谈", "kind": "survey", "trust": 60, "unit": root,
            "write_key_digest": secrets.token_bytes(32), "write_key_hint": "", "created_at": now,
        },
    )  # fmt: skip
    return found
