"""The audit trail: events written in the transaction of what they report, sealed in Merkle batches afterwards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AuditEvent(models.Model):
    """Who did what to which object, why, and how it ended. References and counts, never values."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.IntegerField(null=True)
    actor_kind = models.CharField(max_length=8)
    action = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=32, blank=True)
    object_ref = models.CharField(max_length=64, blank=True)
    fields = ArrayField(models.CharField(max_length=64), default=list)
    reason_sealed = models.BinaryField(null=True)
    decision = models.CharField(max_length=8, default="done")
    row_count = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "govern_audit_event"
        indexes = [
            models.Index(fields=["-at"], name="audit_by_time"),
            models.Index(fields=["object_ref", "-at"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
        ]


class AuditBatch(models.Model):
    """A sealed batch: the Merkle root of its events, chained to the batch before and signed (Ed25519).

    `leaves` holds id (16 bytes) and leaf (32 bytes) of each event in order, so that a missing one can be named.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    count = models.IntegerField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    head = models.BinaryField()
    signature = models.BinaryField()
    key_version = models.SmallIntegerField()
    up_to_xid = models.BigIntegerField()

    class Meta:
        db_table = "govern_audit_batch"
