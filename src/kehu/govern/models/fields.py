"""The field registry: what is known of a customer, and how each piece is read, protected, searched and chosen."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Field(models.Model):
    """One field. Core ones come with the release; packs and users add rows, never columns."""

    key = models.CharField(max_length=64, primary_key=True)
    label_zh = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    section = models.CharField(max_length=32)
    standard = models.CharField(max_length=32)
    party = models.CharField(max_length=16, default="any")
    data_class = models.CharField(max_length=4, default="C1")
    is_sealed = models.BooleanField(default=False)
    identifier = models.CharField(max_length=32, blank=True)
    is_listed = models.BooleanField(default=False)
    survivorship = models.CharField(max_length=32, default="trust")
    synonyms = ArrayField(models.CharField(max_length=100), default=list)
    origin = models.CharField(max_length=32, default="core")
    position = models.SmallIntegerField(default=1000)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "govern_field"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(data_class="C1") | models.Q(is_sealed=True) | models.Q(section="figures"),
                name="personal_fields_are_sealed",
            )
        ]


class FieldSealing(models.Model):
    """The sealing of what lay clear of a field before its class was raised: what there was, what is done, by whom it was asked.

    `total` is null until it was counted. The row stays as the account of it; that a value is left shows in the rows themselves.
    """

    field = models.OneToOneField(Field, primary_key=True, on_delete=models.PROTECT, related_name="sealing")
    actor_id = models.IntegerField(null=True)
    requested_at = models.DateTimeField()
    total = models.BigIntegerField(null=True)
    versions = models.BigIntegerField(default=0)
    customers = models.BigIntegerField(default=0)
    views = models.IntegerField(default=0)
    imports = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "govern_field_sealing"
