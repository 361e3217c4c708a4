"""Tables of the platform: completed outcomes of idempotent requests. Answers are sealed, since they may show a customer."""

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
