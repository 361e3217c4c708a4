"""Models are computed when they wait: new ones and changed ones at once, all in use by night."""

from datetime import datetime

from kehu.analyze.lifecycle import computing as lifecycle
from kehu.analyze.modeling.computing import Computed
from kehu.analyze.rfm import computing as rfm


def refresh_models(*, now: datetime, is_full: bool = False) -> Computed:
    """Bring the models up to date. Returns how many were computed, and the values that changed."""
    done = [kind.refresh(now=now, is_full=is_full) for kind in (rfm, lifecycle)]
    return Computed(sum(one.models for one in done), sum(one.changed for one in done))
