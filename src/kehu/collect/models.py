"""What was collected, as it came: sources, imports, records with immutable versions, events, the inbox, the quarantine."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from kehu.platform.db.transactions import CURRENT_TRANSACTION

IMPORT_STATES = ("uploaded", "queued", "running", "succeeded", "failed", "cancelled", "reverted")


class Source(models.Model):
    """A system that data comes from, with the trust (0-100) that survivorship gives its values.

    `mapping` and `reading` (by kind of file) are what a person decided for its last file, kept for the next one.
    """

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=64)
    trust = models.SmallIntegerField()
    unit = models.ForeignKey("govern.Unit", on_delete=models.PROTECT)
    write_key_digest = models.BinaryField(unique=True)
    write_key_hint = models.CharField(max_length=8)
    mapping = models.JSONField(default=dict)
    reading = models.JSONField(default=dict, db_default={})
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "collect_source"
        constraints = [
            models.CheckConstraint(condition=models.Q(trust__range=(0, 100)), name="trust_is_a_percentage")
        ]


class Import(models.Model):
    """One file on its way in. `position` is the last row that is written: a restart goes on behind it.

    `form` is how the file is read, `reading` the part of it that a person said and nobody guessed.
    """

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    unit = models.ForeignKey("govern.Unit", on_delete=models.PROTECT)
    actor_id = models.IntegerField(null=True)
    kind = models.CharField(max_length=16, default="customer")
    file_name_sealed = models.BinaryField()
    file_size = models.BigIntegerField()
    form = models.JSONField(default=dict)
    reading = models.JSONField(default=dict, db_default={})
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    is_dry_run = models.BooleanField(default=False)
    state = models.CharField(max_length=16)
    wish = models.CharField(max_length=16, blank=True)
    position = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_accepted = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    customers_created = models.BigIntegerField(default=0)
    customers_updated = models.BigIntegerField(default=0)
    reviews_opened = models.BigIntegerField(default=0)
    summary = models.JSONField(default=dict)
    fault = models.JSONField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    refusals_erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "collect_import"
        indexes = [models.Index(fields=["-created_at"], name="imports_by_time")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=IMPORT_STATES), name="import_state_is_known")
        ]


class Refusal(models.Model):
    """A row that was not taken: its cells and the reason, sealed with the key of its import."""

    import_ref = models.ForeignKey(Import, on_delete=models.CASCADE, db_column="import_id")
    row = models.BigIntegerField()
    reason_code = models.CharField(max_length=64)
    field = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "collect_refusal"
        constraints = [models.UniqueConstraint(fields=["import_ref", "row"], name="one_refusal_a_row")]


class Record(models.Model):
    """One thing a source knows, by the source's own key (kept as a blind index). Its versions hold what was said, when."""

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    key_index = models.BinaryField()
    party = models.CharField(max_length=1, default="p")
    unit_id = models.IntegerField()
    owner_id = models.IntegerField(null=True)
    version_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "collect_record"
        constraints = [models.UniqueConstraint(fields=["source", "key_index"], name="one_record_a_key")]


class RecordVersion(models.Model):
    """What a source said of a record at one time; never changed, only set aside when its import is reverted."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.CASCADE)
    previous_id = models.UUIDField(null=True)
    import_id = models.UUIDField(null=True)
    actor_id = models.IntegerField(null=True)
    received_at = models.DateTimeField()
    stated_at = models.DateTimeField()
    unit_id = models.IntegerField()
    owner_id = models.IntegerField(null=True)
    digest = models.BinaryField()
    stated = models.JSONField(default=list)
    plain = models.JSONField()
    sealed = models.BinaryField()
    reverted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "collect_record_version"
        indexes = [
            models.Index(
                fields=["import_id"], name="versions_by_import", condition=models.Q(import_id__isnull=False)
            )
        ]


class Event(models.Model):
    """Something that happened to the subject of a record. `(source, message)` is unique for ever."""

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    message_index = models.BinaryField()
    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    import_id = models.UUIDField(null=True)
    plain = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    written_in = models.BigIntegerField(db_default=CURRENT_TRANSACTION, editable=False)

    class Meta:
        db_table = "collect_event"
        constraints = [
            models.UniqueConstraint(fields=["source", "message_index"], name="one_event_a_message")
        ]
        indexes = [
            models.Index(fields=["record", "-happened_at"], name="events_of_a_record"),
            models.Index(
                fields=["import_id"], name="events_by_import", condition=models.Q(import_id__isnull=False)
            ),
            models.Index(fields=["source", "id"], name="events_by_arrival"),
            BrinIndex(fields=["written_in"], name="events_by_transaction", autosummarize=True),
        ]


class Inbox(models.Model):
    """A tracking batch that was acknowledged and waits to be applied; sealed with the staging key."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    received_at = models.DateTimeField()
    count = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "collect_inbox"


class InboxMark(models.Model):
    """One row: the highest inbox id that was applied, so that the web process can tell how much waits without reading."""

    applied_id = models.BigIntegerField()

    class Meta:
        db_table = "collect_inbox_mark"


class Quarantined(models.Model):
    """An event that could not be applied, with the reason, until it is replayed or dropped; the same event waits once."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    received_at = models.DateTimeField()
    content_index = models.BinaryField(null=True)
    reason_code = models.CharField(max_length=64)
    sealed = models.BinaryField()
    state = models.CharField(max_length=16, default="open")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "collect_quarantined"
        indexes = [models.Index(fields=["state", "-received_at"], name="quarantined_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["source", "content_index"], name="one_quarantine_an_event")
        ]
