"""Approvals: somebody asks, somebody else decides. What a decision sets off is a flow's."""

from django.db import models

APPROVAL_STATES = ("open", "approved", "rejected", "withdrawn")


class Approval(models.Model):
    """A request to have something approved as it is: `digest` tells what exactly, so that a later change is no longer approved."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=32)
    object_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    asker_id = models.IntegerField(null=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="open")
    decider_id = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    note_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "govern_approval"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="one_open_approval", condition=models.Q(state="open")
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=APPROVAL_STATES), name="approval_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(decider_id=None) | ~models.Q(decider_id=models.F("asker_id")),
                name="nobody_approves_himself",
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id", "-asked_at"], name="approvals_of_an_object")]
