"""Tables of the platform: completed outcomes of requests (sealed, since they may show a customer), and the files of the lake."""

from django.db import models


class IdempotentOutcome(models.Model):
    """The completed answer to one request, by actor and key; another body under the same key is refused."""

    actor_id = models.IntegerField()
    key = models.CharField(max_length=255)
    request_digest = models.BinaryField()
    status = models.SmallIntegerField()
    sealed = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_idempotent_outcome"
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="one_outcome_a_key")]


class LakeDataset(models.Model):
    """A dataset of the lake. `watermark` is the transaction up to which it is complete, `shape` the digest of its columns."""

    name = models.CharField(max_length=32, primary_key=True)
    watermark = models.BigIntegerField()
    shape = models.CharField(max_length=64, default="")
    synced_at = models.DateTimeField()

    class Meta:
        db_table = "platform_lake_dataset"


class LakeFile(models.Model):
    """A file of the lake; one that was taken out of its dataset stays for a while, for those who read it."""

    dataset = models.ForeignKey(LakeDataset, on_delete=models.CASCADE)
    name = models.CharField(max_length=200, unique=True)
    part = models.CharField(max_length=32, blank=True)
    rows = models.BigIntegerField()
    size = models.BigIntegerField()
    is_delta = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "platform_lake_file"
        indexes = [
            models.Index(
                fields=["dataset", "id"],
                name="lake_files_in_use",
                condition=models.Q(removed_at__isnull=True),
            )
        ]


class Gone(models.Model):
    """That a row which the lake mirrors was deleted, so that what was copied of it goes, too."""

    dataset = models.CharField(max_length=32)
    key = models.UUIDField()
    written_in = models.BigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        db_table = "platform_gone"
        indexes = [models.Index(fields=["dataset", "written_in"], name="gone_by_transaction")]
