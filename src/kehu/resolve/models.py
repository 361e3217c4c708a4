"""Who belongs together: clusters, the links that join records to them, identifiers, and what waits for a steward."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class Cluster(models.Model):
    """A customer's identity. A retired one forwards for ever, so that an id once given keeps its answer.

    `forwarded_to` is where it went, `living_id` where it leads in the end, through all that was merged since;
    `written_in` is the transaction that last said where it leads, and none where it never led anywhere.
    """

    id = models.UUIDField(primary_key=True)
    created_at = models.DateTimeField()
    forwarded_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    living_id = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)
    written_in = models.BigIntegerField(null=True, editable=False)

    class Meta:
        db_table = "resolve_cluster"
        indexes = [
            models.Index(
                fields=["written_in"],
                name="clusters_by_transaction",
                condition=models.Q(written_in__isnull=False),
            ),
            models.Index(
                fields=["living_id"], name="clusters_by_living", condition=models.Q(living_id__isnull=False)
            ),
        ]


class Link(models.Model):
    """A record's membership in a cluster, with reason, author and time; ended, never deleted, when it moves."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey("collect.Record", on_delete=models.CASCADE)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE)
    reason = models.CharField(max_length=32)
    evidence = models.JSONField(default=list)
    author_id = models.IntegerField(null=True)
    import_id = models.UUIDField(null=True)
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "resolve_link"
        indexes = [BrinIndex(fields=["written_in"], name="links_by_transaction", autosummarize=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], name="one_living_link", condition=models.Q(ended_at__isnull=True)
            )
        ]


class Identifier(models.Model):
    """A value that tells people apart, as a blind index, with the record that brought it and where it now belongs.

    Written by the resolver only, beside record and cluster; checking both references took a quarter of a commit.
    """

    pk = models.CompositePrimaryKey("record_id", "kind", "value")
    record = models.ForeignKey(
        "collect.Record", on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    kind = models.SmallIntegerField()
    value = models.BinaryField()
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, db_constraint=False)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "resolve_identifier"
        indexes = [models.Index(fields=["value", "kind"], name="identifiers_by_value")]


class IdentifierKind(models.Model):
    """How far a kind of identifier may be trusted to tell people apart. `limit` values per customer within `window_days`."""

    id = models.SmallIntegerField(primary_key=True)
    key = models.CharField(max_length=32, unique=True)
    priority = models.SmallIntegerField()
    strength = models.CharField(max_length=8)
    limit = models.SmallIntegerField()
    window_days = models.IntegerField(null=True)

    class Meta:
        db_table = "resolve_identifier_kind"


class BlockedValue(models.Model):
    """A value that is no identifier (zeros, 13800138000, 测试), of one kind or of any (`*`).

    Either `pattern`, a regular expression for the whole value, or `sealed`, one value, which may be somebody's number.
    """

    kind = models.CharField(max_length=32)
    pattern = models.CharField(max_length=200, default="")
    sealed = models.BinaryField(null=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "resolve_blocked_value"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "pattern"],
                name="one_pattern_a_kind",
                condition=models.Q(sealed__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=True) ^ models.Q(pattern=""), name="a_value_or_a_pattern"
            ),
        ]


class Review(models.Model):
    """A record and a cluster that share a strong identifier but contradict each other; a steward decides, and may say why."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey("collect.Record", on_delete=models.CASCADE)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE)
    reason = models.CharField(max_length=32)
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=16, default="open")
    import_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.IntegerField(null=True)
    note_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "resolve_review"
        constraints = [models.UniqueConstraint(fields=["record", "cluster"], name="one_review_a_pair")]
        indexes = [
            models.Index(fields=["state", "-opened_at"], name="reviews_by_state"),
            models.Index(
                fields=["-decided_at", "-id"],
                name="reviews_by_decision",
                condition=models.Q(decided_at__isnull=False),
            ),
        ]
