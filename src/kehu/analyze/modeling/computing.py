"""What computing models of every kind has in common: the gate of the purpose, and what a run did."""

import logging
from dataclasses import dataclass

from kehu.analyze.models.modeling import AnalysisModel
from kehu.govern.purposes.gate import Gate, open_gate
from kehu.govern.purposes.ledger import PurposeIsOff

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Computed:
    """What a run did: models that were computed, values that changed."""

    models: int = 0
    changed: int = 0


def gate_of(model: AnalysisModel) -> Gate | None:
    """Return the gate of the model's purpose; None where it is off: then nobody has a value."""
    try:
        return open_gate(model.purpose)
    except PurposeIsOff as error:
        log.warning("a model's purpose is off", extra={"state": error.code})
        return None
