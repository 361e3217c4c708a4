"""Stays in the stages of a lifecycle: what a customer's stage was, from when until when."""

from django.db import models

from kehu.analyze.models.modeling import AnalysisModel


class Stay(models.Model):
    """One stay of a customer in a stage; the open one has no end. `is_traced`: found afterwards, from what had happened."""

    id = models.BigAutoField(primary_key=True)
    model = models.ForeignKey(AnalysisModel, on_delete=models.CASCADE, db_index=False)
    customer_id = models.UUIDField()
    stage = models.CharField(max_length=32)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    is_traced = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "analyze_stay"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "customer_id"], name="one_open_stage", condition=models.Q(left_at=None)
            ),
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(left_at__gte=models.F("entered_at")),
                name="stage_left_after_entering",
            ),
        ]
        indexes = [
            models.Index(fields=["model", "entered_at"], name="stays_by_entry"),
            models.Index(fields=["customer_id"], name="stages_of_a_customer"),
        ]
