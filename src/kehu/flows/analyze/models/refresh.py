"""Models are computed when they wait: new ones and changed ones at once, all in use by night."""

from datetime import datetime

from kehu.analyze.rfm import computing as rfm
from kehu.analyze.rfm.computing import Computed


def refresh_models(*, now: datetime, is_full: bool = False) -> Computed:
    """Bring the models up to date. Returns how many were computed, and the values that changed."""
    return rfm.refresh(now=now, is_full=is_full)
