"""A person writes a task for a customer; it is his own, in the customer's unit."""

from datetime import date, datetime
from uuid import UUID

from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.platform.errors import Conflict, Invalid
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.dossier import get_dossier
from kehu.relate.tasks.opening import NewTask, open_task


class TaskNotOpened(Conflict):
    """The task was opened at the same moment by somebody else."""

    code = "task_not_opened"


def plan_task(*, customer_id: UUID, title: str, due_on: date | None, actor: Actor, now: datetime) -> UUID:
    """Open a task for a customer of the actor's scope. Returns its id. Raises CustomerNotFound or Invalid."""
    actor.require("task.work")
    if not title.strip():
        raise Invalid(Text("写明要做什么。", "Say what is to be done."))
    dossier = get_dossier(customer_id, fields=registry())
    with acting(SYSTEM):
        made = open_task(
            NewTask(dossier.id, dossier.unit_id, actor.id, title.strip(), "staff", due_on), actor_id=actor.id, now=now
        )  # fmt: skip
    if made is None:
        raise TaskNotOpened(Text("没有建成，再试一次。", "It was not opened; try again."))
    return made
