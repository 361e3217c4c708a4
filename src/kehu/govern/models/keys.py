"""Wrapped keys. The root key is never here: without it these rows open nothing."""

from django.db import models


class KeyVersion(models.Model):
    """One version of a key, by purpose. It is used for what is new once activated, and looked for until retired."""

    purpose = models.CharField(max_length=16)
    version = models.SmallIntegerField()
    suite = models.CharField(max_length=8)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "govern_key_version"
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_key_a_version")]


class DataKey(models.Model):
    """The wrapped key of one source record, customer or upload. Deleting the row is the last step of erasure."""

    owner_id = models.UUIDField(primary_key=True)
    version = models.SmallIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        db_table = "govern_data_key"
        indexes = [models.Index(fields=["version"], name="data_key_by_version")]


class Erasure(models.Model):
    """What was erased, as a keyed digest, so that a restore can replay it without knowing who it was."""

    subject_digest = models.BinaryField()
    owner_ids_digest = models.JSONField(default=list)
    erased_at = models.DateTimeField()

    class Meta:
        db_table = "govern_erasure"
