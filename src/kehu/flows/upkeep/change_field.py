"""Changing a field, and what follows: golden records computed anew, or all that lay clear of it sealed."""

from datetime import datetime
from typing import Any

from kehu.flows.jobs.imports import queue_recompute, queue_sealing
from kehu.flows.upkeep.seal_field import clear_beside
from kehu.govern.access.actors import Actor
from kehu.govern.fields import operations, sealings
from kehu.platform.scope import SYSTEM, acting


def change_field(*, key: str, changes: dict[str, Any], actor: Actor, now: datetime) -> operations.FieldUpdate:
    """Change a field, who may having been checked. Raises what `update_field` raises.

    A raised one is masked from the commit on, and no view or trial of an import shows a value of it any more; its stored
    values are sealed in the background.
    """
    done = operations.update_field(key=key, changes=changes, actor=actor, now=now)
    if done.needs_recompute:
        queue_recompute(actor_id=actor.id)
    if done.needs_sealing:
        sealings.begin(key, actor_id=actor.id, now=now)
        with acting(SYSTEM):
            clear_beside(key)
        queue_sealing()
    return done
