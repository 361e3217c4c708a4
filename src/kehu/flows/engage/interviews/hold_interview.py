"""A talk with a customer, from its first word to what it sets off: an event on his timeline, and a task where one was agreed.

The event carries scores and no word that was written, as that of an answered survey.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kehu.engage.interviews import records
from kehu.engage.interviews.guides import read_guide
from kehu.engage.interviews.records import Talk, Written
from kehu.flows.desk.plan_task import plan_task
from kehu.flows.engage.surveys.follow_up import write_happening
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.dossier import get_dossier
from kehu.resolve.operations import lock_resolution

EVENT = "interview_held"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed to be done, and by when."""

    title: str
    due_on: date | None = None


def begin_interview(*, guide_id: UUID, customer_id: UUID, actor: Actor, now: datetime) -> Talk:
    """Begin a record with a customer of the actor's scope. Raises CustomerNotFound, GuideNotFound or GuideStateWrong."""
    actor.require("customer.contact")
    lock_resolution()
    customer = get_dossier(customer_id, fields=registry()).id
    made = records.begin(guide_id=guide_id, customer_id=customer, actor=actor, now=now)
    return records.get_talk(made, actor=actor)


def finish_interview(
    *, record_id: UUID, written: Written, agreed: Agreed | None, actor: Actor, now: datetime
) -> Talk:
    """Finish a record: what is required is there, and nothing changes any more. Raises what `keep` and `plan_task` raise."""
    actor.require("customer.contact")
    lock_resolution()
    seen = records.get_talk(record_id, actor=actor)
    given = records.keep(record_id=record_id, written=written, actor=actor, now=now, is_done=True)
    scores = given.scores(read_guide(seen.definition))
    details = {
        "guide": seen.guide,
        "record": str(record_id),
        "way": written.way,
        "author": actor.name,
        **scores,
    }
    with acting(SYSTEM):
        write_happening(
            customer_id=seen.customer_id, name=EVENT, mark=f"interview:{record_id}", details=details,
            at=written.held_at, now=now,
        )  # fmt: skip
    if agreed is not None and agreed.title.strip():
        plan_task(
            customer_id=seen.customer_id, title=agreed.title, due_on=agreed.due_on, actor=actor, now=now
        )
    audit.record(
        action="interview.record", actor_id=actor.id, now=now, object_kind="customer", object_id=seen.customer_id,
        details={"guide_id": str(seen.guide_id), "record_id": str(record_id)}, request_id=actor.request_id,
    )  # fmt: skip
    return records.get_talk(record_id, actor=actor)
