"""Where a customer stands in the lifecycles, and since when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from kehu.analyze.lifecycle.opening import LifecycleClosed, open_lifecycle
from kehu.analyze.lifecycle.operations import KIND
from kehu.analyze.lifecycle.queries import stays_of
from kehu.analyze.modeling.queries import list_models
from kehu.analyze.models.modeling import AnalysisModel
from kehu.api.analyze.lifecycles import StageName
from kehu.api.customers.router import router
from kehu.api.edge.schemas import Label
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.profile.dossier import get_dossier


class StageStayOut(Schema):
    """A stay in a stage; without an end it goes on. `is_traced`: found afterwards, to the end of a month."""

    stage: str
    name: Label
    entered_at: datetime
    left_at: datetime | None
    is_traced: bool


class CustomerLifecycle(Schema):
    """A customer in a lifecycle: its stages in the order of life, and his stays, the latest first."""

    key: str
    name: Label
    stages: list[StageName]
    stays: list[StageStayOut]


@router.get(
    "/{customer_id}/lifecycles", response=list[CustomerLifecycle], operation_id="list_customer_lifecycles"
)
def list_customer_lifecycles(request: HttpRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """Return the lifecycles in use in which a customer is or was; one whose rules ask what is hidden from the reader is left out."""
    actor = current(request)
    actor.require("customer.read")
    get_dossier(customer_id, fields=registry())
    return list(
        filter(None, (_shown(model, customer_id, actor) for model in list_models(KIND) if model.is_active))
    )


def _shown(model: AnalysisModel, customer_id: UUID, actor: Actor) -> dict[str, Any] | None:
    try:
        lifecycle = open_lifecycle(model, actor)
    except LifecycleClosed:
        return None
    names = {one.key: one.name._asdict() for one in lifecycle.stages}
    stays = [
        {"stage": one.stage, "name": names.get(one.stage, {"zh": one.stage, "en": one.stage}),
         "entered_at": one.entered_at, "left_at": one.left_at, "is_traced": one.is_traced}
        for one in stays_of(model, customer_id)
    ]  # fmt: skip
    if not stays:
        return None
    return {
        "key": model.key, "name": {"zh": model.name_zh, "en": model.name_en},
        "stages": [{"key": key, "name": name} for key, name in names.items()], "stays": stays,
    }  # fmt: skip
