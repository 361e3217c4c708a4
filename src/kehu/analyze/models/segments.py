"""Segments as they are kept: what was defined, in versions, and who was in from when until when.

Members are by the customer's id of that time; what followed a merge is asked through `resolve_cluster`, as consent is.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class Segment(models.Model):
    """A saved definition with a purpose. `watermark` is the transaction up to which its members are known; 0: not yet."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=64)
    current = models.ForeignKey("SegmentVersion", null=True, on_delete=models.PROTECT, related_name="+")
    owner_id = models.IntegerField(null=True)
    is_archived = models.BooleanField(default=False)
    watermark = models.BigIntegerField(default=0)
    refreshed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_segment"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="one_living_segment_a_name", condition=models.Q(is_archived=False)
            )
        ]


class SegmentVersion(models.Model):
    """A definition as it was saved; never changed. `uses` are the segments that it names."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    uses = models.JSONField(default=list)
    author_id = models.IntegerField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_segment_version"
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="one_definition_a_number")]


class Membership(models.Model):
    """One stay of a customer in a segment; the open one has no end. A stay that ended is kept."""

    id = models.BigAutoField(primary_key=True)
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, db_index=False)
    customer_id = models.UUIDField()
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "analyze_membership"
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "customer_id"], name="one_open_stay", condition=models.Q(left_at=None)
            ),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(left_at__gte=models.F("entered_at")),
                name="left_after_entering",
            ),
        ]
        indexes = [
            models.Index(fields=["customer_id"], name="stays_of_a_customer"),
            models.Index(fields=["segment", "left_at"], name="stays_by_end"),
            BrinIndex(fields=["written_in"], autosummarize=True, name="stays_by_transaction"),
        ]


class SegmentDue(models.Model):
    """When time alone may next change whether a customer is a member, for those whose time comes soon."""

    pk = models.CompositePrimaryKey("segment_id", "customer_id")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, db_index=False)
    customer_id = models.UUIDField()
    due_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_segment_due"
        indexes = [models.Index(fields=["due_at"], name="dues_by_time")]


class Snapshot(models.Model):
    """A moment of a segment that was given a name: how many there were, and a digest of who."""

    id = models.UUIDField(primary_key=True)
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE)
    version = models.ForeignKey(SegmentVersion, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    taken_at = models.DateTimeField()
    count = models.IntegerField()
    digest = models.CharField(max_length=64)
    author_id = models.IntegerField(null=True)

    class Meta:
        db_table = "analyze_snapshot"
