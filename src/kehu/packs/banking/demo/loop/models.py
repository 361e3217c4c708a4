"""The demo bank's models of analysis, made by its marketer."""

from datetime import datetime

from django.db import transaction

from kehu.analyze.models.modeling import AnalysisModel
from kehu.flows.analyze.models.make_model import create_lifecycle, create_rfm
from kehu.govern.access.actors import load_actor
from kehu.govern.models.access import User
from kehu.packs.banking import models
from kehu.platform.scope import SYSTEM, acting


def make_models(*, email: str, now: datetime) -> int:
    """Make the pack's models that are not there yet; the worker computes them. Returns how many there are."""
    with acting(SYSTEM), transaction.atomic():
        actor = load_actor(User.objects.get(email=email).pk)
        if actor is None:
            raise LookupError(email)
        if not AnalysisModel.objects.filter(key=models.VALUE_KEY).exists():
            create_rfm(
                key=models.VALUE_KEY, terms=models.VALUE_TERMS, definition=models.VALUE, actor=actor, now=now
            )
        if not AnalysisModel.objects.filter(key=models.LIFE_KEY).exists():
            create_lifecycle(
                key=models.LIFE_KEY, terms=models.LIFE_TERMS, definition=models.LIFE, actor=actor, now=now
            )
        return AnalysisModel.objects.count()
