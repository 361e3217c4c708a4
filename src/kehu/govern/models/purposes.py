"""What personal data may be used for, and what each person has said to it. The ledger only grows."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION


class Purpose(models.Model):
    """Something that data is used for (服务关怀, 营销). Never deleted, only put out of use."""

    key = models.CharField(max_length=64, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    current = models.ForeignKey("PurposeVersion", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "govern_purpose"


class PurposeVersion(models.Model):
    """The terms of a purpose as they were published. Consent holds for one version: other terms are asked for anew.

    `bit` is its place in a customer's masks. One that was replaced keeps it until it is wiped off every customer, so that
    no other purpose ever begins with the consent given to this one.
    """

    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    bit = models.SmallIntegerField(null=True)
    legal_basis = models.CharField(max_length=16)
    data_classes = ArrayField(models.CharField(max_length=4))
    channels = ArrayField(models.CharField(max_length=32))
    retention_days = models.IntegerField()
    is_automated = models.BooleanField(default=False)
    is_separate = models.BooleanField(default=False)
    notice = models.JSONField()
    notice_hash = models.CharField(max_length=64)
    author_id = models.IntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "govern_purpose_version"
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["bit"], name="one_version_a_bit", condition=models.Q(bit__isnull=False)
            ),
            models.CheckConstraint(condition=models.Q(bit__range=(0, 61)), name="bits_of_a_mask"),
            models.CheckConstraint(
                condition=models.Q(retention_days__range=(1, 36_500)), name="retention_is_bounded"
            ),
        ]


class ConsentVoid(models.Model):
    """An import of consents that was taken back: its entries stay in the ledger as they were written, and count no more."""

    import_id = models.UUIDField(primary_key=True)
    author_id = models.IntegerField(null=True)
    voided_at = models.DateTimeField()

    class Meta:
        db_table = "govern_consent_void"


class Consent(models.Model):
    """An entry of the ledger: what one person said, when, by which way, with what proof. Never changed.

    `customer_id` is the id under which it was said and stays when customers are merged. Without a purpose it is about
    automated decisions. `said_at` is when it was said, `recorded_at` when Kehu learnt of it.
    """

    id = models.UUIDField(primary_key=True)
    customer_id = models.UUIDField()
    purpose_version = models.ForeignKey(PurposeVersion, null=True, on_delete=models.PROTECT)
    channel = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    evidence_sealed = models.BinaryField(null=True)
    author_id = models.IntegerField(null=True)
    import_id = models.UUIDField(null=True)
    said_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "govern_consent"
        indexes = [
            BrinIndex(fields=["written_in"], autosummarize=True, name="consents_by_transaction"),
            models.Index(fields=["customer_id", "recorded_at"], name="consents_of_a_customer"),
            models.Index(
                fields=["valid_until"],
                name="consents_that_end",
                condition=models.Q(valid_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["given", "refused", "withdrawn", "expired", "objected", "lifted"]
                ),
                name="states_of_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose_version__isnull=False)
                ^ models.Q(state__in=["objected", "lifted"]),
                name="objections_have_no_purpose",
            ),
        ]
