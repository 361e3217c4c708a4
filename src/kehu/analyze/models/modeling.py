"""Models of analysis: what is computed of all customers together, in versions. What they come to are values of traits."""

from django.db import models


class AnalysisModel(models.Model):
    """A model with its definition in force: of value (`rfm`) or of the life of a customer (`lifecycle`).

    It takes only whom its purpose allows. `watermark` is the transaction up to which it was computed; 0: not computed.
    """

    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    used_for = models.CharField(max_length=400)
    purpose = models.CharField(max_length=64)
    definition = models.JSONField()
    version = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    watermark = models.BigIntegerField(default=0)

    class Meta:
        db_table = "analyze_model"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=("rfm", "lifecycle")), name="kinds_of_models")
        ]


class AnalysisModelVersion(models.Model):
    """A definition as it was published; never changed."""

    model = models.ForeignKey(AnalysisModel, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    author_id = models.IntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_model_version"
        constraints = [models.UniqueConstraint(fields=["model", "number"], name="one_model_version_a_number")]
