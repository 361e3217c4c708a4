"""A model is made or changed, and computed: by the worker, at once when the transaction has committed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kehu.analyze.lifecycle import operations as lifecycle
from kehu.analyze.modeling import operations
from kehu.analyze.modeling.operations import ModelChange, Terms
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.rfm import operations as rfm
from kehu.flows.analyze.traits.queue_refresh import queue_refresh
from kehu.govern.access.actors import Actor


def create_rfm(
    *, key: str, terms: Terms, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> AnalysisModel:
    """Make a model of value and have it computed. Raises as `rfm.create_rfm`."""
    made = rfm.create_rfm(key=key, terms=terms, definition=definition, actor=actor, now=now)
    queue_refresh()
    return made


def change_rfm(*, key: str, change: ModelChange, actor: Actor, now: datetime) -> AnalysisModel:
    """Change a model of value, and have it computed where it comes to something else. Raises as `rfm.change_rfm`."""
    return _computed(rfm.change_rfm(key=key, change=change, actor=actor, now=now))


def create_lifecycle(
    *, key: str, terms: Terms, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> AnalysisModel:
    """Make a lifecycle and have it computed. Raises as `lifecycle.create_lifecycle`."""
    made = lifecycle.create_lifecycle(key=key, terms=terms, definition=definition, actor=actor, now=now)
    queue_refresh()
    return made


def change_lifecycle(*, key: str, change: ModelChange, actor: Actor, now: datetime) -> AnalysisModel:
    """Change a lifecycle, and have it computed where it comes to something else. Raises as `lifecycle.change_lifecycle`."""
    return _computed(lifecycle.change_lifecycle(key=key, change=change, actor=actor, now=now))


def ask_anew(*, kind: str, key: str, actor: Actor) -> AnalysisModel:
    """Have a model computed anew. Raises as `ask_anew`."""
    return _computed(operations.ask_anew(kind=kind, key=key, actor=actor))


def _computed(model: AnalysisModel) -> AnalysisModel:
    if model.is_active and not model.watermark:
        queue_refresh()
    return model
