"""Offers: what may be recommended, to whom by rule, and what became of it with each customer."""

from django.db import models

KINDS = ("product", "service", "benefit", "invitation")
OUTCOMES = ("shown", "held", "interested", "accepted", "declined")
DECLINED_BECAUSE = ("no_need", "elsewhere", "terms", "later", "other")


class Offer(models.Model):
    """Something that may be recommended. Whom it suits and who is left out are definitions of segments.

    A version is counted up when the rule changes, so that an outcome tells by which rule it came about. `holdout_share`
    is the share (0 to 0.5) that is never shown it; who they are follows from the key and the customer's id. Rests are
    in days. `goal_event` is the name of the event by which customers of either group are seen to have taken it.
    """

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    description_zh = models.CharField(max_length=500, blank=True)
    description_en = models.CharField(max_length=500, blank=True)
    reason_zh = models.CharField(max_length=500)
    reason_en = models.CharField(max_length=500)
    purpose = models.CharField(max_length=64)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    priority = models.SmallIntegerField(default=50)
    eligibility = models.JSONField()
    suppression = models.JSONField(null=True)
    version = models.IntegerField(default=1)
    holdout_share = models.FloatField(default=0)
    rest_after_shown = models.IntegerField(default=30)
    rest_after_answer = models.IntegerField(default=180)
    goal_event = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "engage_offer"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="offer_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(priority__gte=1) & models.Q(priority__lte=100), name="offer_priority_in_bounds"
            ),
            models.CheckConstraint(
                condition=models.Q(holdout_share__gte=0) & models.Q(holdout_share__lte=0.5),
                name="offer_holdout_in_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(rest_after_shown__gte=0) & models.Q(rest_after_answer__gte=0),
                name="offer_rests_in_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None) | models.Q(ends_on=None)
                | models.Q(starts_on__lte=models.F("ends_on")),
                name="offer_starts_before_it_ends",
            ),
        ]  # fmt: skip


class OfferOutcome(models.Model):
    """What became of an offer with a customer, by whom and where; never changed. The words said are an event of his.

    `held` is the twin of `shown` for who is held out: it would have been shown, and was not. `customer_id` is the id of
    that time; what followed a merge is asked through `resolve_cluster`.
    """

    id = models.UUIDField(primary_key=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, db_index=False)
    version = models.IntegerField()
    customer_id = models.UUIDField()
    outcome = models.CharField(max_length=16)
    because = models.CharField(max_length=16, blank=True)
    place = models.CharField(max_length=32)
    author_id = models.IntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "engage_offer_outcome"
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="offer_outcome_is_known"),
            models.CheckConstraint(
                condition=models.Q(because="")
                | models.Q(outcome="declined", because__in=DECLINED_BECAUSE),
                name="offer_reason_is_known",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["customer_id", "at"], name="offer_outcomes_of_a_customer"),
            models.Index(fields=["offer", "at"], name="offer_outcomes_by_time"),
        ]
