"""Campaigns, and the ledger of what each has sent to whom: one row a campaign, step, customer and occurrence, for ever unique."""

from django.db import models

CAMPAIGN_STATES = ("draft", "running", "paused", "stopped", "finished")
SEND_STATES = ("planned", "claimed", "accepted", "refused", "unknown", "skipped", "held", "stopped")


class Campaign(models.Model):
    """What is sent to whom, when, and how it is measured.

    `variants` are {key, template, version, share}; `schedule` and `goal` are read by `campaigns/terms.py`. `seed` makes
    chance repeatable: who is held out and who gets which variant follows from it and the customer's id. `survey` is what
    `{{ survey_url }}` leads to, a link of his own for each recipient.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    segment = models.ForeignKey("analyze.Segment", on_delete=models.PROTECT)
    account = models.CharField(max_length=64)
    channel = models.CharField(max_length=32)
    variants = models.JSONField(default=list)
    holdout_share = models.FloatField(default=0)
    schedule = models.JSONField(default=dict)
    goal = models.JSONField(null=True)
    priority = models.SmallIntegerField(default=50)
    is_service = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default="draft")
    seed = models.CharField(max_length=32)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    watermark = models.BigIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    survey = models.ForeignKey("Survey", null=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "engage_campaign"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CAMPAIGN_STATES), name="campaign_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(holdout_share__gte=0) & models.Q(holdout_share__lt=1),
                name="some_are_not_held_out",
            ),
        ]


class Send(models.Model):
    """What one customer is to be sent, and what became of it; a reason where nothing was.

    `held` are those left out on purpose, to compare with. The customer is forgotten when he is erased, the row stays.
    """

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, db_index=False)
    step = models.SmallIntegerField(default=0)
    customer_id = models.UUIDField(null=True)
    occurrence = models.CharField(max_length=80)
    variant = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=16)
    reason = models.CharField(max_length=64, blank=True)
    attempts = models.SmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "engage_send"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "step", "customer_id", "occurrence"], name="sent_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SEND_STATES), name="send_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="sends_that_wait", condition=models.Q(state="planned")),
            models.Index(fields=["campaign", "state"], name="sends_of_a_campaign"),
            models.Index(fields=["customer_id", "-ended_at"], name="sends_to_a_customer"),
            models.Index(fields=["claimed_at"], name="sends_under_way", condition=models.Q(state="claimed")),
        ]
