"""How people are reached: the accounts to send with, who must not be sent to, and what was heard of each send."""

from django.db import models

ACCOUNT_KINDS = ("email", "webhook")
SUPPRESSION_REASONS = ("hard_bounce", "complaint", "manual", "import")
RECEIPT_KINDS = (
    "delivered", "bounced", "soft_bounced", "complained", "opened", "clicked", "unsubscribed",
)  # fmt: skip


class ChannelAccount(models.Model):
    """A server or an endpoint to send with. `settings` hold nothing secret; passwords and keys are in `secrets_sealed`.

    `limits` are {per_second, window_seconds, window_count, connections, messages_per_connection}.
    """

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=16)
    settings = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    secrets_sealed = models.BinaryField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "engage_channel_account"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ACCOUNT_KINDS), name="account_kind_is_known")
        ]


class Suppression(models.Model):
    """An address that is never sent to by a channel. Found by a mark of the address; the address itself is sealed.

    An imported or an erased one has the mark only.
    """

    id = models.UUIDField(primary_key=True)
    channel = models.CharField(max_length=32)
    address_index = models.BinaryField()
    sealed = models.BinaryField(null=True)
    reason = models.CharField(max_length=16)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engage_suppression"
        constraints = [
            models.UniqueConstraint(fields=["channel", "address_index"], name="suppressed_once"),
            models.CheckConstraint(
                condition=models.Q(reason__in=SUPPRESSION_REASONS), name="suppression_reason_is_known"
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="suppressions_by_time")]


class Receipt(models.Model):
    """What was heard of a send. What a machine opened or clicked is kept and marked, never counted as a person's."""

    id = models.BigAutoField(primary_key=True)
    send_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    is_machine = models.BooleanField(default=False)
    reason = models.CharField(max_length=64, blank=True)
    link = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "engage_receipt"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RECEIPT_KINDS), name="receipt_kind_is_known")
        ]
        indexes = [
            models.Index(fields=["send_id", "kind"], name="receipts_of_a_send"),
            models.Index(fields=["at"], name="receipts_by_time"),
        ]


class TrackedLink(models.Model):
    """A link of a template's version, by its place: the redirect goes to these and to nowhere else."""

    pk = models.CompositePrimaryKey("version_id", "place")
    version_id = models.CharField(max_length=64)
    place = models.SmallIntegerField()
    url = models.TextField()

    class Meta:
        db_table = "engage_tracked_link"


class DeadLetter(models.Model):
    """A message that an endpoint did not take, however often it was tried; sealed, so that it can be sent again."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    reason = models.CharField(max_length=64)
    attempts = models.SmallIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engage_dead_letter"
        indexes = [models.Index(fields=["-created_at"], name="dead_letters_by_time")]


class SinkMail(models.Model):
    """A mail that the demo's own mail server took, as it arrived; sealed, for it holds what is written to customers."""

    id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()
    size = models.IntegerField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "engage_sink_mail"
        indexes = [models.Index(fields=["-received_at"], name="sink_mails_by_time")]
