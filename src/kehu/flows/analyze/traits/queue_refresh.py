"""Having traits computed soon: one job waits at most, and those who ask do not load what computes."""

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from kehu.analyze.models.traits import Trait

TASK = "flows.refresh_traits"


def queue_refresh() -> None:
    """Have traits follow what happened, once the open transaction is committed; nothing where there is no trait."""
    if not Trait.objects.filter(is_active=True).exists():
        return
    try:
        with transaction.atomic():
            app.configure_task(TASK, queueing_lock="refresh_traits", lock="refresh_traits").defer()
    except exceptions.AlreadyEnqueued:
        return
