"""Templates of messages: what is said, in versions that never change. They hold no customer; values come when they are rendered."""

from django.db import models


class Template(models.Model):
    """A message for one purpose and one kind of channel. `purpose` is the purpose's key: it decides which fields may be used."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    channel = models.CharField(max_length=32, default="email")
    purpose = models.CharField(max_length=64)
    current = models.ForeignKey("TemplateVersion", null=True, on_delete=models.PROTECT, related_name="+")
    is_archived = models.BooleanField(default=False)
    owner_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engage_template"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="one_living_template_a_name", condition=models.Q(is_archived=False)
            )
        ]


class TemplateVersion(models.Model):
    """A message as it was saved. `source` is MJML with Liquid; `missing` says by variable what to do without a value.

    `blocks` is what the block editor shows; null where the source was written by hand.
    """

    id = models.UUIDField(primary_key=True)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    source = models.TextField()
    missing = models.JSONField(default=dict)
    blocks = models.JSONField(null=True)
    author_id = models.IntegerField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "engage_template_version"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_template_version_a_number"),
            models.CheckConstraint(condition=models.Q(language__in=["zh", "en"]), name="template_languages"),
        ]
