"""Interviews: guides in versions, and what was said when somebody talked with a customer along one."""

from django.db import models

STATES = ("draft", "open", "closed")
RECORD_STATES = ("draft", "done")
WAYS = ("visit", "branch", "phone", "video")


class InterviewGuide(models.Model):
    """What is to be talked about, and by which themes it is read afterwards. `draft` is what is being written.

    `codes` are the themes: `{key, zh, en}`, the keys never used for something else.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    goal = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=16, default="draft")
    draft = models.JSONField()
    codes = models.JSONField(default=list)
    current = models.ForeignKey(
        "InterviewGuideVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    author_id = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "engage_interview_guide"
        constraints = [models.CheckConstraint(condition=models.Q(state__in=STATES), name="states_of_guides")]


class InterviewGuideVersion(models.Model):
    """The questions as they were published; never changed."""

    guide = models.ForeignKey(InterviewGuide, on_delete=models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    definition = models.JSONField()
    author_id = models.IntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "engage_interview_guide_version"
        constraints = [models.UniqueConstraint(fields=["guide", "version"], name="one_guide_a_number")]


class InterviewRecord(models.Model):
    """One talk with one customer. A draft is its author's alone; what is done stays as it was written.

    `plain` are choices and figures, `sealed` what was written freely, under a key of its own. `customer_id` is the id
    under which he was talked with and stays when customers are merged.
    """

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(InterviewGuideVersion, on_delete=models.PROTECT)
    customer_id = models.UUIDField()
    author_id = models.IntegerField()
    state = models.CharField(max_length=8, default="draft")
    way = models.CharField(max_length=8, default="visit")
    held_at = models.DateTimeField()
    minutes = models.SmallIntegerField(null=True)
    codes = models.JSONField(default=list)
    plain = models.JSONField(default=dict)
    sealed = models.BinaryField()
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engage_interview_record"
        indexes = [
            models.Index(fields=["version", "held_at"], name="interviews_by_time"),
            models.Index(fields=["customer_id"], name="interviews_of_a_customer"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RECORD_STATES), name="states_of_interviews"),
            models.CheckConstraint(condition=models.Q(way__in=WAYS), name="ways_of_interviews"),
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True) | models.Q(minutes__range=(1, 1440)),
                name="minutes_of_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | models.Q(state="draft", done_at__isnull=True),
                name="done_interviews_say_when",
            ),
        ]
