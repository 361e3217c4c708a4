"""The demo bank's segments, saved by its marketer."""

from datetime import datetime

from django.db import transaction

from kehu.analyze.models.segments import Segment
from kehu.flows.analyze.segments.save_segment import create_segment
from kehu.packs.banking.demo.people import actor_of
from kehu.packs.banking.segments import segments
from kehu.platform.scope import acting


def make_segments(*, email: str, now: datetime) -> int:
    """Save the pack's segments that are not there yet; the lake is filled. Returns how many there are."""
    with transaction.atomic():
        actor = actor_of(email)
    for segment in segments(now.date()):
        with acting(actor.scope), transaction.atomic():
            if not Segment.objects.filter(name=segment.name).exists():
                create_segment(
                    name=segment.name, purpose=segment.purpose, definition=segment.definition, actor=actor, now=now
                )  # fmt: skip
    with acting(actor.scope), transaction.atomic():
        return Segment.objects.count()
