"""The golden customer, what finds him, and what changed. Every value here can be computed again from the records."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class Customer(models.Model):
    """The golden record of a cluster: a pure function of its records and the survivorship rules.

    `consented` and `objected` are masks of purposes, by the bit of each purpose's version; they follow the ledger of consent.
    `closed` has a mask a channel, of purposes that may use another channel but not this one; null where there is none.
    """

    id = models.UUIDField(primary_key=True)
    party = models.CharField(max_length=1)
    unit_id = models.IntegerField()
    unit_set_id = models.IntegerField(null=True)
    owner_id = models.IntegerField(null=True)
    name = models.CharField(max_length=400)
    sort_key = models.CharField(max_length=200, db_collation="C")
    initials = models.CharField(max_length=64, db_collation="C")
    is_identified = models.BooleanField()
    record_count = models.IntegerField()
    completeness = models.SmallIntegerField()
    plain = models.JSONField()
    sealed = models.BinaryField()
    consented = models.BigIntegerField(default=0, db_default=0)
    objected = models.BigIntegerField(default=0, db_default=0)
    is_automation_objected = models.BooleanField(default=False, db_default=False)
    closed = ArrayField(models.BigIntegerField(), null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "profile_customer"
        indexes = [
            models.Index(fields=["written_in"], name="customers_by_transaction"),
            models.Index(fields=["sort_key", "id"], name="customers_by_name"),
            models.Index(fields=["-updated_at", "id"], name="customers_by_update"),
            models.Index(fields=["unit_id", "sort_key"], name="customers_of_a_unit"),
            models.Index(
                fields=["unit_set_id"],
                name="customers_of_a_set",
                condition=models.Q(unit_set_id__isnull=False),
            ),
            models.Index(
                fields=["owner_id", "sort_key"],
                name="customers_of_an_owner",
                condition=models.Q(owner_id__isnull=False),
            ),
        ]


class SearchToken(models.Model):
    """What a customer is found by: characters and pairs of the name, pinyin, initials, tails (as keyed digests)."""

    pk = models.CompositePrimaryKey("token", "sort_key", "customer_id")
    token = models.CharField(max_length=64, db_collation="C")
    sort_key = models.CharField(max_length=200, db_collation="C")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, db_constraint=False)

    class Meta:
        db_table = "profile_search_token"


class Change(models.Model):
    """That a golden record changed: when, by what, which fields. Values are computed from the records when asked."""

    id = models.UUIDField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, db_index=False)
    changed_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    import_id = models.UUIDField(null=True)
    source_id = models.IntegerField(null=True)
    actor_id = models.IntegerField(null=True)
    fields = models.JSONField(default=list)

    class Meta:
        db_table = "profile_change"
        indexes = [
            models.Index(fields=["customer", "-changed_at"], name="changes_of_a_customer"),
            models.Index(
                fields=["import_id"], name="changes_by_import", condition=models.Q(import_id__isnull=False)
            ),
        ]


class Relationship(models.Model):
    """A dated tie between two customers, with the role that each has for the other; it hangs on a record of each."""

    id = models.UUIDField(primary_key=True)
    record_id = models.UUIDField()
    other_record_id = models.UUIDField()
    role = models.CharField(max_length=32)
    reciprocal_role = models.CharField(max_length=32)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "profile_relationship"
        indexes = [
            models.Index(fields=["record_id"], name="ties_of_a_record"),
            models.Index(fields=["other_record_id"], name="ties_to_a_record"),
            BrinIndex(fields=["written_in"], name="ties_by_transaction", autosummarize=True),
        ]


class Tag(models.Model):
    """A word that people put on customers; who may make tags decides which there are."""

    name = models.CharField(max_length=20)
    meaning = models.CharField(max_length=200, blank=True)
    author_id = models.IntegerField(null=True)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "profile_tag"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="one_living_tag_a_name", condition=models.Q(is_archived=False)
            )
        ]


class Tagged(models.Model):
    """That a customer has a tag, by one of his records: from when, by whom, until somebody took it off."""

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="gen_random_uuid"))
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False)
    record_id = models.UUIDField()
    author_id = models.IntegerField(null=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.IntegerField(null=True)
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "profile_tagged"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "record_id"], name="once_a_record", condition=models.Q(ended_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["record_id"], name="tags_of_a_record"),
            BrinIndex(fields=["written_in"], name="tagged_by_transaction", autosummarize=True),
        ]


class SavedView(models.Model):
    """A list as somebody arranged it: filters, sort, columns. Its definition holds no search text."""

    id = models.UUIDField(primary_key=True)
    owner_id = models.IntegerField()
    name = models.CharField(max_length=100)
    is_shared = models.BooleanField(default=False)
    definition = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "profile_saved_view"
