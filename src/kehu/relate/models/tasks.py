"""Tasks: something that somebody is to do for a customer."""

from django.db import models

TASK_STATES = ("open", "doing", "done")


class Task(models.Model):
    """Something to do. What people write (`title`, notes, outcome) is sealed under a key of the task's own.

    Without an owner it waits for anybody of its unit. `reason` says what opened it, `cause` keeps it from being opened twice.
    `customer_id` is the id under which it was opened and stays when customers are merged.
    """

    id = models.UUIDField(primary_key=True)
    customer_id = models.UUIDField()
    unit_id = models.IntegerField()
    owner_id = models.IntegerField(null=True)
    state = models.CharField(max_length=8, default="open")
    reason = models.CharField(max_length=32)
    cause = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (null: many without a cause)
    due_on = models.DateField(null=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_id = models.IntegerField(null=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "relate_task"
        indexes = [
            models.Index(fields=["owner_id", "state", "due_on"], name="tasks_of_an_owner"),
            models.Index(fields=["unit_id", "state", "due_on"], name="tasks_of_a_unit"),
            models.Index(fields=["customer_id"], name="tasks_of_a_customer"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=TASK_STATES), name="states_of_tasks"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="done_tasks_say_when",
            ),
        ]
