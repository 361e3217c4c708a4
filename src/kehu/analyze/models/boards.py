"""Dashboards that people arrange of the cards that there are. A board holds no figure: each reader's are of his own scope."""

from django.db import models


class Board(models.Model):
    """A board of its owner's: cards in their order, each with its width. `version` counts the changes."""

    id = models.UUIDField(primary_key=True)
    owner_id = models.IntegerField()
    name = models.CharField(max_length=80)
    is_shared = models.BooleanField(default=False)
    cards = models.JSONField()
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "analyze_board"
        indexes = [models.Index(fields=["owner_id"], name="boards_of_an_owner")]
