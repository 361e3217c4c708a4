"""Reading models, and the traits that hold what they come to."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection, transaction

from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.models.traits import Trait
from kehu.platform.errors import NotFound
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text

REST = timedelta(minutes=15)
"""How long a model rests after it was computed, however much happens: it is of all customers together."""
_HAPPENED = """
SELECT EXISTS (SELECT FROM collect_event e WHERE e.written_in >= %(since)s)
  OR EXISTS (SELECT FROM resolve_link l WHERE l.written_in >= %(since)s)
  OR EXISTS (SELECT FROM profile_customer c WHERE c.written_in >= %(since)s)
"""


class ModelNotFound(NotFound):
    """No model of this kind has this key."""

    code = "model_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(Text(f"没有模型“{key}”。", f"There is no model “{key}”."))


def get_model(kind: str, key: str) -> AnalysisModel:
    """Return a model. Raises ModelNotFound."""
    found = AnalysisModel.objects.filter(kind=kind, key=key).first()
    if found is None:
        raise ModelNotFound(key)
    return found


def list_models(kind: str) -> list[AnalysisModel]:
    """Return the models of a kind, those in use first, in the order in which they were made."""
    return list(AnalysisModel.objects.filter(kind=kind).order_by("-is_active", "id"))


def traits_of(model: AnalysisModel) -> Mapping[str, Trait]:
    """Return the traits of a model, by the part of its result that they hold."""
    found = Trait.objects.filter(origin=model.kind, definition__model=model.key)
    return {one.definition["part"]: one for one in found}


def waiting(kind: str, *, now: datetime) -> list[AnalysisModel]:
    """Return the models that were never computed as they are, or before something happened, and have rested."""
    found = AnalysisModel.objects.filter(kind=kind, is_active=True).order_by("id")
    return [one for one in found if _waits(one, now)]


def wants_refresh(*, now: datetime) -> bool:
    """Tell whether a model waits to be computed. Answered without loading what computes."""
    with acting(SYSTEM), transaction.atomic():
        return any(waiting(kind, now=now) for kind in ("rfm", "lifecycle"))


def _waits(model: AnalysisModel, now: datetime) -> bool:
    if model.watermark == 0 or model.computed_at is None:
        return True
    if now - model.computed_at < REST:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED, {"since": model.watermark})
        return bool(cursor.fetchone()[0])
