"""A trait is made or changed, and computed: by the worker, at once when the transaction has committed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kehu.analyze.models.traits import Trait
from kehu.analyze.traits import operations
from kehu.analyze.traits.operations import Words
from kehu.flows.analyze.traits.queue_refresh import queue_refresh
from kehu.govern.access.actors import Actor


def create_trait(
    *, key: str, words: Words, definition: Mapping[str, Any], actor: Actor, now: datetime
) -> Trait:
    """Make a trait and have it computed. Raises as `operations.create_trait`."""
    made = operations.create_trait(key=key, words=words, definition=definition, actor=actor, now=now)
    queue_refresh()
    return made


def change_trait(
    *, key: str, words: Words | None, definition: Mapping[str, Any] | None, is_active: bool | None,
    actor: Actor, now: datetime,
) -> Trait:  # fmt: skip
    """Change a trait, and have it computed where it comes to something else. Raises as `operations.change_trait`."""
    changed = operations.change_trait(
        key=key, words=words, definition=definition, is_active=is_active, actor=actor, now=now
    )
    if changed.is_active and not changed.watermark:
        queue_refresh()
    return changed
