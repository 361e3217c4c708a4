"""Opening a task: by a rule, once for a cause, or by a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kehu.govern import audit
from kehu.govern.sealing.blobs import seal
from kehu.govern.sealing.data_keys import create_data_key, destroy_data_keys
from kehu.govern.sealing.keyring import keyring
from kehu.platform.ids import new_id
from kehu.relate.models.tasks import Task

PLACE = "relate_task.sealed"


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is to be done for a customer, in whose unit, by whom, until when. Without an owner it waits for the unit."""

    customer_id: UUID
    unit_id: int
    owner_id: int | None
    title: str
    reason: str
    due_on: date | None = None
    cause: str | None = None


def open_task(new: NewTask, *, actor_id: int | None, now: datetime) -> UUID | None:
    """Open a task in the system's scope; None where its cause has opened one already."""
    task_id = new_id()
    if new.cause is not None and Task.objects.filter(cause=new.cause).exists():
        return None
    sealed = seal(
        keyring().suite, create_data_key(task_id), {"title": new.title, "notes": []}, PLACE, task_id
    )
    try:
        with transaction.atomic():
            Task.objects.create(
                id=task_id, customer_id=new.customer_id, unit_id=new.unit_id, owner_id=new.owner_id, reason=new.reason,
                cause=new.cause, due_on=new.due_on, author_id=actor_id, created_at=now, updated_at=now, sealed=sealed,
            )  # fmt: skip
    except IntegrityError:
        destroy_data_keys([task_id])
        return None
    audit.record(
        action="task.open", actor_id=actor_id, now=now, object_kind="task", object_id=task_id,
        details={"reason": new.reason, "owner_id": new.owner_id},
    )  # fmt: skip
    return task_id


def forget(customer_ids: list[UUID]) -> None:
    """Erase the tasks of customers, with their keys. In the system's scope."""
    ids = list(Task.objects.filter(customer_id__in=customer_ids).values_list("pk", flat=True))
    destroy_data_keys(ids)
    Task.objects.filter(pk__in=ids).delete()
