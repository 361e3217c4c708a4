"""Questionnaires: published in versions, sent by links, answered once. What an anonymous one holds leads to nobody."""

from django.db import models

MODES = ("personal", "open", "anonymous")
STATES = ("draft", "open", "closed")


class Survey(models.Model):
    """A questionnaire. `draft` is what is being written; people see the version in force.

    `rule` opens a task for an unhappy answer, or is empty. What asks after an event is a campaign.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    mode = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default="draft")
    draft = models.JSONField()
    current = models.ForeignKey("SurveyVersion", null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField(default=dict)
    cool_down_days = models.SmallIntegerField(default=90)
    threshold = models.SmallIntegerField(default=10)
    closes_at = models.DateTimeField(null=True)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "engage_survey"
        constraints = [
            models.CheckConstraint(condition=models.Q(mode__in=MODES), name="modes_of_surveys"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="states_of_surveys"),
            models.CheckConstraint(
                condition=models.Q(cool_down_days__range=(0, 3650)), name="cool_down_is_bounded"
            ),
            models.CheckConstraint(condition=models.Q(threshold__range=(5, 1000)), name="threshold_protects"),
        ]


class SurveyVersion(models.Model):
    """The questions as they were published; never changed."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    definition = models.JSONField()
    author_id = models.IntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "engage_survey_version"
        constraints = [
            models.UniqueConstraint(fields=["survey", "version"], name="one_questionnaire_a_number")
        ]


class Quota(models.Model):
    """How many answers are wanted, of all or of those who chose `value` at `question`. The database lets no more in."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="quotas")
    question = models.CharField(max_length=32, blank=True)
    value = models.CharField(max_length=32, blank=True)
    most = models.IntegerField()
    taken = models.IntegerField(default=0)

    class Meta:
        db_table = "engage_survey_quota"
        constraints = [
            models.UniqueConstraint(fields=["survey", "question", "value"], name="one_quota_a_value"),
            models.CheckConstraint(
                condition=models.Q(taken__gte=0, taken__lte=models.F("most")), name="quota_is_not_passed"
            ),
        ]


class Invitation(models.Model):
    """A link for one customer. `cause` is the event that called for it: one event invites once.

    `customer_id` is the id under which he was invited and stays when customers are merged.
    """

    id = models.UUIDField(primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT)
    customer_id = models.UUIDField()
    cause = models.CharField(max_length=64, null=True)  # noqa: DJ001 (null: many without a cause are no duplicates)
    purpose = models.CharField(max_length=64)
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "engage_survey_invitation"
        indexes = [models.Index(fields=["customer_id", "created_at"], name="invitations_of_a_customer")]
        constraints = [models.UniqueConstraint(fields=["survey", "cause"], name="one_event_invites_once")]


class Answer(models.Model):
    """A whole answer: of a customer, or of whoever holds an open link (`customer_id` is empty then).

    `plain` are choices and figures, `sealed` what was written freely, under a key of its own.
    """

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT)
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.PROTECT)
    customer_id = models.UUIDField(null=True)
    ticket = models.BinaryField(null=True, unique=True)
    language = models.CharField(max_length=8)
    source = models.CharField(max_length=16)
    answered_at = models.DateTimeField()
    plain = models.JSONField()
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "engage_survey_answer"
        indexes = [
            models.Index(fields=["version", "answered_at"], name="answers_by_time"),
            models.Index(fields=["customer_id"], name="answers_of_a_customer"),
        ]


class AnonymousAnswer(models.Model):
    """An answer that leads to nobody: a random id, the Monday of its week, no link, no address.

    Of the order of arrival only the `batch` is kept: each has as many answers as the threshold, and is told of as a whole.
    """

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT)
    week_on = models.DateField()
    batch = models.IntegerField(default=1)
    language = models.CharField(max_length=8)
    plain = models.JSONField()
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "engage_survey_anonymous"
        indexes = [models.Index(fields=["version", "batch"], name="anonymous_by_batch")]


class UsedTicket(models.Model):
    """A form that was handed in, so that it is not handed in twice; says nothing of what stood in it."""

    mark = models.BinaryField(primary_key=True)
    ends_on = models.DateField()

    class Meta:
        db_table = "engage_survey_ticket"
