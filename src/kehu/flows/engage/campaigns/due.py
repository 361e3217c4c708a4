"""Whether there is something to plan or to send: asked every few seconds, without loading what sends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from kehu.analyze.models.segments import Membership
from kehu.collect.models import Event
from kehu.engage.models.campaigns import Campaign, Send
from kehu.platform.scope import SYSTEM, acting

SOON = timedelta(seconds=20)


def is_due(*, now: datetime) -> bool:
    """Whether there is something to plan or to send soon, or something that a dead sender left."""
    with acting(SYSTEM), transaction.atomic():
        waits = Q(state="planned", not_before__lte=now + SOON, campaign__state="running") | Q(state="claimed")
        return plannable(now).exists() or Send.objects.filter(waits).exists()


def plannable(now: datetime) -> QuerySet[Campaign]:
    """Return running campaigns whose time has come, into whose segment somebody came, or whose event happened."""
    entered = Membership.objects.filter(segment_id=OuterRef("segment_id"), pk__gt=OuterRef("watermark"))
    happened = Event.objects.filter(written_in__gte=OuterRef("watermark"), name=OuterRef("event"))
    named = Campaign.objects.annotate(event=KeyTextTransform("event", "schedule"))
    by_news = (Q(schedule__kind="on_entry") & Exists(entered)) | (
        Q(schedule__kind="on_event") & Exists(happened)
    )
    return named.filter(Q(next_at__lte=now) | by_news, state="running")
