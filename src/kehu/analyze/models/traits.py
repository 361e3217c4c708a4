"""Computed traits: what is computed of every customer from what happened, in versions, and the values that stand now."""

from django.db import models
from django.db.models import Func

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class Trait(models.Model):
    """A trait with its definition in force. `watermark` is the transaction up to which its values are right; 0: not computed.

    `origin` says what computes it: `events` by its own definition, otherwise the model that it belongs to.
    """

    key = models.CharField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    unit = models.CharField(max_length=16)
    used_for = models.CharField(max_length=400)
    origin = models.CharField(max_length=16)
    kind = models.CharField(max_length=8)
    definition = models.JSONField()
    version = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    watermark = models.BigIntegerField(default=0)
    holders = models.IntegerField(default=0)

    class Meta:
        db_table = "analyze_trait"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("number", "text", "since")), name="kinds_of_traits"
            )
        ]


class TraitVersion(models.Model):
    """A definition as it was published; never changed."""

    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    author_id = models.IntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_trait_version"
        constraints = [models.UniqueConstraint(fields=["trait", "number"], name="one_trait_version_a_number")]


class TraitValue(models.Model):
    """What a trait comes to for one customer, and since when it does. Without either there is none, or it is 0.

    Of a trait of kind `since` the number is the second of the epoch at which it happened last: it does not age.
    """

    id = models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid"))
    trait_id = models.IntegerField()
    customer_id = models.UUIDField()
    number = models.FloatField(null=True)
    text = models.CharField(max_length=400, null=True)  # noqa: DJ001 (a value is a number or a text, and one of them null)
    as_of = models.DateTimeField()
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "analyze_trait_value"
        indexes = [
            models.Index(fields=["customer_id"], name="traits_of_a_customer"),
            models.Index(fields=["written_in"], name="traits_by_transaction"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trait_id", "customer_id"], name="one_value_a_trait"),
        ]
