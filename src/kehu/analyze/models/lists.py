"""Lists of customers that somebody pasted or uploaded: by the records that the numbers stood in, never the numbers.

A record leads to whoever it belongs to now, so that a list follows merges and splits, and goes with an erased customer.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class CustomerList(models.Model):
    """A list with its version in force; each version is a paste or a file."""

    name = models.CharField(max_length=100)
    version = models.IntegerField(default=1)
    owner_id = models.IntegerField(null=True)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_list"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="one_living_list_a_name", condition=models.Q(is_archived=False)
            )
        ]


class ListVersion(models.Model):
    """One paste: by what it was matched, and how many of its values led to whom. It holds none of them."""

    list = models.ForeignKey(CustomerList, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    by = models.CharField(max_length=32)
    mode = models.CharField(max_length=8)
    given = models.IntegerField()
    matched = models.IntegerField()
    shared = models.IntegerField()
    unmatched = models.IntegerField()
    doubled = models.IntegerField()
    refused = models.IntegerField()
    customers = models.IntegerField()
    author_id = models.IntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_list_version"
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="one_list_version_a_number"),
            models.CheckConstraint(condition=models.Q(mode__in=("replace", "add")), name="modes_of_lists"),
        ]


class ListMember(models.Model):
    """A record that is on a list from one version on, until another took it off."""

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="gen_random_uuid"))
    list = models.ForeignKey(CustomerList, on_delete=models.CASCADE, db_index=False)
    record_id = models.UUIDField()
    added_in = models.IntegerField()
    ended_in = models.IntegerField(null=True)
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "analyze_list_member"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "record_id"], name="once_on_a_list", condition=models.Q(ended_in=None)
            )
        ]
        indexes = [
            models.Index(fields=["record_id"], name="lists_of_a_record"),
            BrinIndex(fields=["written_in"], name="list_members_by_transaction", autosummarize=True),
        ]
